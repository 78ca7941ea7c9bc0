import { dueBaseline } from './checkEvents.ts';
import { canResumeChecks } from './claimEvents.ts';
import { tierOf } from './findings.ts';
import { iterationsOf } from './reopening.ts';
import type { Work } from './runPlan.ts';
import type { AttemptState, TaskState } from './runState.ts';
import type { RunTable } from './runTable.ts';
import { currentStep } from './taskSteps.ts';
import { chainOf, startsAgents, workOnTier } from './workOf.ts';

/** What is due for one task, derived from the state: the effect half of the state machine. */
export type Step =
	/** Start or find the runner of this attempt's work, and record how it ends. */
	| { readonly kind: 'work'; readonly attempt: number; readonly step?: number }
	/** The same for one check, of the task or of one of its steps. */
	| { readonly kind: 'check'; readonly attempt: number; readonly check: number; readonly step?: number }
	/** The same check before any work began, so that old failures can be told from new ones. */
	| { readonly kind: 'baseline'; readonly attempt: number; readonly check: number }
	/** Finished, and its evidence is not written yet. */
	| { readonly kind: 'evidence'; readonly attempt: number };

/** Null where nothing is due by anybody. The engine that owns the task acts; `stopping` makes it end the job instead. */
export function nextStep(state: TaskState): Step | null {
	const attempt = state.attempts.at(-1);
	if (attempt === undefined) {
		return null;
	}
	switch (state.status) {
		case 'running':
			return runningStep(state, attempt);
		case 'checking':
			return { kind: 'check', attempt: attempt.number, check: attempt.checks.length };
		case 'completed':
		case 'failed':
			return dueEvidence(state, attempt);
		case 'blocked':
			// Whoever is asked about an attempt has to see what it left.
			return state.need === null ? null : dueEvidence(state, attempt);
		default:
			return null;
	}
}

function dueEvidence({ evidence }: TaskState, { number }: AttemptState): Step | null {
	return evidence === null ? { kind: 'evidence', attempt: number } : null;
}

function runningStep(state: TaskState, attempt: AttemptState): Step {
	const { number } = attempt;
	const baseline = dueBaseline(state);
	if (baseline !== null) {
		return { kind: 'baseline', attempt: number, check: baseline };
	}
	const step = currentStep(state.task, attempt);
	if (step === null) {
		return { kind: 'work', attempt: number };
	}
	return step.redo && step.outcome === null
		? { kind: 'work', attempt: number, step: step.index }
		: { kind: 'check', attempt: number, check: step.checks.length, step: step.index };
}

/** What an engine may take next: a new attempt, or checks that were cut off. Null while limits and locks say no. */
export interface Claim {
	readonly task: string;
	readonly attempt: number;
	/** Set where the attempt's work is done and only its checks are to be taken up; names the last owner. */
	readonly resumeChecks: boolean;
}

/**
 * `agents` is false while the machine's limit for agents is reached (S4): shell tasks go on. `now`, in milliseconds since
 * the epoch, decides about tasks that wait for a time (T3); without it none waits.
 */
export function nextClaim(
	table: RunTable,
	engineId: string,
	options: { readonly agents: boolean; readonly now?: number },
): Claim | null {
	const engine = table.engines.get(engineId);
	if (engine === undefined || engine.stopped || engine.away) {
		return null;
	}
	const own = [...table.active].filter((id) => table.tasks.get(id)?.owner === engineId).length;
	if (engine.jobs !== null && own >= engine.jobs) {
		return null;
	}
	if (engine.draining || table.closed || table.active.size >= table.plan.jobs) {
		return null;
	}
	const now = options.now ?? Number.POSITIVE_INFINITY;
	const task = table.ready.next({
		wants: (id) => engine.scope.has(id),
		mayTake: (id) => {
			const state = table.tasks.get(id);
			const isEarly = state === undefined || (waitsUntil(table, state)?.at ?? 0) > now;
			const isOpen = state?.task.unit?.awaitsLanguages !== true;
			return isOpen && !isEarly && (options.agents || !startsAgents(state.task));
		},
	});
	const state = task === null ? undefined : table.tasks.get(task);
	if (task === null || state === undefined) {
		return null;
	}
	const last = state.attempts.at(-1);
	return canResumeChecks(last)
		? { task, attempt: last.number, resumeChecks: true }
		: { task, attempt: state.attempts.length + 1, resumeChecks: false };
}

/** Who judges next, where nothing else is left to be done: of a step of a gate, and of work that waits between two checks. */
function judgesOf({ task, attempts }: TaskState): Work | null {
	const last = attempts.at(-1);
	if (last?.paused === true) {
		const step = currentStep(task, last);
		const checks = step === null ? task.checks : (task.steps?.[step.index]?.checks ?? []);
		const next = checks[(step ?? last).checks.length];
		return next?.kind === 'agent' ? next.work : nothing;
	}
	const first = task.work.kind === 'none' ? task.checks.find(({ kind }) => kind === 'agent') : undefined;
	return first?.kind === 'agent' ? first.work : null;
}

const nothing: Work = { kind: 'none', command: { kind: 'argv', argv: [] } };

/** Until when a task waits, and for whose usage limit; null where it waits for no time (T3). */
export function waitsUntil(
	table: RunTable,
	state: TaskState,
): { readonly at: number; readonly agent: string | null } | null {
	const own = state.notBefore === null ? null : { at: state.notBefore, agent: null };
	if (table.parked.size === 0) {
		return own;
	}
	const iteration = 1 + iterationsOf(state.attempts).length;
	const judging = judgesOf(state);
	const parts = state.task.steps ?? [state.task];
	const chains =
		judging === null
			? parts.map((part) => chainOf(workOnTier(part, tierOf(iteration, part.startTier))))
			: [chainOf(judging)];
	for (const chain of chains) {
		const times = chain.map(({ agent }) => table.parked.get(agent) ?? 0);
		const at = chain.length === 0 ? 0 : Math.min(...times);
		if (at > (own?.at ?? 0)) {
			// Who is named as waited for is who works by then; one that cannot work at all is only looked at again.
			const waitedFor = chain.find(({ agent }) => !table.absent.has(agent)) ?? chain[0];
			return { at, agent: waitedFor?.agent ?? null };
		}
	}
	return own;
}
