import type { AttemptEnded, AttemptStarted, EvidenceWritten } from './attemptFacts.ts';
import { blockSuccessors, recomputeBlocked } from './blocking.ts';
import type { Stamp, TaskImported } from './events.ts';
import { handOver, isBack } from './handOver.ts';
import type { AttemptState, StepState, TaskState } from './runState.ts';
import { isSatisfied } from './runState.ts';
import type { RunTable } from './runTable.ts';
import { noteCost } from './spending.ts';
import { currentStep } from './taskSteps.ts';
import { advance, fail, failFinally, release, uncount } from './taskTransitions.ts';
import { workOnTier } from './workOf.ts';

/**
 * How work and its evidence went. Every function returns null when the event was taken, or the reason why it is void at
 * its place in the file: nobody acts on a void line, and all readers void the same ones (D3).
 */
type Verdict = string | null;

/** Work that takes its own runner down each time would be repeated for ever. */
const maxUnknownInARow = 3;

/** T3: how often a failure of the infrastructure is tried again before it is one of the task. */
export const maxInfrastructureRetries = 3;

export function attemptStarted(table: RunTable, event: AttemptStarted & { stamp: Stamp }): Verdict {
	const attempt = currentAttempt(table, event);
	if (attempt === null || attempt.outcome !== null) {
		return 'it is not the running attempt';
	}
	const job = event.step === undefined ? attempt : attempt.steps[event.step];
	if (job === undefined || job.outcome !== null) {
		return 'it is not the running step';
	}
	if (job.pid !== null) {
		return 'its start is known already';
	}
	job.startedAt = event.stamp.at;
	job.pid = event.pid;
	attempt.startedAt ??= event.stamp.at;
	attempt.pid ??= event.pid;
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
	// A stop before any step began ends the attempt as a whole.
	const isWhole = event.step === undefined && event.outcome === 'cancelled';
	const step = isWhole ? null : currentStep(state.task, attempt);
	if (step?.index !== event.step || (step !== null && step.outcome !== null)) {
		return 'it is not the running step';
	}
	// Whoever records it has what follows: its engine may be frozen.
	state.owner = event.engine;
	if (event.outcome === 'ok') {
		state.infrastructure = 0;
		isBack(table, (step ?? attempt).agent);
	}
	noteCost(table, attempt, { event, agent: (step ?? attempt).agent });
	if (step !== null && !endsWork(attempt, step, event)) {
		table.changed.add(event.task);
		advance(table, state, { attempt, at: event.stamp.at, engine: event.engine });
		return null;
	}
	const startedAt = step === null ? event.startedAt : (attempt.startedAt ?? event.startedAt);
	record(attempt, { ...event, startedAt });
	attempt.mark = event.mark ?? '';
	settleAttempt(table, state, event);
	return null;
}

/** Records the end of a step. True where the work of the attempt is over with it: the last one, or one that failed. */
function endsWork(attempt: AttemptState, step: StepState, event: AttemptEnded): boolean {
	record(step, event);
	return event.outcome !== 'ok' || attempt.steps.every(({ redo, outcome }) => !redo || outcome === 'ok');
}

function record(job: AttemptState | StepState, event: AttemptEnded): void {
	job.startedAt = event.startedAt;
	job.endedAt = event.endedAt;
	job.outcome = event.outcome;
	job.exit = event.exit;
	job.reason = event.reason;
	job.outputHash = event.outputHash;
	job.outputBytes = event.outputBytes;
}

function settleAttempt(table: RunTable, state: TaskState, event: AttemptEnded & { stamp: Stamp }): void {
	const attempt = state.attempts.at(-1);
	const { reason, engine } = event;
	const { at } = event.stamp;
	switch (event.outcome) {
		case 'ok':
			if (attempt !== undefined) {
				advance(table, state, { attempt, at, engine });
			}
			return;
		case 'void':
			uncount(state);
			release(table, state, 'pending', '');
			return;
		case 'cancelled':
			uncount(state);
			release(table, state, 'cancelled', reason);
			return;
		case 'unknown':
			settleUnknown(table, state, event);
			return;
		case 'infrastructure':
		case 'usage-limit':
			settleOutside(table, state, event);
			return;
		case 'failed':
		case 'timeout':
		case 'stalled':
			state.infrastructure = 0;
			fail(table, state, { reason, at });
	}
}

/** T3: what is not the work's fault is no iteration, and is tried again at its time. */
function settleOutside(table: RunTable, state: TaskState, event: AttemptEnded & { stamp: Stamp }): void {
	const { retryAt, reason, outcome } = event;
	const agent = jobAt(state, event)?.agent ?? null;
	if (state.stopping || (retryAt === undefined && event.final !== true)) {
		// A journal of an older version has no times: there it was an attempt like others.
		fail(table, state, { reason, at: event.stamp.at });
		return;
	}
	if (retryAt === undefined) {
		failFinally(table, state, reason);
		return;
	}
	if (event.handOver !== undefined) {
		settleHandOver(table, state, { ...event, agent: event.handOver, until: retryAt });
		return;
	}
	uncount(state);
	if (outcome === 'usage-limit' && agent !== null) {
		isBack(table, agent);
		table.parked.set(agent, Math.max(retryAt, table.parked.get(agent) ?? 0));
	} else {
		state.infrastructure++;
		state.notBefore = retryAt;
	}
	release(table, state, 'pending', reason);
}

/** T3: somebody else goes on at once where an agent cannot work; where nobody is left, the task has failed. */
function settleHandOver(
	table: RunTable,
	state: TaskState,
	event: AttemptEnded & { readonly agent: string; readonly until: number },
): void {
	const of = event.step === undefined ? state.task : (state.task.steps?.[event.step] ?? state.task);
	const work = workOnTier(of, jobAt(state, event)?.tier ?? 'T1');
	if (!handOver(table, work, event)) {
		failFinally(table, state, event.reason);
		return;
	}
	uncount(state);
	state.infrastructure = 0;
	release(table, state, 'pending', event.reason);
}

function jobAt(state: TaskState, { step }: AttemptEnded): AttemptState | StepState | undefined {
	const attempt = state.attempts.at(-1);
	return step === undefined ? attempt : attempt?.steps[step];
}

/** D4: in place, work with an unknown end is repeated only where the plan says that this is safe. */
function settleUnknown(table: RunTable, state: TaskState, event: AttemptEnded & { stamp: Stamp }): void {
	const inARow =
		state.attempts.length - 1 - state.attempts.findLastIndex(({ outcome }) => outcome !== 'unknown');
	if (state.task.idempotent && inARow <= maxUnknownInARow) {
		uncount(state);
		release(table, state, state.stopping ? 'cancelled' : 'pending', '');
		return;
	}
	state.need = { kind: 'unknown-outcome', attempt: event.attempt, at: event.stamp.at };
	release(table, state, 'blocked', event.reason);
	blockSuccessors(table, state);
}

export function evidenceWritten(table: RunTable, event: EvidenceWritten): Verdict {
	const state = table.tasks.get(event.task);
	if (state === undefined || currentAttempt(table, event) === null) {
		return 'it is not the last attempt';
	}
	state.evidence = event.path;
	table.writtenCount++;
	const { path, files } = event;
	state.written = files === undefined ? null : { path, files, order: table.writtenCount };
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
	state.need = null;
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
