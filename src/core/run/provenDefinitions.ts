import type { RunTask } from './runPlan.ts';
import type { TaskState } from './runState.ts';

/**
 * What a task is made of, as a text that is equal for equal work: two tasks that differ in nothing but their id, place and
 * order have the same.
 */
export function definitionMark(task: RunTask): string {
	const { work, t2, steps, checks, acceptanceCriteria, produces, touches, env, cwd, description } = task;
	return JSON.stringify([
		work,
		t2,
		steps,
		checks,
		acceptanceCriteria,
		produces,
		touches,
		env,
		cwd,
		description,
	]);
}

/** A definition that finished, and after how many attempts. */
export interface Proven {
	readonly attempts: number;
	readonly mark: string;
}

/** What finished tasks were when they finished, over all versions of a plan: one that is changed since is stale (D6). */
export class ProvenDefinitions {
	readonly #proven: Map<string, Proven>;

	constructor(known: Iterable<readonly [task: string, proven: Proven]> = []) {
		this.#proven = new Map(known);
	}

	entries(): Iterable<readonly [task: string, proven: Proven]> {
		return this.#proven;
	}

	/** To be told before a version of the plan is replaced. */
	note(states: Iterable<TaskState>): void {
		for (const { task, status, attempts } of states) {
			const isKnown = this.#proven.get(task.id)?.attempts === attempts.length;
			if (status === 'completed' && task.unit === undefined && !isKnown) {
				this.#proven.set(task.id, { attempts: attempts.length, mark: definitionMark(task) });
			}
		}
	}

	/** True where the task finished as something else than it is now. */
	isStale({ status, attempts }: TaskState, now: RunTask): boolean {
		const proven = this.#proven.get(now.id);
		return (
			status === 'completed' &&
			proven !== undefined &&
			proven.attempts === attempts.length &&
			proven.mark !== definitionMark(now)
		);
	}
}
