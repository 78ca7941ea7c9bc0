import { buildNumberedGraph } from '../graph/buildGraph.ts';
import { DispatchPlan } from '../run/dispatchPlan.ts';
import { sprintPredecessors } from '../run/layersOf.ts';
import { assumedMinutes } from '../run/rankTasks.ts';
import type { RunPlan } from '../run/runPlan.ts';

/** What a simulation needs of a run plan. */
export type SimulatedPlan = Pick<RunPlan, 'rules' | 'sprints' | 'tasks'>;

/** Whole milliseconds: sums of minutes as fractions would part ends that are one. */
export const minuteMs = 60_000;

/** Which tasks, and how long each takes. */
export interface ScheduleScope {
	/** Ids; without them all tasks. What lies outside counts as done. */
	readonly scope?: readonly string[];
	/** Minutes by place in the plan; without them estimates, and `assumedMinutes` where there is none. */
	readonly minutes?: ArrayLike<number>;
}

/**
 * What is fixed about the simulated runs of one plan: the tables of the dispatcher, and who waits for whom, as numbers. Made
 * once, and run with as many different numbers of agents as wanted.
 */
export class ScheduleTable {
	readonly plan: SimulatedPlan;
	readonly dispatch: DispatchPlan;
	/** The numbers of the tasks that run, in the order of the plan. */
	readonly members: Int32Array;
	readonly isMember: Uint8Array;
	readonly duration: Float64Array;
	/** Among the members: `dependents[dependentStart[n] .. dependentStart[n + 1])` wait for `n`, and for how many. */
	readonly dependentStart: Int32Array;
	readonly dependents: Int32Array;
	readonly waitsFor: Int32Array;
	/** The sprint of each task, −1 without one; sprints are numbers as well. */
	readonly sprintOf: Int32Array;
	readonly sprintMembers: readonly (readonly number[])[];
	readonly sprintSuccessors: readonly (readonly number[])[];
	readonly sprintWaitsFor: Int32Array;

	constructor(plan: SimulatedPlan, { scope, minutes }: ScheduleScope = {}) {
		const { tasks, sprints } = plan;
		this.plan = plan;
		this.dispatch = new DispatchPlan(plan);
		const wanted = scope === undefined ? null : new Set(scope);
		this.isMember = Uint8Array.from(tasks, ({ id }) => (wanted === null || wanted.has(id) ? 1 : 0));
		this.members = Int32Array.from(tasks.keys()).filter((task) => this.isMember[task] === 1);
		this.duration = Float64Array.from(tasks, ({ estimateMinutes }, task) =>
			Math.max(0, Math.round((minutes?.[task] ?? estimateMinutes ?? assumedMinutes) * minuteMs)),
		);
		const graph = this.#graph();
		this.dependentStart = graph.successorStart;
		this.dependents = graph.successors;
		this.waitsFor = Int32Array.from(
			tasks.keys(),
			(n) => (graph.predecessorStart[n + 1] ?? 0) - (graph.predecessorStart[n] ?? 0),
		);
		const sprintNumbers = new Map(sprints.map(({ id }, index) => [id, index]));
		this.sprintOf = Int32Array.from(tasks, ({ sprint }) => sprintNumbers.get(sprint ?? '') ?? -1);
		this.sprintMembers = membersBySprint(this.members, this.sprintOf, sprints.length);
		this.sprintWaitsFor = new Int32Array(sprints.length);
		this.sprintSuccessors = this.#linkSprints(sprintNumbers);
	}

	#graph() {
		const { tasks } = this.plan;
		const numbers = new Map(tasks.map(({ id }, index) => [id, index]));
		const from: number[] = [];
		const to: number[] = [];
		for (const task of this.members) {
			for (const id of tasks[task]?.dependencies ?? []) {
				const before = numbers.get(id);
				if (before !== undefined && this.isMember[before] === 1) {
					from.push(before);
					to.push(task);
				}
			}
		}
		return buildNumberedGraph(tasks.length, from, to);
	}

	#linkSprints(numbers: ReadonlyMap<string, number>): number[][] {
		const successors: number[][] = this.plan.sprints.map(() => []);
		for (const [id, predecessors] of sprintPredecessors(this.plan.sprints)) {
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

function membersBySprint(members: Int32Array, sprintOf: Int32Array, sprints: number): number[][] {
	const found: number[][] = Array.from({ length: sprints }, () => []);
	for (const task of members) {
		found[sprintOf[task] ?? -1]?.push(task);
	}
	return found;
}
