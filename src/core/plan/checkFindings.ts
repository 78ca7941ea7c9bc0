import type { MovedRanges } from './moveProblems.ts';
import { moveProblems } from './moveProblems.ts';
import type { Replaced } from './partChanges.ts';
import type { Task } from './plan.ts';
import type { CheckInput, Fact, PlanCheck, TaskCheck, WholeCheck } from './planChecks.ts';
import type { Problem } from './problem.ts';

/** How a plan differs from the one before, for checks. */
export interface CheckChanges {
	readonly facts: ReadonlySet<Fact>;
	/** What was read anew by its number in the plan; null where numbers may be others than before. */
	readonly tasks: ReadonlyMap<number, Replaced<Task>> | null;
	readonly moved: MovedRanges;
}

/** What one check finds, kept up with the plan. */
export interface CheckFindings {
	/** Looks at everything. */
	all(input: CheckInput): readonly Problem[];
	/** Looks at what may be different; gives what `all` would. */
	next(input: CheckInput, changes: CheckChanges): readonly Problem[];
}

/** What a check finds. Not asked for anything yet. */
export function findingsOf(check: PlanCheck): CheckFindings {
	return check.kind === 'plan' ? new WholeFindings(check) : new TaskFindings(check);
}

class WholeFindings implements CheckFindings {
	readonly #check: WholeCheck;
	#found: readonly Problem[] = [];

	constructor(check: WholeCheck) {
		this.#check = check;
	}

	all(input: CheckInput): readonly Problem[] {
		this.#found = this.#check.run(input);
		return this.#found;
	}

	next(input: CheckInput, { facts, moved }: CheckChanges): readonly Problem[] {
		const isTouched = this.#check.reads.some((fact) => facts.has(fact));
		this.#found = (isTouched ? null : moveProblems(this.#found, moved)) ?? this.#check.run(input);
		return this.#found;
	}
}

class TaskFindings implements CheckFindings {
	readonly #check: TaskCheck;
	/** By number of task, without those of which nothing is to be said. */
	#found = new Map<number, readonly Problem[]>();

	constructor(check: TaskCheck) {
		this.#check = check;
	}

	all(input: CheckInput): readonly Problem[] {
		const look = this.#check.begin(input);
		this.#found.clear();
		for (const [number, task] of input.plan.tasks.entries()) {
			this.#set(number, look(task));
		}
		return this.#told(input);
	}

	next(input: CheckInput, changes: CheckChanges): readonly Problem[] {
		const { reads, ofTask } = this.#check;
		const { facts, tasks, moved } = changes;
		if (tasks === null || this.#isCrowded() || reads.some((fact) => facts.has(fact))) {
			return this.all(input);
		}
		const again = new Set<number>();
		for (const [number, { fields }] of tasks) {
			if (ofTask.some((field) => fields.has(field))) {
				again.add(number);
				this.#found.delete(number);
			}
		}
		// What is said of other tasks may speak of places that moved as well.
		for (const [number, problems] of this.#found) {
			const now = moved.size === 0 ? problems : moveProblems(problems, moved);
			if (now === null) {
				again.add(number);
			} else if (now !== problems) {
				this.#found.set(number, now);
			}
		}
		this.#lookAt(again, input);
		return this.#isCrowded() ? this.all(input) : this.#told(input);
	}

	#lookAt(numbers: ReadonlySet<number>, input: CheckInput): void {
		const look = numbers.size === 0 ? () => [] : this.#check.begin(input);
		for (const number of numbers) {
			const task = input.plan.tasks[number];
			if (task !== undefined) {
				this.#set(number, look(task));
			}
		}
	}

	#set(number: number, problems: readonly Problem[]): void {
		if (problems.length > 0) {
			this.#found.set(number, problems);
		} else {
			this.#found.delete(number);
		}
	}

	#isCrowded(): boolean {
		const { most } = this.#check;
		if (most === undefined) {
			return false;
		}
		let count = 0;
		for (const problems of this.#found.values()) {
			count += problems.length;
		}
		return count > most;
	}

	#told({ plan }: CheckInput): readonly Problem[] {
		const said = this.#check.conclude?.(this.#found, plan) ?? null;
		if (said !== null) {
			return said;
		}
		// In the order of the tasks, as they were found first: that decides where two problems meet at one place.
		const numbers = [...this.#found.keys()].sort((a, b) => a - b);
		return numbers.flatMap((number) => this.#found.get(number) ?? []);
	}
}
