import { beginReview } from './beginReview.ts';
import { reopenGates, statesFor } from './carryOver.ts';
import type { CycleOpened, LanguagesFound } from './events.ts';
import { GateTable } from './gateTable.ts';
import { grownBy, rowsOf } from './gateUnits.ts';
import { passGate } from './passGate.ts';
import { Predecessors } from './predecessors.ts';
import { ProvenDefinitions } from './provenDefinitions.ts';
import { ReadyTasks } from './readyTasks.ts';
import { ReplanState } from './replanState.ts';
import type { RunPlan, RunSprint, RunTask } from './runPlan.ts';
import type { EngineEntry, TaskState } from './runState.ts';
import { isActive, isSatisfied } from './runState.ts';
import { Spending, waitsForBudget } from './spending.ts';
import type { SprintGate } from './sprintGates.ts';
import { linkSprints, openedBy } from './sprintGates.ts';
import type { TableBefore, TableCounters } from './tableBefore.ts';

/**
 * The mutable tables behind one run: what the fold knows and the counters that make each event cost what it touches,
 * not what the plan holds. Copying a 10,000-task state per event would make a transition depend on the plan's size;
 * the fold therefore owns its tables alone, and "pure" means here: the same lines always give the same tables.
 */
export class RunTable implements TableBefore {
	readonly plan: RunPlan;
	/** The tasks of the plan, then each gate with its units (`isPlanTask` tells them apart). */
	readonly tasks: Map<string, TaskState>;
	readonly gates: GateTable;
	readonly cycles: readonly CycleOpened[];
	readonly languages: readonly LanguagesFound[];
	readonly sprints: ReadonlyMap<string, SprintGate>;
	readonly engines: Map<string, EngineEntry>;
	/** Tasks that hold a slot: running or checking. */
	readonly active = new Set<string>();
	/** Tasks that are ready and that a working engine was asked for, with what decides which of them starts next. */
	readonly ready: ReadyTasks;
	/** States of tasks that an older plan had: what happened to them holds again when they come back. */
	readonly gone: Map<string, TaskState>;
	readonly #links: Predecessors;
	readonly changed = new Set<string>();
	/** Tasks that could start and may have to ask a person first. */
	readonly asking = new Set<string>();
	/** Agents whose usage limit is reached, and until when, in milliseconds since the epoch (T3). */
	readonly parked: Map<string, number>;
	/** Those of them that cannot work at all, so that others work in their place. */
	readonly absent: Set<string>;
	/** What agents cost, and what they may. */
	readonly spending: Spending;
	/** What was found while working, and what became of it (R1–R3). */
	readonly replans: ReplanState;
	readonly proven: ProvenDefinitions;
	/** Tasks of the plan and gates that are satisfied, of `goalCount`. */
	completedCount = 0;
	readonly goalCount: number;
	/** How often evidence was written in this run. */
	writtenCount = 0;
	/** Another run took its place. */
	closed = false;

