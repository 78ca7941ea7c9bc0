import type { StampedEvent } from './events.ts';
import { findingsOf } from './findings.ts';
import { needOf } from './needs.ts';
import type { AttemptState, TaskState } from './runState.ts';
import type { RunTable } from './runTable.ts';
import { clockTime, enumerate, summariseTask } from './summarise.ts';

/** One answer to "why", with the lines of the journal behind it, oldest first. */
export interface Explanation {
	readonly about: 'status' | 'tier' | 'retry' | 'wait' | 'blocked' | 'need' | 'baseline';
	readonly sentence: string;
	readonly events: readonly StampedEvent[];
}

/**
 * Why a task stands where it stands: why it escalated, was retried, waits, is blocked or asks (T2–T4, S2). `events` are the
 * lines of the run's journal in their order; every sentence names the lines it rests on.
 */
export function explainTask(
	table: RunTable,
	state: TaskState,
	events: readonly StampedEvent[],
): Explanation[] {
	const own = events.filter((event) => 'task' in event && event.task === state.task.id);
	return [
		explainStatus(table, state, own),
		...explainTier(state, own),
		...state.attempts.slice(0, -1).map((attempt) => explainRetry(attempt, own)),
		...explainWait(table, state),
		...explainBlock(table, state, events),
		...explainNeed(state, own),
	];
}

function explainStatus(table: RunTable, state: TaskState, own: readonly StampedEvent[]): Explanation {
	const { status, reason, validation } = summariseTask(table, state);
	const because = reason === '' ? '' : `: ${reason}`;
	const basis =
		status === 'completed' && (validation === 'none' || validation === 'imported')
			? ', and nothing was verified'
			: '';
	const last = own.filter(({ kind }) => kind !== 'evidence-written' && kind !== 'attempt-started').slice(-1);
	return {
		about: 'status',
		sentence: `${state.task.id} is ${status}${basis}${because || '.'}`,
		events: last,
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

function explainWait(table: RunTable, state: TaskState): Explanation[] {
	const isWaiting = state.status === 'pending' || state.status === 'ready';
	if (!isWaiting || !state.inScope) {
		return isWaiting ? [{ about: 'wait', sentence: 'Nobody asked for it in this run.', events: [] }] : [];
	}
	const { reason } = summariseTask(table, state);
	const until = state.notBefore === null ? '' : ` It is tried again at ${clockTime(state.notBefore)}.`;
	return reason === '' && until === ''
		? [{ about: 'wait', sentence: 'It could start now: no engine has taken it up yet.', events: [] }]
		: [
				{
					about: 'wait',
					sentence: `${reason}${reason.includes('again at') ? '' : until}`.trim(),
					events: [],
				},
			];
}

/** What blocks it stands at the end of the path; that task's own story is what a person has to read. */
function explainBlock(table: RunTable, state: TaskState, events: readonly StampedEvent[]): Explanation[] {
	const origin = state.blockedBy === null ? undefined : table.tasks.get(state.blockedBy);
	if (state.status !== 'blocked' || state.need !== null || origin === undefined) {
		return [];
	}
	const { id } = origin.task;
	const number = origin.attempts.at(-1)?.number ?? 0;
	const behind = events.filter((event) => 'task' in event && event.task === id);
	return [
		{
			about: 'blocked',
			sentence: `${id} is ${origin.status}: ${origin.reason || 'see its own story'}`,
			events: failuresOf(behind, number),
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
	return [{ about: 'need', sentence, events: own.slice(-1) }];
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
