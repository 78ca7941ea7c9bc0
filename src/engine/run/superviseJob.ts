import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { JobResult, JobSpec } from '../../protocol/runnerFiles.ts';
import { jobResult } from '../../protocol/runnerFiles.ts';
import { readSmallFile } from '../files/readSmallFile.ts';
import { jobFiles } from '../files/runPaths.ts';
import { endSession } from '../processes/endSession.ts';
import type { LaunchRunner, RunnerProcess } from '../runner/runnerLaunchers.ts';
import { startRunner } from '../runner/startRunner.ts';
import { JobActivity } from './jobActivity.ts';
import { JobClock } from './jobClock.ts';
import type { JobStart } from './jobStart.ts';
import { isJobAlive, readStart, sessionOf, voidStart } from './jobStart.ts';
import { JobWaiter } from './jobWaiter.ts';

/** How a job ended, as its files and its processes say. Times in milliseconds since the epoch. */
export type JobEnd = {
	readonly startedAt: number;
	readonly endedAt: number;
} & (
	| { readonly kind: 'result'; readonly result: JobResult }
	| { readonly kind: 'timeout' | 'stalled' | 'stopped' | 'vanished' | 'void' }
	/** `isSetup`: something in the workspace or the plan is in the way, which no new try would change. */
	| { readonly kind: 'not-started'; readonly message: string; readonly isSetup: boolean }
);

export interface SuperviseOptions {
	readonly folder: string;
	readonly spec: JobSpec;
	/** How its runner is started: by this process itself, unless said otherwise. */
	readonly launch?: LaunchRunner;
	/** Aborted when a person stops the task. */
	readonly stop: AbortSignal;
	/** Aborted when this engine leaves: the job goes on, and somebody else sees to it. */
	readonly leave: AbortSignal;
	/** Called at most once, when the runner is known to have begun and has not ended. */
	readonly onStarted: (pid: number) => void;
	/** The time of day, for what is recorded. */
	readonly now: () => number;
}

/** How soon a runner that was just started is looked for. */
const startPollMs = 20;
/** A runner that was started by somebody else shows its end only in files. */
const adoptedPollMs = 250;
/** A child's exit is the quick hint; the poll is for the case that the hint is lost. */
const childPollMs = 2_000;
/** A runner ends right after its result, together with what the work left in its process group. */
const exitGraceMs = 1_000;

/**
 * Sees one job to its end: starts its runner, or takes up one that runs already, keeps its timeout, stops it when told.
 * The truth is in the files; everything else is a hint when to look. Null when the engine left before the end.
 */
export async function superviseJob(options: SuperviseOptions): Promise<JobEnd | null> {
	const { folder, stop, leave, spec } = options;
	let start = readStart(folder);
	const begunAt = options.now();
	const begun = start.kind === 'none' ? await begin(options, begunAt) : { child: null };
	if ('kind' in begun) {
		return begun;
	}
	const { child } = begun;
	const waiter = new JobWaiter(child, [stop, leave]);
	const clock = new JobClock(spec.timeoutMs);
	const announce = once(options.onStarted);
	const activity = spec.stallMs === undefined ? null : new JobActivity(folder, spec.stallMs);
	try {
		if (child !== null) {
			// It cannot have done anything yet, and a short job tells its end by itself.
			await waiter.wait(startPollMs);
		}
		while (!leave.aborted) {
			// Asked before the files are read: what a child that is gone has written is then certainly seen.
			const { childGone } = waiter;
			start = start.kind === 'runner' ? start : readStart(folder);
			const result = await resultOf(folder, waiter);
			clock.see(start, child === null ? options.now() : null);
			if (start.kind === 'runner' && result === null) {
				announce(start.pid);
			}
			const isStalled = await standsStill(activity, { start, result });
			const { fault } = waiter;
			const end = await settle({ options, start, result, begunAt, clock, childGone, fault, isStalled });
			if (end !== null) {
				return end;
			}
			await waiter.wait(pollOf(start, waiter.hasChild, clock));
		}
		return null;
	} finally {
		waiter.dispose();
	}
}

/**
 * The result, once its runner is gone as well: it only has to end, and to look for what a job left while it is there would
 * mean to look at every process of the machine.
 */
async function resultOf(folder: string, waiter: JobWaiter): Promise<Situation['result']> {
	const result = readResult(folder);
	if (result !== null) {
		await waiter.waitForExit(exitGraceMs);
	}
	return result;
}

async function standsStill(
	activity: JobActivity | null,
	{ start, result }: { readonly start: JobStart; readonly result: unknown },
): Promise<boolean> {
	return activity !== null && result === null && activity.isStalled(sessionOf(start));
}

function once<T>(call: (value: T) => void): (value: T) => void {
	let called = false;
	return (value) => {
		if (!called) {
			called = true;
			call(value);
		}
	};
}

/** What the operating system says when it has too little of something for the moment. */
const passing = /\b(EAGAIN|ENOMEM|EMFILE|ENFILE)\b/;

