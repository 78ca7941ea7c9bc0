import type { BaselineTaken, CheckEnded } from './attemptFacts.ts';
import type { Stamp } from './events.ts';
import { isRefused, longestFinding, maxCriteria, maxFindings } from './findings.ts';
import { handOver, isBack } from './handOver.ts';
import type { CommandRunCheck, RunCheck, Work } from './runPlan.ts';
import type { AttemptState, CheckState, TaskState } from './runState.ts';
import type { RunTable } from './runTable.ts';
import { noteCost } from './spending.ts';
import { currentStep } from './taskSteps.ts';
import { advance, fail, failFinally, release, uncount } from './taskTransitions.ts';

/** Null when the event was taken, or the reason why it is void at its place in the file (D3). */
type Verdict = string | null;

/** How a check of a task, or of one of its steps, ended. */
export function checkEnded(table: RunTable, event: CheckEnded & { stamp: Stamp }): Verdict {
	const state = table.tasks.get(event.task);
	const attempt = state?.attempts.at(-1);
	if (state === undefined || attempt?.number !== event.attempt || !isDue(state, attempt, event)) {
		return 'the task is not being checked';
	}
	const made = event.step === undefined ? attempt.checks : attempt.steps[event.step]?.checks;
	const declared = event.step === undefined ? state.task.checks : state.task.steps?.[event.step]?.checks;
	if (made === undefined || event.check !== made.length) {
		return 'it is not the next check';
	}
	const check = declared?.[event.check];
	const judges = check?.kind === 'agent' ? check.work : null;
	noteCost(table, attempt, { event, agent: judges?.agent ?? null });
	if (state.stopping && !event.passed) {
		uncount(state);
		release(table, state, 'cancelled', 'Stopped while it was checked.');
		return null;
	}
	state.owner = event.engine;
	table.changed.add(event.task);
	if (event.vanished === true) {
		makeAgain(table, state, { attempt, event, work: judges });
		return null;
	}
	attempt.lost = 0;
	attempt.limited = 0;
	isBack(table, attempt.judge ?? null);
	state.infrastructure = 0;
	made.push(stateOf(event));
	judge(table, state, { attempt, event });
	return null;
}

interface LostCheck {
	readonly attempt: AttemptState;
	readonly event: CheckEnded;
	/** Of who judges; null where nobody does. */
	readonly work: Work | null;
}

/** A check without a verdict is made again: at once where its runner vanished, else at its time. */
function makeAgain(table: RunTable, state: TaskState, lost: LostCheck): void {
	const { attempt, event } = lost;
	attempt.round++;
	if (event.retryAt === undefined) {
		attempt.lost++;
	} else {
		postpone(table, state, { ...lost, at: event.retryAt });
	}
}

/** T3: who judges may not go on, or cannot for the moment: what was done and judged stays, and the rest waits for its time. */
function postpone(table: RunTable, state: TaskState, lost: LostCheck & { readonly at: number }): void {
	const { attempt, event, work, at } = lost;
	if (event.handOver !== undefined && work !== null) {
		if (!handOver(table, work, { agent: event.handOver, until: at })) {
			failFinally(table, state, event.reason);
			return;
		}
		state.infrastructure = 0;
	} else if (event.limited === undefined) {
		state.infrastructure++;
		state.notBefore = at;
	} else {
		attempt.limited = (attempt.limited ?? 0) + 1;
		isBack(table, event.limited);
		table.parked.set(event.limited, Math.max(at, table.parked.get(event.limited) ?? 0));
	}
	attempt.paused = true;
	release(table, state, 'pending', event.reason);
}

/** A task is tried again after its first bad check; a gate wants every verdict before anything is repaired (G1). */
function judge(
	table: RunTable,
	state: TaskState,
	{ attempt, event }: { readonly attempt: AttemptState; readonly event: CheckEnded & { stamp: Stamp } },
): void {
	const { at } = event.stamp;
	const isOver = attempt.checks.length >= state.task.checks.length;
	const waitsForAll = state.task.unit?.role === 'validation' && !isOver;
	const failed = [...attempt.steps, attempt].flatMap(({ checks }) => checks).filter(isRefused);
	if (failed.length === 0 || waitsForAll) {
		advance(table, state, { attempt, at, engine: event.engine });
		return;
	}
	const reason = failed.map((check) => check.reason).join(' ');
	if (event.invalid === true && event.advisory !== true) {
		failFinally(table, state, reason);
	} else {
		fail(table, state, { reason, at });
	}
}

function isDue(state: TaskState, attempt: AttemptState, { step }: CheckEnded): boolean {
	const current = currentStep(state.task, attempt);
	if (step === undefined) {
		return state.status === 'checking' && current === null;
	}
	const isAtStep = state.status === 'running' && current?.index === step;
	return isAtStep && (!current.redo || current.outcome === 'ok');
}

function stateOf(event: CheckEnded): CheckState {
	return {
		index: event.check,
		passed: event.passed,
		exit: event.exit,
		reason: event.reason,
		startedAt: event.startedAt,
		endedAt: event.endedAt,
		outputHash: event.outputHash,
		outputBytes: event.outputBytes,
		figures: event.figures ?? {},
		findings: (event.findings ?? [])
			.slice(0, maxFindings)
			.map((finding) => ({ ...finding, text: finding.text.slice(0, longestFinding) })),
		known: event.known ?? [],
		criteria: (event.criteria ?? [])
			.slice(0, maxCriteria)
			.map((answer) => ({ ...answer, finding: answer.finding.slice(0, longestFinding) })),
		advisory: event.advisory === true,
	};
}

/** Null where the check wants no baseline; else the text that names it, whatever place it moves to in the plan. */
export function baselineKey(check: RunCheck): string | null {
	return isWithBaseline(check) ? JSON.stringify([check.command, check.reports]) : null;
}

function isWithBaseline(check: RunCheck): check is CommandRunCheck {
	return check.kind !== 'agent' && check.kind !== 'approval' && check.baseline === true;
}

/** The first check whose baseline is missing while no work has begun: afterwards it would say nothing. Null where none is. */
export function dueBaseline(state: TaskState): number | null {
	if (state.attempts.some(({ startedAt, counts }) => startedAt !== null && counts)) {
		return null;
	}
	const due = state.task.checks.findIndex((check) => {
		const key = baselineKey(check);
		return key !== null && !state.baselines.has(key);
	});
	return due < 0 ? null : due;
}

export function baselineTaken(table: RunTable, event: BaselineTaken): Verdict {
	const state = table.tasks.get(event.task);
	if (state === undefined || state.status !== 'running' || dueBaseline(state) !== event.check) {
		return 'no baseline is due';
	}
	const check = state.task.checks[event.check];
	const key = check === undefined ? null : baselineKey(check);
	if (key === null) {
		return 'the check wants no baseline';
	}
	const { figures, failures, reason } = event;
	state.baselines = new Map([...state.baselines, [key, { figures, failures, reason }]]);
	table.changed.add(event.task);
	return null;
}
