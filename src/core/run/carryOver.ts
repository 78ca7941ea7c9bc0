import type { RunPlan, RunTask } from './runPlan.ts';
import type { TaskState } from './runState.ts';
import { isSatisfied, noBaselines } from './runState.ts';
import type { TableBefore } from './tableBefore.ts';

/** The rows of a new table, and what is known of tasks that it does not have. */
export function statesFor(
	rows: readonly RunTask[],
	before: TableBefore | undefined,
): { readonly states: Map<string, TaskState>; readonly gone: Map<string, TaskState> } {
	if (before?.stood !== undefined) {
		return { states: before.tasks, gone: before.gone };
	}
	const gone = new Map(before === undefined ? [] : [...before.gone, ...before.tasks]);
	const states = new Map<string, TaskState>();
	for (const task of rows) {
		states.set(task.id, carryOver(task, gone.get(task.id)));
		gone.delete(task.id);
	}
	return { states, gone };
}

/** A row of a new table: what happened to it in the table before holds (D6), else it has not begun. */
function carryOver(task: RunTask, before: TaskState | undefined): TaskState {
	if (before === undefined) {
		return {
			task,
			status: 'pending',
			inScope: false,
			owner: null,
			attempts: [],
			used: 0,
			stopping: false,
			need: null,
			notBefore: null,
			infrastructure: 0,
			approved: false,
			baselines: noBaselines,
			blockedBy: null,
			validation: null,
			startedAt: null,
			completedAt: null,
			evidence: null,
			written: null,
			reason: '',
		};
	}
	const status = before.status === 'blocked' && before.need === null ? 'pending' : before.status;
	const isActive = status === 'running' || status === 'checking';
	// What runs is judged by the checks it began with; evidence that is due describes what ran.
	const isPaused = before.attempts.at(-1)?.paused === true;
	const keeps =
		isActive ||
		isPaused ||
		(status === 'completed' && before.evidence === null && task.unit?.role !== 'gate');
	return { ...before, task: keeps ? before.task : task, status };
}

/** D6: a task that joins what a gate has passed is judged with all the others. Names the gates that are open again. */
export function reopenGates(plan: RunPlan, states: ReadonlyMap<string, TaskState>): ReadonlySet<string> {
	const reopened = new Set<string>();
	for (const { id, waitsFor } of plan.gates ?? []) {
		const state = states.get(id);
		if (state?.status === 'completed' && !waitsFor.every((name) => isSatisfied(states.get(name)))) {
			state.status = 'pending';
			state.completedAt = null;
			state.validation = null;
			reopened.add(id);
		}
	}
	return reopened;
}
