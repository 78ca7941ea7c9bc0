import { buildNumberedGraph } from '../graph/buildGraph.ts';
import { DispatchPlan } from '../run/dispatchPlan.ts';
import { rowsOf } from '../run/gateUnits.ts';
import { sprintPredecessors } from '../run/orderGraph.ts';
import { assumedMinutes } from '../run/rankTasks.ts';
import type { RunPlan, RunTask } from '../run/runPlan.ts';
import { gatesOf } from '../run/scopeOf.ts';

/** Whole milliseconds: sums of minutes as fractions would part ends that are one. */
export const minuteMs = 60_000;

/** Which tasks, and how long each takes. */
export interface ScheduleScope {
	/** Ids of tasks; without them all. What lies outside counts as done. */
	readonly scope?: readonly string[];
	/** Minutes by id, also of steps of gates; without them estimates, and where there is none `assumedMinutes`, 0 for a step. */
	readonly minutes?: ReadonlyMap<string, number>;
}

/**
 * What is fixed about the simulated runs of one plan: the tables of the dispatcher, and who waits for whom, as numbers. Made
 * once, and run with as many different numbers of agents as wanted. It has the rows of a run: the tasks of the plan, then
 * gates, which take no time themselves, and their steps.
 */
export class ScheduleTable {
	readonly rows: readonly RunTask[];
	readonly dispatch: DispatchPlan;
	/** The numbers of the rows that run, in the order of the plan. */
	readonly members: Int32Array;
	readonly isMember: Uint8Array;
	/** Rows that pass by themselves when nothing is missing: gates. */
	readonly passes: Uint8Array;
	/** In milliseconds. */
	readonly duration: Float64Array;
	/** Among the members: `dependents[dependentStart[n] .. dependentStart[n + 1])` wait for `n`, and for how many. */
	readonly dependentStart: Int32Array;
	readonly dependents: Int32Array;
	readonly waitsFor: Int32Array;
	/** The sprint of each row, −1 without one; sprints are numbers as well. */
	readonly sprintOf: Int32Array;
	/** 1 for rows without which their sprint is not complete (G2). */
	readonly countsInSprint: Uint8Array;
	readonly sprintMembers: readonly (readonly number[])[];
	readonly sprintSuccessors: readonly (readonly number[])[];
	readonly sprintWaitsFor: Int32Array;

	constructor(plan: RunPlan, { scope, minutes }: ScheduleScope = {}) {
		const rows = rowsOf(plan, []);
		const wanted = scope === undefined ? null : new Set(scope);
		this.rows = rows;
		this.dispatch = new DispatchPlan({ rules: plan.rules, tasks: rows });
		this.isMember = Uint8Array.from(rows, isIn(plan, wanted));
		this.members = Int32Array.from(rows.keys()).filter((row) => this.isMember[row] === 1);
		this.passes = Uint8Array.from(rows, ({ unit }) => (unit?.role === 'gate' ? 1 : 0));
		this.duration = Float64Array.from(rows, ({ id, estimateMinutes, unit }) =>
			roundToMs(minutes?.get(id) ?? estimateMinutes ?? (unit === undefined ? assumedMinutes : 0)),
		);
		const graph = this.#graph(plan);
		this.dependentStart = graph.successorStart;
		this.dependents = graph.successors;
		this.waitsFor = Int32Array.from(
			rows,
			(_, n) => (graph.predecessorStart[n + 1] ?? 0) - (graph.predecessorStart[n] ?? 0),
		);
		const sprints = new Map(plan.sprints.map(({ id }, index) => [id, index]));
		this.sprintOf = Int32Array.from(rows, ({ sprint }) => sprints.get(sprint ?? '') ?? -1);
		const ownGates = new Set((plan.gates ?? []).flatMap(({ id, level }) => (level === 'sprint' ? [id] : [])));
		this.countsInSprint = Uint8Array.from(rows, ({ id, unit }) =>
			unit === undefined || ownGates.has(id) ? 1 : 0,
		);
		this.sprintMembers = this.#membersBySprint(plan.sprints.length);
		this.sprintWaitsFor = new Int32Array(plan.sprints.length);
		this.sprintSuccessors = this.#linkSprints(plan, sprints);
	}

	/** Dependencies among the members, and what gates hold back. */
	#graph({ gates = [] }: RunPlan) {
		const numbers = new Map(this.rows.map(({ id }, index) => [id, index]));
		const from: number[] = [];
		const to: number[] = [];
		const connect = (before: number | undefined, after: number | undefined) => {
			if (
				before !== undefined &&
				after !== undefined &&
				this.isMember[before] === 1 &&
				this.isMember[after] === 1
			) {
				from.push(before);
				to.push(after);
			}
		};
		for (const [row, { dependencies }] of this.rows.entries()) {
			for (const id of dependencies) {
				connect(numbers.get(id), row);
			}
		}
		for (const { id, holds } of gates) {
			for (const held of holds) {
				connect(numbers.get(id), numbers.get(held));
			}
		}
		return buildNumberedGraph(this.rows.length, from, to);
	}

	#membersBySprint(sprints: number): number[][] {
		const found: number[][] = Array.from({ length: sprints }, () => []);
		for (const row of this.members) {
			found[this.sprintOf[row] ?? -1]?.push(row);
		}
		return found;
	}

	#linkSprints({ sprints }: RunPlan, numbers: ReadonlyMap<string, number>): number[][] {
		const successors: number[][] = sprints.map(() => []);
		for (const [id, predecessors] of sprintPredecessors(sprints)) {
			const sprint = numbers.get(id) ?? -1;
			for (const name of predecessors) {
				const before = numbers.get(name);
				if (before !== undefined) {
					successors[before]?.push(sprint);
					this.sprintWaitsFor[sprint] = (this.sprintWaitsFor[sprint] ?? 0) + 1;
				}
			}
		}
		return successors;
	}
}

/** Whether a row runs: a task that is wanted, or a gate that comes with the tasks it judges (S5), with its units. */
function isIn(plan: RunPlan, wanted: ReadonlySet<string> | null): (row: RunTask) => number {
	if (wanted === null) {
		return () => 1;
	}
	const included = new Set(gatesOf(plan, wanted));
	return ({ id, unit }) => ((unit === undefined ? wanted.has(id) : included.has(unit.gate)) ? 1 : 0);
}

function roundToMs(minutes: number): number {
	return Math.max(0, Math.round(minutes * minuteMs));
}
