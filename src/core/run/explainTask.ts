import type { StampedEvent } from './events.ts';
import { explainAgent } from './explainAgent.ts';
import { explainReplan } from './explainReplan.ts';
import { explainWait } from './explainWait.ts';
import type { Explanation } from './explanation.ts';
import { eventsOf, lastStanding } from './explanation.ts';
import { findingsOf } from './findings.ts';
import { needOf } from './needs.ts';
import type { AttemptState, TaskState } from './runState.ts';
import type { RunTable } from './runTable.ts';
import { clockTime, enumerate, summariseTask } from './summarise.ts';

/**
 * Why a task stands where it stands: why it escalated, was retried, waits, is blocked, asks, or is there at all (T2–T4, S2, R2). `events` are the
 * lines of the run's journal in their order; every sentence names the lines it rests on.
 */
export function explainTask(
	table: RunTable,
	state: TaskState,
	events: readonly StampedEvent[],
): Explanation[] {
	const own = eventsOf(events, state.task.id);
	return [
		explainStatus(table, state, own),
		...explainTier(state, own),
		...explainAgent(state, events),
		...state.attempts.slice(0, -1).map((attempt) => explainRetry(attempt, own)),
		...explainWait(table, state, events),
		...explainBlock(table, state, events),
		...explainNeed(state, own),
		...explainReplan(table, state.task.id, events),
	];
}

function explainStatus(table: RunTable, state: TaskState, own: readonly StampedEvent[]): Explanation {
	const { status, reason, validation } = summariseTask(table, state);
	const because = reason === '' ? '' : `: ${reason}`;
	const basis =
		status === 'completed' && (validation === 'none' || validation === 'imported')
			? ', and nothing was verified'
			: '';
	return {
		about: 'status',
		sentence: `${state.task.id} is ${status}${basis}${because || '.'}`,
		events: lastStanding(own),
	};
}

function explainTier({ task, attempts }: TaskState, own: readonly StampedEvent[]): Explanation[] {
	const first = attempts.find(({ tier }) => tier === 'T2');
	if (first === undefined) {
		return [];
	}
	const starts = [task, ...(task.steps ?? [])].some(({ startTier }) => startTier === 'T2');
	if (first.iteration <= 2 && starts) {
		const why = 'its plan says so, or it is critical for security';
		return [
			{ about: 'tier', sentence: `It began on T2, because ${why}.`, events: claimsOf(own, first.number) },
		];
	}
	const before = attempts.filter(({ counts, number }) => counts && number < first.number);
	const findings = before.map(
		(attempt) => `iteration ${attempt.iteration}: ${firstFinding(attempt).replace(/\.$/, '')}`,
	);
	return [
		{
			about: 'tier',
			sentence: `It escalated to T2 with iteration ${first.iteration}, because ${before.length} iterations on T1 did not pass (${findings.join('; ')}).`,
			events: [...before.flatMap(({ number }) => failuresOf(own, number)), ...claimsOf(own, first.number)],
		},
	];
}

/** Why another attempt followed this one. */
function explainRetry(attempt: AttemptState, own: readonly StampedEvent[]): Explanation {
	const { number, iteration, counts, outcome, reason, agent } = attempt;
	const events = failuresOf(own, number);
	const next = `Attempt ${number + 1} followed attempt ${number}`;
	if (attempt.superseded === true && findingsOf(attempt).length === 0) {
		return {
			about: 'retry',
			sentence: `${next}, which had completed it, because a person wanted it done again.`,
			events: own.filter((event) => event.kind === 'task-claimed' && event.attempt === number + 1),
		};
	}
	if (counts) {
		return {
			about: 'retry',
			sentence: `${next}, because iteration ${iteration} did not pass: ${firstFinding(attempt)}`,
			events,
		};
	}
	const why =
		outcome === 'usage-limit'
			? `the usage limit of ${agent ?? 'its agent'} was reached`
			: outcome === 'void'
				? 'nobody had begun it'
				: outcome === 'cancelled' || outcome === 'ok'
					? 'a person stopped it'
					: reason || `it ended: ${outcome}`;
	return {
		about: 'retry',
		sentence: `${next}, which was no iteration, because ${why.replace(/\.$/, '')}.`,
		events,
	};
}

/** What blocks it stands at the end of the path; that task's own story is what a person has to read. */
function explainBlock(table: RunTable, state: TaskState, events: readonly StampedEvent[]): Explanation[] {
	const origin = state.blockedBy === null ? undefined : table.tasks.get(state.blockedBy);
	if (state.status !== 'blocked' || state.need !== null || origin === undefined) {
		return [];
	}
	const { id } = origin.task;
	const number = origin.attempts.at(-1)?.number ?? 0;
	const behind = eventsOf(events, id);
	const failures = failuresOf(behind, number);
	return [
		{
			about: 'blocked',
			sentence: `${id} is ${origin.status}: ${origin.reason || 'see its own story'}`,
			// Where nothing failed, a person is asked: what led to the question is behind it.
			events: failures.length > 0 ? failures : lastStanding(behind),
		},
	];
}

function explainNeed(state: TaskState, own: readonly StampedEvent[]): Explanation[] {
	const open = needOf(state);
	if (open === null) {
		return [];
	}
	const answers = enumerate(open.answers);
	const sentence = `It waits for a person since ${clockTime(open.since)}; possible answers: ${answers}.`;
	return [{ about: 'need', sentence, events: lastStanding(own) }];
}

function firstFinding(attempt: AttemptState): string {
	const findings = findingsOf(attempt);
	const more = findings.length > 1 ? ` (and ${findings.length - 1} more)` : '';
	return `${findings[0]?.text ?? 'it said nothing'}${more}`;
}

function claimsOf(own: readonly StampedEvent[], attempt: number): StampedEvent[] {
	return own.filter((event) => event.kind === 'task-claimed' && event.attempt === attempt);
}

/** The lines that say how an attempt went wrong: its work, its checks, or the answer of a person. */
function failuresOf(own: readonly StampedEvent[], attempt: number): StampedEvent[] {
	return own.filter((event) => {
		switch (event.kind) {
			case 'attempt-ended':
				return event.attempt === attempt && event.outcome !== 'ok';
			case 'check-ended':
				return event.attempt === attempt && !event.passed;
			case 'task-answered':
				return event.attempt === attempt && event.answer === 'reject';
			default:
				return false;
		}
	});
}
