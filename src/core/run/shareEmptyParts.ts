import type { RunPlan, RunTask } from './runPlan.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const lists = ['dependencies', 'acceptanceCriteria', 'checks', 'produces', 'touches', 'locks'] as const;
const emptyList: readonly never[] = Object.freeze([]);
const emptyRecord = Object.freeze({});

/**
 * Has all tasks share one empty list, and one empty environment: of 10,000 tasks most have several of each, which an engine would
 * hold for days. To be called with a plan that was just read, and that nobody else has yet.
 */
export function shareEmptyParts({ tasks }: RunPlan): void {
	for (const task of tasks) {
		const mutable: Mutable<RunTask> = task;
		for (const list of lists) {
			if (task[list].length === 0) {
				mutable[list] = emptyList;
			}
		}
		if (Object.keys(task.env).length === 0) {
			mutable.env = emptyRecord;
		}
	}
}
