import { canResumeChecks } from './claimEvents.ts';
import type { TaskState } from './runState.ts';
import type { RunTable } from './runTable.ts';

/** What is due for one task, derived from the state: the effect half of the state machine. */
export type Step =
	/** Start or find the runner of this attempt's work, and record how it ends. */
	| { readonly kind: 'work'; readonly attempt: number }
	/** The same for one check. */
	| { readonly kind: 'check'; readonly attempt: number; readonly check: number }
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
			return { kind: 'work', attempt: attempt.number };
		case 'checking':
			return { kind: 'check', attempt: attempt.number, check: attempt.checks.length };
		case 'completed':
		case 'failed':
			return state.evidence === null ? { kind: 'evidence', attempt: attempt.number } : null;
		default:
			return null;
	}
}

/** What an engine may take next: a new attempt, or checks that were cut off. Null while limits and locks say no. */
export interface Claim {
	readonly task: string;
	readonly attempt: number;
	/** Set where the attempt's work is done and only its checks are to be taken up; names the last owner. */
	readonly resumeChecks: boolean;
}

/** `agents` is false while the machine's limit for agents is reached (S4): shell tasks go on. */
export function nextClaim(
	table: RunTable,
	engineId: string,
	options: { readonly agents: boolean },
): Claim | null {
	const engine = table.engines.get(engineId);
	if (engine === undefined || engine.stopped) {
		return null;
	}
	const own = [...table.active].filter((id) => table.tasks.get(id)?.owner === engineId).length;
	if (engine.jobs !== null && own >= engine.jobs) {
		return null;
	}
	if (engine.draining || table.closed || table.active.size >= table.plan.jobs) {
		return null;
	}
	const task = table.ready.next({
		wants: (id) => engine.scope.has(id),
		mayTake: (id) => options.agents || table.tasks.get(id)?.task.work.kind !== 'agent',
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
