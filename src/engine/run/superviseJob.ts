import type { ChildProcess } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { JobResult, JobSpec } from '../../protocol/runnerFiles.ts';
import { jobResult } from '../../protocol/runnerFiles.ts';
import { jobFiles } from '../files/runPaths.ts';
import { endSession } from '../processes/endSession.ts';
import { startRunner } from '../runner/startRunner.ts';
import type { JobStart } from './jobStart.ts';
import { isJobAlive, readStart, sessionOf, voidStart } from './jobStart.ts';

/** How a job ended, as its files and its processes say. Times in milliseconds since the epoch. */
export type JobEnd = {
	readonly startedAt: number;
	readonly endedAt: number;
} & (
	| { readonly kind: 'result'; readonly result: JobResult }
	| { readonly kind: 'timeout' | 'stopped' | 'vanished' | 'void' }
	| { readonly kind: 'not-started'; readonly message: string }
);

export interface SuperviseOptions {
	readonly folder: string;
	readonly spec: JobSpec;
	/** Aborted when a person stops the task. */
	readonly stop: AbortSignal;
	/** Called once, when the runner is known to have begun. */
	readonly onStarted: (pid: number) => void;
	readonly now: () => number;
}

/** A runner that was started by somebody else shows its end only in files. */
const adoptedPollMs = 250;
/** A child's exit is the quick hint; the poll is for the case that the hint is lost. */
const childPollMs = 2_000;
/** How long a runner may take between creating `start` and naming itself, and between spawn and `start`. */
const startGraceMs = 10_000;

/**
 * Sees one job to its end: starts its runner, or takes up one that runs already, keeps its timeout, stops it when told.
 * The truth is in the files; everything else is a hint when to look.
 */
export async function superviseJob(options: SuperviseOptions): Promise<JobEnd> {
	const { folder } = options;
	let start = await readStart(folder);
	const begunAt = options.now();
	if (start.kind === 'none' && options.stop.aborted && (await voidStart(folder))) {
		return { kind: 'stopped', startedAt: begunAt, endedAt: begunAt };
	}
	const child = start.kind === 'none' && !options.stop.aborted ? startRunner(folder, options.spec) : null;
	const waiter = new Waiter(child, options.stop);
	let announced = false;
	try {
		for (;;) {
			const result = await readResult(folder);
			start = start.kind === 'runner' ? start : await readStart(folder);
			if (start.kind === 'runner' && !announced) {
				announced = true;
				options.onStarted(start.pid);
			}
			const end = await settle({ options, start, result, begunAt, childGone: waiter.childGone });
			if (end !== null) {
				return end;
			}
			await waiter.wait(start, options);
		}
	} finally {
		waiter.dispose();
	}
}

interface Situation {
	readonly options: SuperviseOptions;
	readonly start: JobStart;
	readonly result: { readonly value: JobResult; readonly at: number } | null;
	readonly begunAt: number;
	readonly childGone: boolean;
}

/** Null while the job goes on. */
async function settle(situation: Situation): Promise<JobEnd | null> {
	const { options, start, result, begunAt } = situation;
	if (start.kind === 'none' || start.kind === 'void') {
		return settleUnstarted(situation);
	}
	const startedAt = start.kind === 'runner' || start.kind === 'unnamed' ? start.at : begunAt;
	if (result !== null) {
		await endLeftovers(options.folder, start);
		return { kind: 'result', result: result.value, startedAt, endedAt: Math.max(result.at, startedAt) };
	}
	const overdue = options.now() - startedAt > options.spec.timeoutMs;
	if (options.stop.aborted || overdue) {
		await endLeftovers(options.folder, start);
		return { kind: options.stop.aborted ? 'stopped' : 'timeout', startedAt, endedAt: options.now() };
	}
	const named = start.kind === 'runner' || options.now() - start.at > startGraceMs;
	if (!named || (await isJobAlive(options.folder, start))) {
		return null;
	}
	// The result may have been written between the two looks.
	const late = await readResult(options.folder);
	return late === null
		? { kind: 'vanished', startedAt, endedAt: options.now() }
		: { kind: 'result', result: late.value, startedAt, endedAt: late.at };
}

/** The shell itself could not be started, it cannot write into the job's folder, or the job was made void. */
function settleUnstarted({ options, start, begunAt, childGone }: Situation): JobEnd | null {
	if (start.kind === 'void') {
		return { kind: 'void', startedAt: begunAt, endedAt: begunAt };
	}
	return childGone || options.now() - begunAt > startGraceMs
		? {
				kind: 'not-started',
				message: 'its runner could not start',
				startedAt: begunAt,
				endedAt: options.now(),
			}
		: null;
}

/** Ends what a job left running. The common case, an empty process group, costs one system call. */
async function endLeftovers(folder: string, start: JobStart): Promise<void> {
	const session = sessionOf(start);
	if (session > 0 && process.platform !== 'win32') {
		try {
			process.kill(-session, 0);
		} catch {
			return;
		}
	}
	await endSession({ session, outFolder: join(folder, jobFiles.out) });
}

async function readResult(folder: string): Promise<{ value: JobResult; at: number } | null> {
	const file = join(folder, jobFiles.result);
	try {
		const [text, { mtimeMs }] = await Promise.all([readFile(file, 'utf8'), stat(file)]);
		const parsed = jobResult.safeParse(JSON.parse(text));
		return parsed.success ? { value: parsed.data, at: mtimeMs } : null;
	} catch {
		return null;
	}
}

/** Waits for the next reason to look at a job: its runner's exit, a stop, its timeout, or the poll. */
class Waiter {
	readonly #child: ChildProcess | null;
	readonly #stop: AbortSignal;
	#wake: (() => void) | null = null;
	#childGone = false;
	#hint = false;

	constructor(child: ChildProcess | null, stop: AbortSignal) {
		this.#child = child;
		this.#stop = stop;
		child?.on('exit', this.#onExit);
		child?.on('error', this.#onExit);
		stop.addEventListener('abort', this.#onHint);
	}

	get childGone(): boolean {
		return this.#childGone;
	}

	async wait(start: JobStart, { spec, now }: SuperviseOptions): Promise<void> {
		if (this.#hint) {
			this.#hint = false;
			return;
		}
		const starting = start.kind !== 'runner';
		const poll = starting ? 20 : this.#child === null || this.#childGone ? adoptedPollMs : childPollMs;
		const untilTimeout = start.kind === 'runner' ? start.at + spec.timeoutMs - now() + 1 : poll;
		await new Promise<void>((resolve) => {
			const timer = setTimeout(resolve, Math.max(1, Math.min(poll, untilTimeout)));
			this.#wake = () => {
				clearTimeout(timer);
				resolve();
			};
		});
		this.#wake = null;
		this.#hint = false;
	}

	dispose(): void {
		this.#child?.off('exit', this.#onExit);
		this.#stop.removeEventListener('abort', this.#onHint);
	}

	readonly #onHint = (): void => {
		this.#hint = true;
		this.#wake?.();
	};

	readonly #onExit = (): void => {
		this.#childGone = true;
		this.#onHint();
	};
}
