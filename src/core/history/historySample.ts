import type { RunTask } from '../run/runPlan.ts';
import type { AttemptState, TaskState } from '../run/runState.ts';
import { kindOf, widerKindOf } from './taskKinds.ts';

/** What one completed task of a run took. */
export interface HistorySample {
	readonly run: string;
	readonly task: string;
	/** Empty where the task has none; of a step of a gate which one it is (`kindOf`). */
	readonly type: string;
	/** Where steps of gates are filed beside, with their like. */
	readonly wider?: string;
	/** `shell` for commands. */
	readonly agent: string;
	readonly tier: string;
	/** Work and checks of all its attempts, in minutes; time in which it waited is not part of it. */
	readonly minutes: number;
	/** What the plan said at that time; null where it said nothing. */
	readonly estimateMinutes: number | null;
	/** What its worker reported, in US dollars; null where nobody said. */
	readonly costUsd: number | null;
}

/** Who did, or would do, a task: `shell` for a command. Of a step that only checks, who judges. */
export function agentOf({ work, checks }: Pick<RunTask, 'work' | 'checks'>): string {
	if (work.kind === 'none') {
		return checks.find((check) => check.kind === 'agent')?.work.agent ?? 'shell';
	}
	return work.kind === 'agent' ? work.agent : 'shell';
}

/** The tier that a task starts on (T2). */
export function tierOf({ startTier }: Pick<RunTask, 'startTier'>): string {
	return startTier ?? 'T1';
}

/**
 * Whether an attempt says how long the task takes. One that nobody began, that somebody ended, or that failed for something
 * else (T3) does not; nor does one whose result a person wanted again, or that was only judged here.
 */
function isMeasured({ outcome, counts, superseded, imported }: AttemptState): boolean {
	return (
		counts &&
		superseded !== true &&
		imported !== true &&
		outcome !== null &&
		outcome !== 'void' &&
		outcome !== 'cancelled' &&
		outcome !== 'unknown'
	);
}

/**
 * The samples of one run: those of its tasks and of the steps of its gates that were completed here, by work that was measured. A
 * completion that was imported or skipped has no time of its own and is left out, and so are repairs: nobody can foresee them.
 * `costOf` says what an attempt cost, in US dollars.
 */
export function samplesOf(
	tasks: Iterable<TaskState>,
	run: string,
	costOf: (task: string, attempt: number) => number | null = () => null,
): HistorySample[] {
	const samples: HistorySample[] = [];
	for (const state of tasks) {
		const minutes = isTypical(state) ? measuredMinutes(state) : null;
		if (minutes === null) {
			continue;
		}
		const { id, estimateMinutes } = state.task;
		const wider = widerKindOf(state.task);
		const costs = state.attempts.flatMap(({ number }) => costOf(id, number) ?? []);
		samples.push({
			...{ run, task: id, type: kindOf(state.task), estimateMinutes, minutes },
			...(wider !== null && { wider }),
			// Who brought it to an end, on which tier: a task that had to go up took what it took there.
			agent: state.attempts.at(-1)?.agent ?? agentOf(state.task),
			tier: state.attempts.at(-1)?.tier ?? tierOf(state.task),
			costUsd: costs.length === 0 ? null : costs.reduce((sum, cost) => sum + cost, 0),
		});
	}
	return samples;
}

/** Whether what a row took says how long its like will take. A validator that says no has judged all the same. */
function isTypical({ status, task: { unit } }: TaskState): boolean {
	const { role } = unit ?? {};
	return (
		role !== 'gate' &&
		role !== 'fix' &&
		(status === 'completed' || (status === 'failed' && role === 'validation'))
	);
}

/** Minutes in which a task held a slot; null where none of its attempts was measured. */
export function measuredMinutes({ attempts }: Pick<TaskState, 'attempts'>): number | null {
	const measured = attempts.filter(isMeasured);
	if (measured.length === 0) {
		return null;
	}
	const ms = measured.reduce((sum, attempt) => sum + workMs(attempt) + checkMs(attempt), 0);
	return ms / 60_000;
}

/** Milliseconds of an attempt's own work. */
export function workMs({ startedAt, endedAt }: AttemptState): number {
	return startedAt === null || endedAt === null ? 0 : Math.max(0, endedAt - startedAt);
}

/** Milliseconds of an attempt's checks. */
export function checkMs({ checks }: AttemptState): number {
	return checks.reduce((sum, check) => sum + Math.max(0, check.endedAt - check.startedAt), 0);
}
