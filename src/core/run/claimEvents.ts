import type { Stamp, TaskAdopted, TaskClaimed } from './events.ts';
import { isRefused, tierOf } from './findings.ts';
import { iterationsOf } from './reopening.ts';
import type { AttemptState, EngineEntry, TaskState } from './runState.ts';
import { isActive } from './runState.ts';
import type { RunTable } from './runTable.ts';
import { budgetOf, budgetWords, waitsForBudget } from './spending.ts';
import { stepsOf } from './taskSteps.ts';
import { activate, advance } from './taskTransitions.ts';
import { describeBarrier, describeClash } from './waitReasons.ts';
import { freeAgent, workOnTier } from './workOf.ts';
import { unbegunWork } from './workRecord.ts';

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
	const begun = newAttempt(table, state, event);
	const attempt = state.task.work.kind === 'none' ? withoutWork(begun) : begun;
	state.attempts.push(attempt);
	state.used++;
	state.startedAt ??= event.stamp.at;
	state.evidence = null;
	if (attempt.outcome === 'ok') {
		advance(table, state, { attempt, at: event.stamp.at, engine: event.engine });
	} else {
		activate(table, state, event.engine, 'running');
	}
	return null;
}

function refuseClaim(table: RunTable, state: TaskState, event: TaskClaimed): Verdict {
	const engine = table.engines.get(event.engine);
	if (engine === undefined || engine.stopped || engine.away) {
		return 'its engine is not part of the run';
	}
	if (state.status !== 'ready' || !table.isUnlocked(event.task)) {
		return `the task is ${state.status}`;
	}
	if (state.attempts.at(-1)?.paused === true) {
		return 'its last attempt is not over';
	}
	if (state.task.unit?.awaitsLanguages === true) {
		return 'nobody has looked yet which languages there are';
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
	const budget = budgetOf(table);
	if (budget !== null && waitsForBudget(table, id)) {
		return `the budget of the run is spent: ${budgetWords(budget)}`;
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
	if (engine === undefined || engine.stopped || engine.away) {
		return 'its engine is not part of the run';
	}
	if (isActive(state) && state.owner === event.from) {
		activate(table, state, event.engine, state.status === 'running' ? 'running' : 'checking');
		return null;
	}
	return state.status === 'ready' && canResumeChecks(attempt)
		? resumeAttempt(table, state, { engine, at: event.stamp.at })
		: 'the claim is not free';
}

/** What stopped between work and verdict goes on there; it is not done twice. */
function resumeAttempt(
	table: RunTable,
	state: TaskState,
	{ engine, at }: { readonly engine: EngineEntry; readonly at: number },
): Verdict {
	const refusal = refuseSlot(table, state, engine);
	const attempt = state.attempts.at(-1);
	if (refusal !== null || attempt === undefined) {
		return refusal;
	}
	if (attempt.paused) {
		// A person was asked in between: what had passed before still holds.
		attempt.paused = false;
	} else {
		state.used++;
		attempt.counts = true;
		for (const { checks } of [attempt, ...attempt.steps]) {
			checks.length = 0;
		}
		attempt.round++;
	}
	advance(table, state, { attempt, at, engine: engine.id });
	return null;
}

/** True where an attempt's work ended well and no check has judged it yet. */
export function canResumeChecks(attempt: AttemptState | undefined): attempt is AttemptState {
	if (attempt?.paused === true) {
		return true;
	}
	if (attempt === undefined || attempt.superseded === true) {
		return false;
	}
	const checks = [attempt, ...attempt.steps].flatMap((each) => each.checks);
	const isJudged = attempt.rejection !== null || checks.some(isRefused);
	return attempt.outcome === 'ok' && !isJudged;
}

/** What only checks has its work behind it from the beginning. */
function withoutWork(attempt: AttemptState): AttemptState {
	const { claimedAt } = attempt;
	return { ...attempt, startedAt: claimedAt, endedAt: claimedAt, outcome: 'ok' };
}

function newAttempt(table: RunTable, state: TaskState, event: TaskClaimed & { stamp: Stamp }): AttemptState {
	const { task, attempts } = state;
	const { at } = event.stamp;
	const iteration = 1 + iterationsOf(attempts).length;
	const last = attempts.at(-1);
	const before = last?.superseded === true ? undefined : last;
	const { parked } = table;
	const steps = stepsOf(task, { before, iteration, parked, at });
	const redone = steps.filter(({ redo }) => redo);
	const own = tierOf(iteration, task.startTier);
	const tier = redone.length === 0 ? own : redone.some((step) => step.tier === 'T2') ? 'T2' : 'T1';
	return {
		number: event.attempt,
		claimedAt: at,
		...unbegunWork(),
		mark: '',
		iteration,
		tier,
		agent: redone[0]?.agent ?? freeAgent(workOnTier(task, own), parked, at),
		counts: true,
		steps,
		paused: false,
		rejection: null,
		lost: 0,
		round: 1,
	};
}
