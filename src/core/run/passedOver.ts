/** Passed over so often, a task is next (S2). */
const patience = 10;

/** How often ready tasks were passed over, and whose turn it therefore is. */
export class PassedOver {
	readonly #counts: Map<number, number>;
	#due: number[] = [];

	/** `counts`: what was counted before, by task; `due`: whose turn it was. */
	constructor(counts: Iterable<readonly [task: number, count: number]> = [], due: readonly number[] = []) {
		this.#counts = new Map(counts);
		this.#due = [...due];
	}

	get counts(): ReadonlyMap<number, number> {
		return this.#counts;
	}

	/** Tasks that were passed over often enough, in the order in which they were. */
	get due(): readonly number[] {
		return this.#due;
	}

	/** Another task started while this one was ready and first in line. */
	count(task: number): void {
		const count = (this.#counts.get(task) ?? 0) + 1;
		this.#counts.set(task, count);
		if (count === patience) {
			this.#due.push(task);
		}
	}

	/** It started, or does not want to any more. */
	forget(task: number): void {
		if (this.#counts.delete(task)) {
			this.#due = this.#due.filter((other) => other !== task);
		}
	}
}
