import type { RunGate } from './runGate.ts';
import type { RunPlan, RunTask } from './runPlan.ts';
import type { TaskState } from './runState.ts';

/** A gate with what the fold knows of it beside its row among the tasks. */
export interface GateEntry {
	readonly gate: RunGate;
	/** From 1. */
	readonly cycle: number;
	/** Ids of the units of this cycle, and of what runs after the gate. */
	readonly units: readonly string[];
	/** A person looked after it: the next cycle judges again and repairs nothing. */
	fresh: boolean;
	/** It started by itself, after the last task that it judges. */
	begun: boolean;
}

/** What one table hands on to the next. */
export interface GatesBefore {
	readonly due: ReadonlySet<string>;
	get(id: string): Pick<GateEntry, 'cycle' | 'fresh' | 'begun'> | undefined;
}

/** The gates of one run, by what they hold back. */
export class GateTable implements GatesBefore {
	readonly #entries = new Map<string, GateEntry>();
	readonly #ofSprint = new Map<string, GateEntry[]>();
	readonly #holding = new Map<string, string[]>();
	readonly #rowsOfSprint = new Map<string, string[]>();
	/** Units that stand for reviews of languages which nobody has looked for yet, by their gates. */
	readonly #awaiting = new Map<string, string>();
	/** Gates whose verdicts are all there and not all good: a new cycle is due. */
	readonly due: Set<string>;

	/**
	 * `rows`: the tasks of the plan with all gates and units. `before` tells which gates a person looked after, and
	 * `reopened` which have more to judge than when they passed.
	 */
	constructor(
		plan: RunPlan,
		rows: readonly RunTask[],
		{
			before,
			reopened,
		}: { readonly before: GatesBefore | undefined; readonly reopened: ReadonlySet<string> },
	) {
		this.due = new Set(before?.due);
		if (plan.gates === undefined || plan.gates.length === 0) {
			return;
		}
		const { cycles, units } = currentUnits(rows);
		for (const gate of plan.gates) {
			const cycle = cycles.get(gate.id) ?? 1;
			const known = before?.get(gate.id);
			const fresh = reopened.has(gate.id) || (known?.cycle === cycle && known.fresh);
			this.#enter({ gate, cycle, units: units.get(gate.id) ?? [], fresh, begun: known?.begun === true });
		}
		for (const { id, unit, sprint } of rows) {
			if (unit !== undefined && sprint !== null) {
				listAt(this.#rowsOfSprint, sprint).push(id);
			}
			if (unit?.awaitsLanguages === true) {
				this.#awaiting.set(unit.gate, id);
			}
		}
	}

	get size(): number {
		return this.#entries.size;
	}

	get(id: string): GateEntry | undefined {
		return this.#entries.get(id);
	}

	values(): Iterable<GateEntry> {
		return this.#entries.values();
	}

	/** Gates that could judge now, as soon as somebody has looked which languages there are (G2). */
	*waitingForLanguages({ tasks }: { readonly tasks: ReadonlyMap<string, TaskState> }): Iterable<RunGate> {
		for (const [id, unit] of this.#awaiting) {
			const entry = this.#entries.get(id);
			if (entry !== undefined && tasks.get(unit)?.status === 'ready') {
				yield entry.gate;
			}
		}
	}

	/** The gates of a sprint, its own and those between its batches. */
	ofSprint(sprint: string): readonly GateEntry[] {
		return this.#ofSprint.get(sprint) ?? [];
	}

	/**
	 * The gates and units that wait until a sprint opens: also repairs of its tasks that the gate of a track or of the
	 * project asked for.
	 */
	rowsOfSprint(sprint: string): readonly string[] {
		return this.#rowsOfSprint.get(sprint) ?? [];
	}

	/** The gates that a task waits for, besides what follows from the order of the sprints. */
	holding(task: string): readonly string[] {
		return this.#holding.get(task) ?? [];
	}

	#enter(entry: GateEntry): void {
		const { gate } = entry;
		this.#entries.set(gate.id, entry);
		if (gate.sprint !== null) {
			listAt(this.#ofSprint, gate.sprint).push(entry);
		}
		for (const task of gate.holds) {
			listAt(this.#holding, task).push(gate.id);
		}
	}
}

/** The cycle that each gate is in, and the ids of its units. */
function currentUnits(rows: readonly RunTask[]) {
	const cycles = new Map<string, number>();
	for (const { id, unit } of rows) {
		if (unit?.role === 'gate') {
			cycles.set(id, unit.cycle);
		}
	}
	const units = new Map<string, string[]>();
	for (const { id, unit } of rows) {
		const isCurrent = unit?.role === 'after' || unit?.cycle === cycles.get(unit?.gate ?? '');
		if (unit !== undefined && unit.role !== 'gate' && isCurrent) {
			listAt(units, unit.gate).push(id);
		}
	}
	return { cycles, units };
}

function listAt<V>(lists: Map<string, V[]>, key: string): V[] {
	const list = lists.get(key) ?? [];
	lists.set(key, list);
	return list;
}
