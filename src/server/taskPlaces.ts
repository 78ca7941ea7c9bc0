import { comparePositions, firstAfter } from '../core/plan/idOccurrences.ts';
import type { PartChanges } from '../core/plan/partChanges.ts';
import type { Position, Task } from '../core/plan/plan.ts';
import type { Problem, Severity } from '../core/plan/problem.ts';
import type { PlanPart } from '../core/plan/readPart.ts';

const gravity: Readonly<Record<Severity, number>> = { hint: 0, info: 1, warning: 2, error: 3 };

/** Which task is at which place of the files of a plan. */
export class TaskPlaces {
	/** Tasks by file, in the order of the text. */
	readonly #byFile = new Map<string, readonly Task[]>();

	constructor(parts: readonly PlanPart[]) {
		for (const { uri, tasks } of parts) {
			this.#byFile.set(uri, isInOrder(tasks) ? tasks : [...tasks].sort(compareTasks));
		}
	}

	/** Takes what was read anew; false when tasks are no longer in order, so that all is to be done again. */
	take(parts: readonly PlanPart[], { tasks }: PartChanges): boolean {
		for (const { part, index } of tasks) {
			const now = parts[part];
			if (now === undefined || !isInOrder(now.tasks.slice(Math.max(0, index - 1), index + 2))) {
				return false;
			}
			this.#byFile.set(now.uri, now.tasks);
		}
		return true;
	}

	/** The task at a position; null between tasks. */
	at(uri: string, position: Position): Task | null {
		const tasks = this.#byFile.get(uri) ?? [];
		const task = tasks[firstAfter(tasks, position) - 1];
		return task !== undefined && comparePositions(position, task.range.end) <= 0 ? task : null;
	}

	/** The worst problem that starts inside each task. */
	worst(problems: readonly Problem[]): Map<string, Severity> {
		const worst = new Map<string, Severity>();
		for (const { range, severity } of problems) {
			const task = this.at(range.uri, range.start);
			const known = task === null ? undefined : worst.get(task.id);
			if (task !== null && (known === undefined || gravity[severity] > gravity[known])) {
				worst.set(task.id, severity);
			}
		}
		return worst;
	}
}

function isInOrder(tasks: readonly Task[]): boolean {
	return tasks.every((task, index) => {
		const before = tasks[index - 1];
		return before === undefined || (before.range.uri === task.range.uri && compareTasks(before, task) <= 0);
	});
}

function compareTasks(a: Task, b: Task): number {
	return comparePositions(a.range.start, b.range.start);
}
