import { blockSuccessors, recomputeBlocked } from './blocking.ts';
import type {
	AttemptEnded,
	AttemptStarted,
	CheckEnded,
	EvidenceWritten,
	Stamp,
	TaskAdopted,
	TaskClaimed,
	TaskImported,
} from './events.ts';
import type { AttemptState, TaskState } from './runState.ts';
import type { EngineEntry, RunTable } from './runTable.ts';
import { isActive, isSatisfied } from './runTable.ts';

/**
 * What the journal says about single tasks. Every function returns null when the event was taken, or the reason why it
 * is void at its place in the file: nobody acts on a void line, and all readers void the same ones (D3).
 */
type Verdict = string | null;

export function taskClaimed(table: RunTable, event: TaskClaimed & { stamp: Stamp }): Verdict {
	const state = table.tasks.get(event.task);
	const refusal = state === undefined ? 'there is no such task' : refuseClaim(table, state, event);
	if (state === undefined || refusal !== null) {
		return refusal;
	}
	state.attempts.push(newAttempt(event.attempt, event.stamp.at));
	state.used++;
	state.startedAt ??= event.stamp.at;
	state.evidence = null;
	activate(table, state, event.engine, 'running');
	return null;
}

function refuseClaim(table: RunTable, state: TaskState, event: TaskClaimed): Verdict {
	const engine = table.engines.get(event.engine);
	if (engine === undefined || engine.stopped) {
		return 'its engine is not part of the run';
	}
	if (state.status !== 'ready' || !table.isUnlocked(event.task)) {
		return `the task is ${state.status}`;
	}
	if (event.attempt !== state.attempts.length + 1) {
		return `attempt ${event.attempt} is not the next one`;
	}
	return refuseSlot(table, state, engine);
}

/** The limits of the run and of the engine, and the task's locks: all of them or none (S2, S4). */
export function refuseSlot(table: RunTable, state: TaskState, engine: EngineEntry): Verdict {
	if (!engine.scope.has(state.task.id)) {
		return 'nobody asked this engine for the task';
	}
	if (engine.draining || table.closed) {
		return 'the run takes no new tasks';
	}
	if (table.active.size >= table.plan.jobs) {
		return `the run is limited to ${table.plan.jobs} tasks at once`;
	}
	for (const id of table.active) {
		const other = table.tasks.get(id);
		const clash = other === undefined ? null : clashOf(table, state, other);
		if (clash !== null) {
			return clash;
		}
	}
	return null;
}

function clashOf(table: RunTable, state: TaskState, other: TaskState): Verdict {
	const { task } = state;
	// Strategy `tracks` means one worker a track (S1).
	if (table.plan.strategy === 'tracks' && task.track !== null && other.task.track === task.track) {
		return `${other.task.id} of the same track is running`;
	}
	const lock = task.locks.find((name) => other.task.locks.includes(name));
	return lock === undefined ? null : `${other.task.id} holds the lock “${lock}”`;
}

export function taskAdopted(table: RunTable, event: TaskAdopted & { stamp: Stamp }): Verdict {
	const state = table.tasks.get(event.task);
	const attempt = state?.attempts.at(-1);
	if (state === undefined || attempt?.number !== event.attempt) {
		return 'it is not the current attempt';
	}
	const engine = table.engines.get(event.engine);
	if (engine === undefined || engine.stopped) {
		return 'its engine is not part of the run';
	}
	if (isActive(state) && state.owner === event.from) {
		activate(table, state, event.engine, state.status === 'running' ? 'running' : 'checking');
		return null;
	}
	// Work that ended well and was stopped before its checks goes on with the checks; it is not done twice.
	if (state.status === 'ready' && canResumeChecks(attempt)) {
		const refusal = refuseSlot(table, state, engine);
		if (refusal !== null) {
			return refusal;
		}
		state.used++;
		attempt.checks.length = 0;
		attempt.round++;
		activate(table, state, event.engine, 'checking');
		return null;
	}
	return 'the claim is not free';
}

/** True where an attempt's work ended well and no check has judged it yet. */
export function canResumeChecks(attempt: AttemptState | undefined): attempt is AttemptState {
	return attempt?.outcome === 'ok' && attempt.checks.every(({ passed }) => passed);
}

export function attemptStarted(table: RunTable, event: AttemptStarted & { stamp: Stamp }): Verdict {
	const attempt = currentAttempt(table, event);
	if (attempt === null || attempt.outcome !== null) {
		return 'it is not the running attempt';
	}
	if (attempt.pid !== null) {
		return 'its start is known already';
	}
	attempt.startedAt = event.stamp.at;
	attempt.pid = event.pid;
	table.changed.add(event.task);
	return null;
}

/** Any engine may record any result; the second record of one is void. */
export function attemptEnded(table: RunTable, event: AttemptEnded & { stamp: Stamp }): Verdict {
	const state = table.tasks.get(event.task);
	const attempt = currentAttempt(table, event);
	if (state === undefined || attempt === null || attempt.outcome !== null || state.status !== 'running') {
		return 'it is not the running attempt';
	}
	attempt.startedAt = event.startedAt;
	attempt.endedAt = event.endedAt;
	attempt.outcome = event.outcome;
	attempt.exit = event.exit;
	attempt.reason = event.reason;
	attempt.outputHash = event.outputHash;
	attempt.outputBytes = event.outputBytes;
	// Whoever records it has what follows: its engine may be frozen.
	state.owner = event.engine;
	settleAttempt(table, state, event);
	return null;
}

