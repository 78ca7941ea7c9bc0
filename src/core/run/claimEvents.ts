import type { Stamp, TaskAdopted, TaskClaimed } from './events.ts';
import type { AttemptState, TaskState } from './runState.ts';
import type { EngineEntry, RunTable } from './runTable.ts';
import { isActive } from './runTable.ts';
import { activate } from './taskTransitions.ts';
import { describeBarrier, describeClash } from './waitReasons.ts';

/**
 * Who may work on what. Every function returns null when the event was taken, or the reason why it is void at its place in the file:
 * nobody acts on a void line, and all readers void the same ones (D3).
 */
type Verdict = string | null;

export function taskClaimed(table: RunTable, event: TaskClaimed & { stamp: Stamp }): Verdict {
	const state = table.tasks.get(event.task);
	const refusal = state === undefined ? 'there is no such task' : refuseClaim(table, state, event);
	if (state === undefined || refusal !== null) {
		return refusal;
	}
	const attempt = newAttempt(event.attempt, event.stamp.at);
	state.attempts.push(state.task.work.kind === 'none' ? withoutWork(attempt) : attempt);
	state.used++;
	state.startedAt ??= event.stamp.at;
	state.evidence = null;
	activate(table, state, event.engine, state.task.work.kind === 'none' ? 'checking' : 'running');
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

/** The limits of the run and of the engine, barriers, and what the task claims: all of them or none (S1–S4). */
export function refuseSlot(table: RunTable, state: TaskState, engine: EngineEntry): Verdict {
	const { id } = state.task;
	if (!engine.scope.has(id)) {
		return 'nobody asked this engine for the task';
	}
	if (engine.draining || table.closed) {
		return 'the run takes no new tasks';
	}
	const refusal = table.ready.refusal(id, (other) => engine.scope.has(other));
	if (refusal?.kind === 'barrier') {
		return describeBarrier(table, id);
	}
	if (table.active.size >= table.plan.jobs) {
		return `the run is limited to ${table.plan.jobs} tasks at once`;
	}
	return refusal === null ? null : describeClash(refusal);
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

/** What only checks has its work behind it from the beginning. */
function withoutWork(attempt: AttemptState): AttemptState {
	const { claimedAt } = attempt;
	return { ...attempt, startedAt: claimedAt, endedAt: claimedAt, outcome: 'ok' };
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
