import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { RunChoice } from '../../core/run/runPlan.ts';
import { shareEmptyParts } from '../../core/run/shareEmptyParts.ts';
import type { LoaderReply } from '../../protocol/loaderReply.ts';

/** A plan of 10,000 tasks is about 6 MB of snapshot; this is what one may grow to. */
const maxReplyBytes = 512 * 1024 * 1024;

export interface LoaderRequest {
	readonly path: string;
	readonly planKey?: string;
	readonly agentsFile?: string;
	readonly choice?: RunChoice;
}

/** Has a process of its own read the plan, and returns what it found. Rejects with one sentence when it cannot run. */
export function callLoader(request: LoaderRequest): Promise<LoaderReply> {
	const args = [join(__dirname, 'loader.js'), request.path];
	if (request.planKey !== undefined) {
		args.push('--plan', request.planKey);
	}
	if (request.agentsFile !== undefined) {
		args.push('--agents-file', request.agentsFile);
	}
	if (request.choice !== undefined && Object.keys(request.choice).length > 0) {
		args.push('--choice', JSON.stringify(request.choice));
	}
	return new Promise((resolve, reject) => {
		execFile(process.execPath, args, { maxBuffer: maxReplyBytes }, (error, stdout, stderr) => {
			if (error !== null) {
				const said = stderr.trim().split('\n').at(-1) ?? '';
				reject(new Error(said === '' ? `The plan could not be loaded: ${error.message}` : said));
				return;
			}
			const reply = JSON.parse(stdout) as LoaderReply;
			if (reply.kind === 'plan') {
				shareEmptyParts(reply.runPlan);
			}
			resolve(reply);
		});
	});
}
