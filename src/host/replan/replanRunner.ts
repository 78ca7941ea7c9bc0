import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { Logger } from '../../core/base/ports.ts';
import type { PlanId } from '../../core/plan/plan.ts';
import type { ReplanReview } from '../../protocol/replanReview.ts';
import { replanReviewSchema } from '../../protocol/replanReview.ts';
import type { Settings } from '../config/settings.ts';
import { writeAgentsFile } from '../runs/agentsFile.ts';
import { engineEnvironment } from '../runs/engineLauncher.ts';

const maxReplyBytes = 64 * 1024 * 1024;

export interface ReplanRunnerOptions {
	readonly cliPath: string;
	readonly settings: Settings;
	readonly storageFolder: string;
	readonly logger: Logger;
}

/** Has the command line propose, apply and reject replans: there is one way, whoever decides. */
export class ReplanRunner {
	readonly #options: ReplanRunnerOptions;

	constructor(options: ReplanRunnerOptions) {
		this.#options = options;
	}

	/** Rejects with a sentence where it cannot be done. */
	async ask(plan: PlanId, more: readonly string[]): Promise<ReplanReview> {
		const { cliPath, settings, storageFolder, logger } = this.#options;
		const root = vscode.Uri.parse(plan.rootUri, true);
		await mkdir(storageFolder, { recursive: true });
		const agentsFile = await writeAgentsFile(storageFolder, settings.agents(root));
		const args = [
			...['replan', root.fsPath, '--plan', plan.key, '--json'],
			...(agentsFile === null ? [] : ['--agents-file', agentsFile]),
			...more,
		];
		logger.info(`Starting: switchyard ${args.join(' ')}`);
		const out = await new Promise<string>((resolve, reject) => {
			const options = { env: engineEnvironment(process.env), maxBuffer: maxReplyBytes };
			execFile(process.execPath, [cliPath, ...args], options, (error, stdout, stderr) => {
				// 3: a person is awaited, which is why somebody looks.
				if (error === null || error.code === 3) {
					resolve(stdout);
				} else {
					const said = stderr.trim().split('\n').at(-1) ?? '';
					reject(new Error(said.replace(/^switchyard: /, '') || error.message));
				}
			});
		});
		return replanReviewSchema.parse(JSON.parse(out));
	}
}
