import { mkdir, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConfiguredAgent } from '../../core/run/agentTable.ts';
import type { JobSpec } from '../../protocol/runnerFiles.ts';
import { jobFiles } from '../files/runPaths.ts';
import type { JobEnd } from '../run/superviseJob.ts';
import { superviseJob } from '../run/superviseJob.ts';

/** One question to an agent. */
export interface AgentQuestion {
	readonly rootPath: string;
	/** A new folder of its own; everything about the question stays there. */
	readonly folder: string;
	readonly agent: ConfiguredAgent;
	readonly prompt: string;
	/** Counts from 1. */
	readonly round: number;
	readonly timeoutMs: number;
	readonly stop: AbortSignal;
	readonly now: () => number;
}

/** What the agent left, or why there is nothing to read. */
export type AgentReply =
	| { readonly kind: 'answer'; readonly text: string }
	| { readonly kind: 'failed'; readonly message: string }
	| { readonly kind: 'stopped' };

/** An answer that is longer is no plan. */
const maxAnswerBytes = 8 * 1024 * 1024;

/**
 * Runs an agent once, as a job like every other: a runner owns it, its process group ends with it, and prompt, output and
 * result stay in the folder. Its answer is `plan.yaml` in its output folder, else what it printed.
 */
export async function askAgent(question: AgentQuestion): Promise<AgentReply> {
	const { folder, prompt, stop, now } = question;
	await mkdir(join(folder, jobFiles.out), { recursive: true, mode: 0o700 });
	await writeFile(join(folder, jobFiles.prompt), prompt, { mode: 0o600 });
	const spec = specOf(question);
	await writeFile(join(folder, jobFiles.spec), `${JSON.stringify(spec, null, '\t')}\n`, { mode: 0o600 });
	const leave = new AbortController().signal;
	const end = await superviseJob({ folder, spec, stop, leave, now, onStarted: () => {} });
	if (end === null || end.kind === 'stopped') {
		return { kind: 'stopped' };
	}
	const failure = failureOf(end, question);
	if (failure !== null) {
		return { kind: 'failed', message: `${failure}${await lastWords(folder)}` };
	}
	const written = await readHead(join(folder, jobFiles.out, 'plan.yaml'));
	return { kind: 'answer', text: written ?? (await readHead(join(folder, jobFiles.output))) ?? '' };
}

function specOf({ rootPath, folder, agent, round, timeoutMs }: AgentQuestion): JobSpec {
	return {
		...{ schema: 1, run: 'new', task: 'new', attempt: round, job: 'work', title: 'Plan tasks' },
		...{ argv: [...agent.argv], cwd: rootPath, timeoutMs, runner: 'node' },
		stdin: join(folder, jobFiles.prompt),
		env: {
			...agent.env,
			SWITCHYARD_ROOT: rootPath,
			SWITCHYARD_RUN: 'new',
			SWITCHYARD_TASK: 'new',
			SWITCHYARD_ATTEMPT: String(round),
			SWITCHYARD_OUT: join(folder, jobFiles.out),
		},
	};
}

/** Why there is no answer; null where there may be one. */
function failureOf(end: JobEnd, { agent, timeoutMs }: AgentQuestion): string | null {
	const { name } = agent;
	switch (end.kind) {
		case 'result':
			if (end.result.error !== undefined) {
				return `The agent ${name} could not be started: ${end.result.error}.`;
			}
			return end.result.exit === 0
				? null
				: `The agent ${name} ended with ${end.result.exit === null ? `the signal ${end.result.signal ?? 'unknown'}` : `exit code ${end.result.exit}`}.`;
		case 'timeout':
		case 'stalled':
			return `The agent ${name} did not answer within ${timeoutMs / 60_000} minutes and was ended.`;
		case 'not-started':
			return `The agent ${name} could not be started: ${end.message}.`;
		case 'stopped':
			return `The agent ${name} was stopped.`;
		case 'vanished':
		case 'void':
			return `The process of the agent ${name} vanished without a result.`;
	}
}

/** The last lines an agent printed: they say why it failed. */
async function lastWords(folder: string): Promise<string> {
	const text = (await readHead(join(folder, jobFiles.output)))?.trimEnd() ?? '';
	const lines = text.split('\n').slice(-5).join('\n');
	return lines === '' ? '' : ` Its last words:\n${lines}`;
}

/** The text of a file up to a limit; null where there is none. */
async function readHead(file: string): Promise<string | null> {
	try {
		const handle = await open(file, 'r');
		try {
			const { size } = await handle.stat();
			const buffer = Buffer.alloc(Math.min(size, maxAnswerBytes));
			const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0);
			return buffer.toString('utf8', 0, bytesRead);
		} finally {
			await handle.close();
		}
	} catch {
		return null;
	}
}
