import type { Graph } from '../graph/buildGraph.ts';
import { buildNumberedGraph } from '../graph/buildGraph.ts';
import type { RunSprint } from './runPlan.ts';

/** What the order of a plan is made of: its tasks, and its sprints in the order in which they open. */
export interface OrderedPlan {
	readonly tasks: readonly {
		readonly id: string;
		readonly sprint: string | null;
		readonly dependencies: readonly string[];
		/** False for what its sprint does not wait for: steps of its gates; the gate itself counts (G2). */
		readonly completesSprint?: boolean;
	}[];
	readonly sprints: readonly Pick<RunSprint, 'id' | 'track' | 'dependencies'>[];
}

/**
 * Dependencies and the order of sprints, which is an edge for every strategy (S1), in one graph of linear size. Nodes are
 * the tasks in the order of the plan, then two for each sprint: it opens, and it is complete.
 */
export function orderGraph({ tasks, sprints }: OrderedPlan): Graph {
	const numberOf = new Map(tasks.map(({ id }, index) => [id, index]));
	const opens = new Map(sprints.map(({ id }, index) => [id, tasks.length + 2 * index]));
	const from: number[] = [];
	const to: number[] = [];
	const connect = (before: number | undefined, after: number | undefined) => {
		if (before !== undefined && after !== undefined) {
			from.push(before);
			to.push(after);
		}
	};
	const completes = (id: string) => {
		const open = opens.get(id);
		return open === undefined ? undefined : open + 1;
	};
	for (const [index, { dependencies, sprint, completesSprint = true }] of tasks.entries()) {
		for (const id of dependencies) {
			connect(numberOf.get(id), index);
		}
		if (sprint !== null) {
			connect(opens.get(sprint), index);
			if (completesSprint) {
				connect(index, completes(sprint));
			}
		}
	}
	const predecessors = sprintPredecessors(sprints);
	for (const { id } of sprints) {
		connect(opens.get(id), completes(id));
		for (const before of predecessors.get(id) ?? []) {
			connect(completes(before), opens.get(id));
		}
	}
	return buildNumberedGraph(tasks.length + 2 * sprints.length, from, to);
}

/** Sprints that must be complete before each: its own dependencies, and the one before it in its track (G2). */
export function sprintPredecessors(sprints: OrderedPlan['sprints']): ReadonlyMap<string, readonly string[]> {
	const lastOfTrack = new Map<number, string>();
	const found = new Map<string, readonly string[]>();
	for (const { id, track, dependencies } of sprints) {
		const before = track === null ? undefined : lastOfTrack.get(track);
		found.set(id, [...new Set([...dependencies, ...(before === undefined ? [] : [before])])]);
		if (track !== null) {
			lastOfTrack.set(track, id);
		}
	}
	return found;
}
