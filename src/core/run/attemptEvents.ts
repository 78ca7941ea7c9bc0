import { blockSuccessors, recomputeBlocked } from './blocking.ts';
import type {
	AttemptEnded,
	AttemptStarted,
	CheckEnded,
	EvidenceWritten,
	Stamp,
	TaskImported,
} from './events.ts';
import type { AttemptState, TaskState } from './runState.ts';
import type { RunTable } from './runTable.ts';
import { isSatisfied } from './runTable.ts';
import { activate, complete, fail, release } from './taskTransitions.ts';

/**
 * How work, its checks and its evidence went. Every function returns null when the event was taken, or the reason why it is void at its place in the file:
 * nobody acts on a void line, and all readers void the same ones (D3).
 */
type Verdict = string | null;

/** Work that takes its own runner down each time would be repeated for ever. */
const maxUnknownInARow = 3;

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
	judgeChecks(table, state, event.stamp.at);
	return null;
}

/** A task is tried again after its first bad check; a gate wants every verdict before anything is repaired (G1). */
function judgeChecks(table: RunTable, state: TaskState, at: number): void {
	const checks = state.attempts.at(-1)?.checks ?? [];
	const isOver = checks.length >= state.task.checks.length;
	const failed = checks.filter(({ passed }) => !passed);
	if (failed.length > 0 && (isOver || state.task.unit?.role !== 'validation')) {
		fail(table, state, failed.map(({ reason }) => reason).join(' '));
	} else if (isOver) {
		complete(table, state, at);
	}
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
