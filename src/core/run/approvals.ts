import { recomputeBlocked } from './blocking.ts';
import type { Stamp, TaskAnswered } from './events.ts';
import { isRefused } from './findings.ts';
import type { AttemptState, Need, TaskState } from './runState.ts';
import type { RunTable } from './runTable.ts';
import { currentStep } from './taskSteps.ts';
import { askPerson, complete, fail, failFinally } from './taskTransitions.ts';

/** Null when the event was taken, or the reason why it is void at its place in the file (D3). */
type Verdict = string | null;

/** `approval: before`: whoever could start now waits for a person first. Called after every line. */
export function askBeforeWork(table: RunTable, at: number): void {
	for (const id of table.asking) {
		const state = table.tasks.get(id);
		if (state !== undefined && state.status === 'ready' && state.inScope && needsApprovalBefore(state)) {
			const what = 'the work may begin';
			askPerson(table, state, {
				need: { kind: 'approval', attempt: state.attempts.length, at, moment: 'before', what },
				reason: `Waits for your approval before it begins: ${state.task.name}.`,
			});
		}
	}
	table.asking.clear();
}

/** True until a person agreed that the work of this task may begin. */
export function needsApprovalBefore(state: TaskState): boolean {
	return state.task.approval === 'before' && !state.approved;
}

/** A person agreed or did not; an answer to a question that is no longer open is void. */
export function approvalAnswered(
	table: RunTable,
	state: TaskState,
	event: TaskAnswered & { stamp: Stamp },
): Verdict {
	const { need } = state;
	if (need?.kind !== 'approval') {
		return 'nobody waits for an approval of it';
	}
	if (event.attempt !== undefined && event.attempt !== need.attempt) {
		return 'the question is about another attempt';
	}
	state.need = null;
	state.reason = '';
	table.changed.add(event.task);
	if (event.answer === 'approve') {
		agree(table, state, { need, event });
	} else {
		refuse(table, state, { need, event });
	}
	recomputeBlocked(table);
	return null;
}

interface Answer {
	readonly need: Need & { kind: 'approval' };
	readonly event: TaskAnswered & { stamp: Stamp };
}

function agree(table: RunTable, state: TaskState, answer: Answer): void {
	const { need, event } = answer;
	state.status = 'pending';
	if (need.moment === 'before') {
		state.approved = true;
		table.refresh(event.task);
		return;
	}
	if (need.moment === 'check') {
		pushVerdict(state, event, true);
	}
	goOn(table, state, answer);
}

/** What follows a person's answer: the next check, the verdict on all of them, or the next question. */
function goOn(table: RunTable, state: TaskState, { need, event }: Answer): void {
	const attempt = state.attempts.at(-1);
	if (attempt === undefined) {
		return;
	}
	const { at } = event.stamp;
	const failed = attempt.checks.filter(isRefused);
	const isOver =
		currentStep(state.task, attempt) === null && attempt.checks.length >= state.task.checks.length;
	if (!isOver) {
		table.refresh(event.task);
		return;
	}
	attempt.paused = false;
	if (failed.length > 0) {
		// A validator of a gate collects every verdict before it is judged (G1).
		fail(table, state, { reason: failed.map(({ reason }) => reason).join(' '), at });
	} else if (need.moment === 'check' && state.task.approval === 'after') {
		const after: Need = {
			kind: 'approval',
			attempt: attempt.number,
			at,
			moment: 'after',
			what: 'the result',
		};
		attempt.paused = true;
		askPerson(table, state, { need: after, reason: `Waits for your approval: ${after.what}.` });
	} else {
		complete(table, state, at);
	}
}

/** What a person does not accept is the finding of the next iteration, if there is one. */
function refuse(table: RunTable, state: TaskState, answer: Answer): void {
	const { need, event } = answer;
	const why = event.reason?.trim() ?? '';
	const reason = `Rejected by ${event.by}${why === '' ? '.' : `: ${why}`}`;
	const attempt = state.attempts.at(-1);
	state.status = 'pending';
	if (need.moment === 'before' || attempt === undefined) {
		failFinally(table, state, reason);
		return;
	}
	if (need.moment === 'check') {
		pushVerdict(state, event, false);
		if (isGoingOn(state, attempt)) {
			goOn(table, state, answer);
			return;
		}
	} else {
		attempt.rejection = reason;
	}
	attempt.paused = false;
	fail(table, state, { reason, at: event.stamp.at });
}

/** Advice holds nothing up, and a validator of a gate makes all of its checks whatever one of them says (G1). */
function isGoingOn({ task }: TaskState, attempt: AttemptState): boolean {
	const isOver = attempt.checks.length >= task.checks.length;
	const isRejected = [attempt, ...attempt.steps].some(({ checks }) => checks.some(isRefused));
	return !isRejected || (task.unit?.role === 'validation' && !isOver);
}

function pushVerdict(state: TaskState, event: TaskAnswered & { stamp: Stamp }, passed: boolean): void {
	const attempt = state.attempts.at(-1);
	const step = attempt === undefined ? null : currentStep(state.task, attempt);
	const checks = step === null ? attempt?.checks : step.checks;
	const declared = step === null ? state.task.checks : (state.task.steps?.[step.index]?.checks ?? []);
	const why = event.reason?.trim() ?? '';
	const verdict = `${passed ? 'Approved' : 'Rejected'} by ${event.by}${why === '' ? '.' : `: ${why}`}`;
	checks?.push({
		index: checks.length,
		passed,
		exit: null,
		reason: verdict,
		startedAt: event.stamp.at,
		endedAt: event.stamp.at,
		outputHash: '',
		outputBytes: 0,
		figures: {},
		findings: passed ? [] : [{ text: verdict }],
		known: [],
		criteria: [],
		advisory: declared[checks.length]?.advisory === true,
	});
}
