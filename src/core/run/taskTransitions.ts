import { blockSuccessors } from './blocking.ts';
import { judgeGate } from './gateEvents.ts';
import type { TaskState } from './runState.ts';
import type { RunTable } from './runTable.ts';

/** Gives a task to an engine, and takes the slot that goes with it. */
export function activate(
	table: RunTable,
	state: TaskState,
	owner: string,
	status: 'running' | 'checking',
): void {
	state.status = status;
	state.owner = owner;
	state.reason = '';
	state.completedAt = null;
	table.takeSlot(state.task);
	table.changed.add(state.task.id);
}

/** Gives the slot back. `pending` goes on to `ready` by itself where nothing is missing. */
export function release(
	table: RunTable,
	state: TaskState,
	status: 'pending' | 'cancelled' | 'blocked' | 'failed' | 'completed',
	reason: string,
): void {
	state.status = status;
	state.stopping = false;
	state.reason = reason;
	if (status !== 'completed') {
		state.task = table.definitionOf(state.task.id) ?? state.task;
	}
	table.giveBack(state.task.id);
	table.changed.add(state.task.id);
	table.refresh(state.task.id);
}

/** The work is done and verified as far as the task asks for it: successors may go on. */
export function complete(table: RunTable, state: TaskState, at: number): void {
	state.validation =
		state.task.checks.length > 0 ? 'checks' : state.task.work.kind === 'agent' ? 'none' : 'exit-code';
	state.completedAt = at;
	release(table, state, 'completed', '');
	table.satisfy(state.task.id);
	if (state.task.unit !== undefined) {
		judgeGate(table, state.task.unit.gate);
	}
}

/** Tries again while the budget lasts; then the task has failed and what waits for it is blocked (T4). */
export function fail(table: RunTable, state: TaskState, reason: string): void {
	if (state.stopping) {
		// The signal of the stop itself makes most programs fail: that is no verdict on the work.
		state.used--;
		release(table, state, 'cancelled', reason);
		return;
	}
	if (state.used < state.task.maxAttempts) {
		release(table, state, 'pending', reason);
		return;
	}
	state.completedAt = null;
	release(table, state, 'failed', reason);
	endFailure(table, state);
}

/** A task blocks what waits for it; a unit is one voice among those of its gate, and the gate decides (G1). */
function endFailure(table: RunTable, state: TaskState): void {
	const { unit } = state.task;
	if (unit === undefined) {
		blockSuccessors(table, state);
		return;
	}
	if (unit.advisory) {
		table.satisfy(state.task.id);
	}
	judgeGate(table, unit.gate);
}