/** Starts the runner of a job that nobody has begun, or makes the job void where it is stopped already. */
async function begin(
	{ folder, spec, stop, launch = startRunner }: SuperviseOptions,
	at: number,
): Promise<{ readonly child: RunnerProcess | null } | JobEnd> {
	if (stop.aborted) {
		return (await voidStart(folder)) ? { kind: 'stopped', startedAt: at, endedAt: at } : { child: null };
	}
	try {
		return { child: launch(folder, spec) };
	} catch (error) {
		// The operating system refuses at once: an argument list that is too long, say.
		const message = error instanceof Error ? error.message : String(error);
		return (await mayGiveUp(folder))
			? { kind: 'not-started', message, isSetup: !passing.test(message), startedAt: at, endedAt: at }
			: { child: null };
	}
}

/**
 * Before a job is said not to have started, nobody may start it any more: an engine that was frozen on its way to do so
 * would begin it beside the next attempt (D4). False where somebody has begun it.
 */
async function mayGiveUp(folder: string): Promise<boolean> {
	// Where not even that can be written, no runner can begin either.
	return voidStart(folder).catch(() => true);
}

function pollOf(start: JobStart, hasChild: boolean, clock: JobClock): number {
	const poll = start.kind !== 'runner' ? startPollMs : hasChild ? childPollMs : adoptedPollMs;
	return Math.max(1, Math.min(poll, clock.left + 1));
}

interface Situation {
	readonly options: SuperviseOptions;
	readonly start: JobStart;
	readonly result: { readonly value: JobResult; readonly at: number } | null;
	readonly begunAt: number;
	readonly clock: JobClock;
	readonly childGone: boolean;
	/** Why the runner could not be spawned at all. */
	readonly fault: string;
	readonly isStalled: boolean;
}

/** Null while the job goes on. */
async function settle(situation: Situation): Promise<JobEnd | null> {
	const { options, start, result, clock } = situation;
	if (start.kind === 'none' || start.kind === 'void') {
		return settleUnstarted(situation);
	}
	const startedAt = start.at;
	if (result !== null) {
		await endLeftovers(options.folder, start);
		return { kind: 'result', result: result.value, startedAt, endedAt: Math.max(result.at, startedAt) };
	}
	const cut = cutOf(situation);
	if (cut !== null) {
		await endLeftovers(options.folder, start);
		return { kind: cut, startedAt, endedAt: Math.max(options.now(), startedAt) };
	}
	const decided = start.kind === 'runner' || situation.childGone || !clock.isYoung;
	if (!decided || (await isJobAlive(options.folder, start))) {
		return null;
	}
	// The result may have been written between the two looks.
	const late = readResult(options.folder);
	if (late !== null) {
		return { kind: 'result', result: late.value, startedAt, endedAt: Math.max(late.at, startedAt) };
	}
	// A runner names itself before it begins: one that could not, for want of space or time, has done nothing.
	const begun = start.kind === 'runner' || (await hasOutput(options.folder));
	return { kind: begun ? 'vanished' : 'void', startedAt, endedAt: Math.max(options.now(), startedAt) };
}

/** Why a job that still runs is ended; null where it may go on. */
function cutOf({ options, clock, isStalled }: Situation): 'stopped' | 'timeout' | 'stalled' | null {
	if (options.stop.aborted) {
		return 'stopped';
	}
	return clock.isOverdue ? 'timeout' : isStalled ? 'stalled' : null;
}

async function hasOutput(folder: string): Promise<boolean> {
	return stat(join(folder, jobFiles.output)).then(
		() => true,
		() => false,
	);
}

/** The shell itself could not be started, it cannot write into the job's folder, or the job was made void. */
async function settleUnstarted(situation: Situation): Promise<JobEnd | null> {
	const { options, start, begunAt, clock, childGone, fault } = situation;
	if (start.kind === 'void') {
		return { kind: 'void', startedAt: begunAt, endedAt: begunAt };
	}
	if ((!childGone && clock.isYoung) || !(await mayGiveUp(options.folder))) {
		return null;
	}
	const message = fault === '' ? 'its runner could not start' : fault;
	return {
		kind: 'not-started',
		message,
		isSetup: false,
		startedAt: begunAt,
		endedAt: Math.max(options.now(), begunAt),
	};
}

/** Ends what a job left running. The common case, an empty process group, costs one system call. */
async function endLeftovers(folder: string, start: JobStart): Promise<void> {
	if (start.kind === 'runner' && process.platform !== 'win32' && !isGroupThere(start.pid)) {
		return;
	}
	await endSession({ session: sessionOf(start), outFolder: join(folder, jobFiles.out) });
}

function isGroupThere(group: number): boolean {
	try {
		process.kill(-group, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}

/** Null also for a result that is being written, or that was damaged. */
function readResult(folder: string): { value: JobResult; at: number } | null {
	const found = readSmallFile(join(folder, jobFiles.result));
	try {
		const parsed = found === null ? null : jobResult.safeParse(JSON.parse(found.text));
		if (found === null || parsed?.success !== true) {
			return null;
		}
		const { again, ...value } = parsed.data;
		return again === undefined || again === value.exit ? { value, at: found.at } : null;
	} catch {
		return null;
	}
}