function settleAttempt(table: RunTable, state: TaskState, event: AttemptEnded & { stamp: Stamp }): void {
	switch (event.outcome) {
		case 'ok':
			if (state.task.checks.length > 0) {
				activate(table, state, event.engine, 'checking');
				return;
			}
			complete(table, state, event.stamp.at);
			return;
		case 'void':
			state.used--;
			release(table, state, 'pending', '');
			return;
		case 'cancelled':
			state.used--;
			release(table, state, 'cancelled', event.reason);
			return;
		case 'unknown':
			settleUnknown(table, state, event);
			return;
		case 'failed':
		case 'timeout':
		case 'infrastructure':
			fail(table, state, event.reason);
	}
}

/** Work that takes its own runner down each time would be repeated for ever. */
const maxUnknownInARow = 3;

/** D4: in place, work with an unknown end is repeated only where the plan says that this is safe. */
function settleUnknown(table: RunTable, state: TaskState, event: AttemptEnded): void {
	const inARow =
		state.attempts.length - 1 - state.attempts.findLastIndex(({ outcome }) => outcome !== 'unknown');
	if (state.task.idempotent && inARow <= maxUnknownInARow) {
		state.used--;
		release(table, state, state.stopping ? 'cancelled' : 'pending', '');
		return;
	}
	state.need = { kind: 'unknown-outcome', attempt: event.attempt };
	release(table, state, 'blocked', event.reason);
	blockSuccessors(table, state);
}

export function checkEnded(table: RunTable, event: CheckEnded & { stamp: Stamp }): Verdict {
	const state = table.tasks.get(event.task);
	const attempt = currentAttempt(table, event);
	if (state === undefined || attempt === null || state.status !== 'checking') {
		return 'the task is not being checked';
	}
	if (event.check !== attempt.checks.length) {
		return 'it is not the next check';
	}
	if (state.stopping && !event.passed) {
		state.used--;
		release(table, state, 'cancelled', 'Stopped while it was checked.');
		return null;
	}
	state.owner = event.engine;
	table.changed.add(event.task);
	if (event.vanished === true) {
		attempt.round++;
		return null;
	}
	attempt.checks.push({
		index: event.check,
		passed: event.passed,
		exit: event.exit,
		reason: event.reason,
		startedAt: event.startedAt,
		endedAt: event.endedAt,
		outputHash: event.outputHash,
		outputBytes: event.outputBytes,
	});
	if (!event.passed) {
		fail(table, state, event.reason);
	} else if (attempt.checks.length >= state.task.checks.length) {
		complete(table, state, event.stamp.at);
	}
	return null;
}

export function evidenceWritten(table: RunTable, event: EvidenceWritten): Verdict {
	const state = table.tasks.get(event.task);
	if (state === undefined || currentAttempt(table, event) === null) {
		return 'it is not the last attempt';
	}
	state.evidence = event.path;
	table.changed.add(event.task);
	return null;
}

/** A completion of an earlier run that only the committed state file knows (FORMATS 2.1): done, and not verified here. */
export function taskImported(table: RunTable, event: TaskImported & { stamp: Stamp }): Verdict {
	const state = table.tasks.get(event.task);
	if (state === undefined || state.attempts.length > 0 || isSatisfied(state)) {
		return 'the task has a history of its own';
	}
	const wasBlocked = state.status === 'blocked';
	state.validation = 'imported';
	state.startedAt = event.startedAt;
	state.completedAt = event.completedAt;
	release(table, state, 'completed', '');
	table.satisfy(event.task);
	if (wasBlocked) {
		recomputeBlocked(table);
	}
	return null;
}

function currentAttempt(table: RunTable, event: { task: string; attempt: number }): AttemptState | null {
	const attempt = table.tasks.get(event.task)?.attempts.at(-1);
	return attempt?.number === event.attempt ? attempt : null;
}

function newAttempt(number: number, claimedAt: number): AttemptState {
	return {
		number,
		claimedAt,
		startedAt: null,
		endedAt: null,
		pid: null,
		outcome: null,
		exit: null,
		reason: '',
		outputHash: '',
		outputBytes: 0,
		checks: [],
		round: 1,
	};
}

function activate(table: RunTable, state: TaskState, owner: string, status: 'running' | 'checking'): void {
	state.status = status;
	state.owner = owner;
	state.reason = '';
	state.completedAt = null;
	table.ready.delete(state.task.id);
	table.active.add(state.task.id);
	table.changed.add(state.task.id);
}

/** Gives the slot back. `pending` goes on to `ready` by itself where nothing is missing. */
function release(
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
	table.active.delete(state.task.id);
	table.changed.add(state.task.id);
	table.refresh(state.task.id);
}

function complete(table: RunTable, state: TaskState, at: number): void {
	state.validation =
		state.task.checks.length > 0 ? 'checks' : state.task.work.kind === 'agent' ? 'none' : 'exit-code';
	state.completedAt = at;
	release(table, state, 'completed', '');
	table.satisfy(state.task.id);
}

function fail(table: RunTable, state: TaskState, reason: string): void {
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
	blockSuccessors(table, state);
}