	/**
	 * `before` carries states over when the plan was replaced in mid-run (D6), or a gate got another cycle or its languages;
	 * with counters it is a table that was put aside, and this one stands as that one stood.
	 */
	constructor(plan: RunPlan, before?: TableBefore, added?: CycleOpened | LanguagesFound) {
		this.plan = plan;
		const { cycles, languages } = grownBy(before, added);
		this.cycles = cycles;
		this.languages = languages;
		const stood = before?.stood;
		const rows = stood?.rows ?? rowsOf(plan, cycles, languages);
		this.goalCount = plan.tasks.length + (plan.gates?.length ?? 0);
		this.engines = before?.engines ?? new Map();
		this.parked = before?.parked ?? new Map();
		this.absent = before?.absent ?? new Set();
		this.spending = before?.spending ?? new Spending();
		this.closed = before?.closed ?? false;
		this.writtenCount = before?.writtenCount ?? 0;
		this.proven = before?.proven ?? new ProvenDefinitions();
		this.proven.note(stood === undefined ? (before?.tasks.values() ?? []) : []);
		this.replans = before?.replans ?? new ReplanState(plan.tasks.map(({ id }) => id));
		const numbers = new Map(rows.map(({ id }, row) => [id, row]));
		this.ready = new ReadyTasks({ rules: plan.rules, tasks: rows }, numbers);
		const { states, gone } = statesFor(rows, before);
		this.tasks = states;
		this.gone = gone;
		this.gates = new GateTable(plan, rows, {
			before: before?.gates,
			reopened: stood === undefined ? reopenGates(plan, this.tasks) : new Set(),
		});
		this.sprints = linkSprints(plan, this.gates, (id) => isSatisfied(this.tasks.get(id)));
		this.#links = new Predecessors({
			rows,
			numbers,
			gates: this.gates,
			states: this.tasks,
			unmet: stood?.unmet,
		});
		if (stood === undefined) {
			this.#begin(rows);
		} else {
			this.#standAs(stood);
		}
	}

	/** What only this table knows of the run, for one that shall stand as it does. */
	get counters(): TableCounters {
		return {
			completedCount: this.completedCount,
			unmet: this.#links.unmet,
			sprints: [...this.sprints.values()].map(({ unmet, remaining }) => [unmet, remaining]),
			active: [...this.active],
			ready: [...this.tasks.keys()].filter((id) => this.ready.has(id)),
			passedOver: this.ready.passedOver(),
		};
	}

	/** The task as the plan in force says it; a running attempt keeps the one it began with (D6). */
	definitionOf(id: string): RunTask | undefined {
		return this.#links.definitionOf(id);
	}

	dependentsOf(id: string): readonly string[] {
		return this.#links.dependentsOf(id);
	}

	/** What a task waits for besides the order of the sprints: its dependencies, and the gates that hold it. */
	predecessorsOf(id: string): readonly string[] {
		return this.#links.of(id);
	}

	/** The tasks of the plan, without gates and their units. */
	*planTasks(): Iterable<TaskState> {
		for (const { id } of this.plan.tasks) {
			const state = this.tasks.get(id);
			if (state !== undefined) {
				yield state;
			}
		}
	}

	/** True when every predecessor is satisfied and the sprint is open. */
	isUnlocked(id: string): boolean {
		const sprint = this.sprintOf(id);
		return this.#links.areMet(id) && (sprint === undefined || sprint.unmet === 0);
	}

	sprintOf(id: string): SprintGate | undefined {
		const sprint = this.definitionOf(id)?.sprint;
		return sprint === null || sprint === undefined ? undefined : this.sprints.get(sprint);
	}

	/** What is known of a task, also of one that the plan does not have now. */
	knownState(id: string): TaskState | undefined {
		return this.tasks.get(id) ?? this.gone.get(id);
	}

	/** Finished tasks of which the plan says something else now than when they finished (D6). */
	changedSinceFinished(): string[] {
		return [...this.planTasks()]
			.filter((state) => this.proven.isStale(state, this.definitionOf(state.task.id) ?? state.task))
			.map(({ task }) => task.id);
	}

	/** Ids that stand for something already, also of tasks that left the plan. */
	usedIds(): string[] {
		return [...this.gone.keys(), ...this.tasks.keys()];
	}

	/** Marks a task as satisfied for its successors, and says that those may have become ready. */
	satisfy(id: string): void {
		const role = this.definitionOf(id)?.unit?.role;
		if (role === undefined || role === 'gate') {
			this.completedCount++;
		}
		for (const dependent of this.dependentsOf(id)) {
			this.#links.meetOne(dependent);
			this.refresh(dependent);
		}
		const sprint = this.sprintThatCounts(id);
		if (sprint !== undefined && --sprint.remaining === 0 && sprint.unmet === 0) {
			this.#completeSprint(sprint);
		}
	}

	/** The sprint that is not complete before this row is settled: that of a task, or of the sprint's own gate (G2). */
	sprintThatCounts(id: string): SprintGate | undefined {
		const unit = this.definitionOf(id)?.unit;
		const counts = unit === undefined || this.gates.get(id)?.gate.level === 'sprint';
		return counts ? this.sprintOf(id) : undefined;
	}

	/** True while an engine that takes new tasks was asked for it. Others would keep a barrier closed for ever (S1). */
	isWanted(id: string): boolean {
		for (const { stopped, away, draining, scope } of this.engines.values()) {
			if (!stopped && !away && !draining && scope.has(id)) {
				return true;
			}
		}
		return false;
	}

	/** S2: slot, locks and `touches` are taken together. A task that holds them keeps them. */
	takeSlot(definition: RunTask): void {
		if (!this.active.has(definition.id)) {
			this.ready.start(definition);
			this.active.add(definition.id);
		}
	}

	/** Gives all of them back, where the task holds them. */
	giveBack(id: string): void {
		if (this.active.delete(id)) {
			this.ready.end(id);
		}
	}

	/** Puts a task that is neither finished nor active where its predecessors allow it to be. */
	refresh(id: string): void {
		const state = this.tasks.get(id);
		if (state === undefined) {
			return;
		}
		const waiting = state.status === 'pending' || state.status === 'ready';
		if (!waiting) {
			this.ready.delete(id);
			return;
		}
		const next = this.isUnlocked(id) ? 'ready' : 'pending';
		if (next === 'ready' && state.task.unit?.role === 'gate') {
			passGate(this, state);
			return;
		}
		if (state.status !== next) {
			state.status = next;
			this.changed.add(id);
		}
		if (next === 'ready') {
			beginReview(this, state);
		}
		// What waits for the budget must hold no barrier: it waits for a person (S1).
		if (next === 'ready' && state.inScope && this.isWanted(id) && !waitsForBudget(this, id)) {
			this.ready.add(id);
			if (state.task.approval === 'before' && !state.approved) {
				this.asking.add(id);
			}
		} else {
			this.ready.delete(id);
		}
	}

	#completeSprint(sprint: SprintGate): void {
		for (const { sprint: opened } of openedBy(this.sprints, sprint)) {
			for (const task of this.membersOf(opened)) {
				this.refresh(task);
			}
		}
	}

	/** The tasks of a sprint, with its gates, their units and all repairs in it. */
	membersOf(sprint: RunSprint): readonly string[] {
		const rows = this.gates.rowsOfSprint(sprint.id);
		return rows.length === 0 ? sprint.tasks : [...sprint.tasks, ...rows];
	}

	#begin(rows: readonly RunTask[]): void {
		this.#count(rows);
		for (const state of this.tasks.values()) {
			this.changed.add(state.task.id);
			if (isActive(state)) {
				this.takeSlot(state.task);
			}
			this.refresh(state.task.id);
		}
	}

	/** Nothing is derived anew: a table has to go on as if it had read every line itself. */
	#standAs({ completedCount, sprints, active, ready, passedOver }: TableCounters): void {
		this.completedCount = completedCount;
		for (const id of this.tasks.keys()) {
			this.changed.add(id);
		}
		for (const [index, sprint] of [...this.sprints.values()].entries()) {
			[sprint.unmet, sprint.remaining] = sprints[index] ?? [0, 0];
		}
		for (const id of active) {
			this.takeSlot(this.tasks.get(id)?.task ?? unknownRow(id));
		}
		for (const id of ready) {
			this.ready.add(id);
		}
		this.ready.passOver(passedOver);
	}

	#count(rows: readonly RunTask[]): void {
		for (const { id, unit } of rows) {
			const counts = unit === undefined || unit.role === 'gate';
			this.completedCount += counts && isSatisfied(this.tasks.get(id)) ? 1 : 0;
		}
		// Collected first: completing one may complete others, and none may count twice.
		const complete = [...this.sprints.values()].filter((gate) => gate.unmet === 0 && gate.remaining === 0);
		for (const gate of complete) {
			this.#completeSprint(gate);
		}
	}
}

function unknownRow(id: string): never {
	throw new RangeError(`the table has no row ${id}`);
}
