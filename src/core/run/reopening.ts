import type { Reopening, ScopeAdded, Stamp } from './events.ts';
import type { RunTask } from './runPlan.ts';
import type { AttemptState, TaskState } from './runState.ts';
import { isSatisfied } from './runState.ts';
import type { RunTable } from './runTable.ts';
import { unbegunWork } from './workRecord.ts';

/**
 * Which finished tasks of a scope a person can have done or judged again (S5, FORMATS 2.1). A task that was skipped is one
 * of them only where it was named by itself. Judged again is what no check of this run has seen, or what was named; a task
 * without checks has nothing to be judged by.
 */
export function reopeningsOf(
	table: RunTable,
	tasks: readonly string[],
	{ what, explicit }: { readonly what: Reopening['what']; readonly explicit: boolean },
): Reopening[] {
	return tasks.flatMap((task) => {
		const state = table.tasks.get(task);
		if (state === undefined || !isFinished(state, explicit)) {
			return [];
		}
		const isMeant = what === 'work' || (hasChecks(state) && (explicit || state.validation === 'imported'));
		return isMeant ? [{ task, attempts: state.attempts.length, what }] : [];
	});
}

function isFinished({ status, task }: TaskState, explicit: boolean): boolean {
	return task.unit === undefined && (status === 'completed' || (explicit && status === 'skipped'));
}

function hasChecks({ task, status }: TaskState): boolean {
	return status === 'completed' && [task, ...(task.steps ?? [])].some(({ checks }) => checks.length > 0);
}

/**
 * Takes finished tasks out of the finished ones. Where another engine was quicker, and a task no longer stands as the person
 * saw it, it stays as it is. True where the table has to be counted anew.
 */
export function reopen(
	table: RunTable,
	{ reopens = [], stamp }: ScopeAdded & { readonly stamp: Stamp },
): boolean {
	const due = reopens.filter(({ task, attempts }) => {
		const state = table.tasks.get(task);
		return state?.task.unit === undefined && isSatisfied(state) && state?.attempts.length === attempts;
	});
	for (const { task, what } of due) {
		const state = table.tasks.get(task);
		if (state !== undefined) {
			beginAnew(state, { what, at: stamp.at });
		}
	}
	return due.length > 0;
}

function beginAnew(
	state: TaskState,
	{ what, at }: { readonly what: Reopening['what']; readonly at: number },
): void {
	state.status = 'pending';
	state.used = 0;
	state.reason = '';
	state.validation = null;
	state.completedAt = null;
	if (what === 'work') {
		state.approved = false;
		for (const attempt of state.attempts) {
			attempt.superseded = true;
		}
		return;
	}
	const last = state.attempts.at(-1);
	if (last === undefined) {
		state.attempts.push(importedAttempt(state, at));
	} else {
		last.rechecked = true;
	}
}

/** Work that was done before this run has no record here but that it is done: its checks are all there is to make. */
function importedAttempt({ task, startedAt, completedAt }: TaskState, at: number): AttemptState {
	return {
		number: 1,
		claimedAt: at,
		...unbegunWork(),
		startedAt,
		endedAt: completedAt,
		outcome: 'ok',
		mark: '',
		iteration: 1,
		tier: task.startTier ?? 'T1',
		agent: null,
		counts: false,
		steps: stepsDone(task),
		paused: false,
		rejection: null,
		lost: 0,
		round: 0,
		rechecked: true,
		imported: true,
	};
}

function stepsDone({ steps = [] }: RunTask): AttemptState['steps'] {
	return steps.map((_, index) => ({
		index,
		redo: false,
		tier: 'T1',
		agent: null,
		...unbegunWork(),
	}));
}

/** The iterations of the work that is under way: not those that were none (T2, T3), nor those of a result that is done anew. */
export function iterationsOf(attempts: readonly AttemptState[]): AttemptState[] {
	return attempts.filter(({ counts, superseded }) => counts && superseded !== true);
}
