import type { GateTable } from './gateTable.ts';
import type { RunTask } from './runPlan.ts';
import type { TaskState } from './runState.ts';
import { isSatisfied } from './runState.ts';

const nobody: readonly string[] = [];

/**
 * What each row of a run waits for, and how much of it is missing: a count a row, so that an end of a task costs its
 * successors and not the plan.
 */
export class Predecessors {
	readonly #rows: readonly RunTask[];
	readonly #numbers: ReadonlyMap<string, number>;
	readonly #gates: GateTable;
	readonly #unmet: Int32Array;
	/** By row; null until somebody asks: who only looks at a run that is over never does. */
	#dependents: readonly (readonly string[] | undefined)[] | null = null;

	/**
	 * `rows`: tasks, gates and units as the plan in force says them, and `numbers` the place of each; `states`: how they stand
	 * now; `unmet`: how much each of them lacks, where that is known.
	 */
	constructor(options: {
		readonly rows: readonly RunTask[];
		readonly numbers: ReadonlyMap<string, number>;
		readonly gates: GateTable;
		readonly states: ReadonlyMap<string, TaskState>;
		readonly unmet?: readonly number[] | undefined;
	}) {
		const { rows, numbers, gates, states } = options;
		this.#rows = rows;
		this.#numbers = numbers;
		this.#gates = gates;
		this.#unmet = Int32Array.from(options.unmet ?? rows.map(({ id }) => this.#countUnmet(id, states)));
	}

	/** How much each row lacks. */
	get unmet(): readonly number[] {
		return [...this.#unmet];
	}

	definitionOf(id: string): RunTask | undefined {
		const row = this.#numbers.get(id);
		return row === undefined ? undefined : this.#rows[row];
	}

	dependentsOf(id: string): readonly string[] {
		this.#dependents ??= this.#link();
		return this.#dependents[this.#numbers.get(id) ?? -1] ?? nobody;
	}

	/** The dependencies of a row, and the gates that hold it. */
	of(id: string): readonly string[] {
		const own = this.definitionOf(id)?.dependencies ?? nobody;
		const holding = this.#gates.holding(id);
		return holding.length === 0 ? own : [...own, ...holding];
	}

	areMet(id: string): boolean {
		return (this.#unmet[this.#numbers.get(id) ?? -1] ?? 0) === 0;
	}

	/** One of those that a row waits for is satisfied now. */
	meetOne(id: string): void {
		const row = this.#numbers.get(id);
		if (row !== undefined) {
			this.#unmet[row] = (this.#unmet[row] ?? 1) - 1;
		}
	}

	#countUnmet(id: string, states: ReadonlyMap<string, TaskState>): number {
		let unmet = 0;
		for (const predecessor of this.of(id)) {
			unmet += isSatisfied(states.get(predecessor)) ? 0 : 1;
		}
		return unmet;
	}

	#link(): readonly (readonly string[] | undefined)[] {
		const dependents = new Array<string[] | undefined>(this.#rows.length).fill(undefined);
		for (const { id } of this.#rows) {
			for (const predecessor of this.of(id)) {
				const row = this.#numbers.get(predecessor);
				if (row !== undefined) {
					const list = dependents[row];
					if (list === undefined) {
						dependents[row] = [id];
					} else {
						list.push(id);
					}
				}
			}
		}
		return dependents;
	}
}
