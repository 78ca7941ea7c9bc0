import { blockSuccessors } from './blocking.ts';
import { stuckFinding } from './findings.ts';
import { judgeGate } from './gateEvents.ts';
import type { RunCheck } from './runPlan.ts';
import type { AttemptState, Need, TaskState } from './runState.ts';
import type { RunTable } from './runTable.ts';
import { currentStep } from './taskSteps.ts';
import { freeAgent, usesAgent } from './workOf.ts';

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
	state.notBefore = null;
	state.evidence = null;
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
	if (status !== 'completed' && state.attempts.at(-1)?.paused !== true) {
		state.task = table.definitionOf(state.task.id) ?? state.task;
	}
	table.giveBack(state.task.id);
	table.changed.add(state.task.id);
	table.refresh(state.task.id);
}

/** What follows work or a check that ended well: the next step, the next check, a question to a person, or the end. */
export function advance(
	table: RunTable,
	state: TaskState,
	options: { readonly attempt: AttemptState; readonly at: number; readonly engine: string },
): void {
	const { attempt, at, engine } = options;
	const step = currentStep(state.task, attempt);
	const isWorkDone = step === null && (state.task.steps === undefined || attempt.outcome === 'ok');
	const checks = step === null ? state.task.checks : (state.task.steps?.[step.index]?.checks ?? []);
	const made = step === null ? attempt.checks : step.checks;
	const isChecking = step === null ? isWorkDone : !step.redo || step.outcome === 'ok';
	const next = isChecking ? checks[made.length] : undefined;
	if (next?.kind === 'approval') {
		pause(table, state, { kind: 'approval', attempt: attempt.number, at, moment: 'check', what: next.what });
		return;
	}
	if (next?.kind === 'agent') {
		attempt.judge = freeAgent(next.work, table.parked, at);
	}
	if (step !== null || next !== undefined) {
		activate(table, state, engine, step === null ? 'checking' : 'running');
		return;
	}
	if (state.task.approval === 'after') {
		const what = 'the result';
		pause(table, state, { kind: 'approval', attempt: attempt.number, at, moment: 'after', what });
		return;
	}
	complete(table, state, at);
}

/** S2: the slot is given back while a person is asked; what was done stays, and goes on from here. */
function pause(table: RunTable, state: TaskState, need: Need & { kind: 'approval' }): void {
	const attempt = state.attempts.at(-1);
	if (attempt !== undefined) {
		attempt.paused = true;
	}
	askPerson(table, state, { need, reason: `Waits for your approval: ${need.what}.` });
}

/** The task waits for a person, and what depends on it with it. */
export function askPerson(
	table: RunTable,
	state: TaskState,
	{ need, reason }: { readonly need: Need; readonly reason: string },
): void {
	state.need = need;
	release(table, state, 'blocked', reason);
	blockSuccessors(table, state);
}

/** The work is done and verified as far as the task asks for it: successors may go on. */
export function complete(table: RunTable, state: TaskState, at: number): void {
	const { task } = state;
	const isBinding = ({ advisory }: RunCheck) => !advisory;
	const isChecked =
		task.checks.some(isBinding) || task.steps?.some(({ checks }) => checks.some(isBinding)) === true;
	state.validation = isChecked ? 'checks' : usesAgent(state.task) ? 'none' : 'exit-code';
	state.completedAt = at;
	state.evidence = null;
	state.infrastructure = 0;
	release(table, state, 'completed', '');
	table.satisfy(state.task.id);
	if (state.task.unit !== undefined) {
		judgeGate(table, state.task.unit.gate);
	}
}

/** Takes the last attempt back out of the iterations: it was none (T2, T3). */
export function uncount(state: TaskState): void {
	const attempt = state.attempts.at(-1);
	if (attempt?.counts === true) {
		attempt.counts = false;
		state.used--;
	}
}

/** Tries again while the budget lasts and something changes; then the task has failed and blocks what waits for it (T4). */
export function fail(
	table: RunTable,
	state: TaskState,
	options: { readonly reason: string; readonly at: number },
): void {
	const { reason, at } = options;
	if (state.stopping) {
		// The signal of the stop itself makes most programs fail: that is no verdict on the work.
		uncount(state);
		release(table, state, 'cancelled', reason);
		return;
	}
	// Who wanted to know how a result stands did not ask for the work to be done.
	if (state.used >= state.task.maxAttempts || state.attempts.at(-1)?.rechecked === true) {
		failFinally(table, state, reason);
		return;
	}
	const attempt = state.attempts.at(-1)?.number ?? 1;
	// A command is tried again only because its plan says so; there the same end is no surprise.
	// A unit of a gate asks nobody by itself: its gate does (G1).
	const stuck =
		usesAgent(state.task) && state.task.unit === undefined ? stuckFinding(state.attempts, state.used) : null;
	if (stuck === null) {
		release(table, state, 'pending', reason);
		return;
	}
	const finding = stuck.text;
	askPerson(table, state, {
		need: { kind: 'stuck', attempt, at, finding },
		reason: `Stuck: three iterations in a row ended with the same finding: ${finding} Change the task or its prompt and retry it, or skip it.`,
	});
}

/** Another iteration would not help, or there is none left (T4). */
export function failFinally(table: RunTable, state: TaskState, reason: string): void {
	state.completedAt = null;
	state.evidence = null;
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
