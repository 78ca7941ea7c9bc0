import type { GateTable } from './gateTable.ts';
import type { RunTask } from './runPlan.ts';
import type { TaskState } from './runState.ts';
import { isSatisfied } from './runState.ts';

/**
 * What each row of a run waits for, and how much of it is missing: a count a row, so that an end of a task costs its
 * successors and not the plan.
 */
export class Predecessors {
	readonly #definitions: ReadonlyMap<string, RunTask>;
	readonly #gates: GateTable;
	readonly #dependents = new Map<string, string[]>();
	readonly #unmet = new Map<string, number>();

	/** `rows`: tasks, gates and units as the plan in force says them; `states`: how they stand now. */
	constructor(options: {
		readonly rows: readonly RunTask[];
		readonly gates: GateTable;
		readonly states: ReadonlyMap<string, TaskState>;
	}) {
		const { rows, gates, states } = options;
		this.#definitions = new Map(rows.map((task) => [task.id, task]));
		this.#gates = gates;
		for (const { id } of rows) {
			let unmet = 0;
			for (const predecessor of this.of(id)) {
				const dependents = this.#dependents.get(predecessor);
				if (dependents === undefined) {
					this.#dependents.set(predecessor, [id]);
				} else {
					dependents.push(id);
				}
				unmet += isSatisfied(states.get(predecessor)) ? 0 : 1;
			}
			this.#unmet.set(id, unmet);
		}
	}

	definitionOf(id: string): RunTask | undefined {
		return this.#definitions.get(id);
	}

	dependentsOf(id: string): readonly string[] {
		return this.#dependents.get(id) ?? [];
	}

	/** The dependencies of a row, and the gates that hold it. */
	of(id: string): readonly string[] {
		const own = this.#definitions.get(id)?.dependencies ?? [];
		const holding = this.#gates.holding(id);
		return holding.length === 0 ? own : [...own, ...holding];
	}

	areMet(id: string): boolean {
		return (this.#unmet.get(id) ?? 0) === 0;
	}

	unmetOf(id: string): number {
		return this.#unmet.get(id) ?? 0;
	}

	setUnmet(id: string, unmet: number): void {
		this.#unmet.set(id, unmet);
	}

	/** One of those that a row waits for is satisfied now. */
	meetOne(id: string): void {
		this.#unmet.set(id, (this.#unmet.get(id) ?? 1) - 1);
	}
}
