import type { RunPlan } from '../run/runPlan.ts';
import type { TaskState, TaskStatus } from '../run/runState.ts';

/** The words for a task's status in a state file (origins 1.6). */
export type StateStatus = 'pending' | 'in_progress' | 'completed' | 'failed' | 'blocked';

/** `open`: not decided yet. `refused`: a person is asked, or skipped the gate. */
export type SprintVerdict = 'open' | 'passed' | 'refused' | 'skipped';

export interface StateFileInput {
	readonly plan: RunPlan;
	readonly tasks: Iterable<TaskState>;
	/** Milliseconds since the epoch; the file says seconds. */
	readonly createdAt: number;
	readonly updatedAt: number;
	/** From `countPossibleTracks`, once per snapshot: the file is written far more often than the plan changes. */
	readonly maxPossibleTracks: number;
	/** The verdict on each sprint that declares gates; a sprint that is not in it declares none (EXECUTION G1). */
	readonly gates?: ReadonlyMap<string, SprintVerdict>;
	readonly type?: 'project' | 'feature' | 'issue';
}

/**
 * The state file knows fewer words than a run. What a person skipped and what was cancelled is not done and nothing
 * works on it, so both are `pending` there: whoever resumes from the file alone must not take them for completed.
 */
export function toStateStatus(status: TaskStatus): StateStatus {
	switch (status) {
		case 'pending':
		case 'ready':
		case 'skipped':
		case 'cancelled':
			return 'pending';
		case 'running':
		case 'checking':
		case 'merging':
			return 'in_progress';
		case 'completed':
		case 'failed':
		case 'blocked':
			return status;
	}
}
