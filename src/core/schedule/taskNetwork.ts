import type { GraphAnalysis } from '../graph/analyseGraph.ts';
import { analyseGraph } from '../graph/analyseGraph.ts';
import type { Graph } from '../graph/buildGraph.ts';
import { buildGraph, realAt } from '../graph/buildGraph.ts';
import { longestPathToSink } from '../graph/criticalPath.ts';
import { isCycleEdge } from '../graph/orderNodes.ts';
import type { PlanningTask } from './planningTask.ts';
import { edgesOf } from './possibleTracks.ts';

/** A heap of tasks as numbers: node `n` is `tasks[n]`. Dependencies that close a cycle are left out. */
export interface TaskNetwork {
	readonly tasks: readonly PlanningTask[];
	readonly graph: Graph;
	readonly analysis: GraphAnalysis;
	/** Minutes of each task. */
	readonly minutes: Float64Array;
	/** Minutes from the start of each task to the end of all that waits for it, at the earliest. */
	readonly remaining: Float64Array;
	/** Place of each task among those that are ready at once: remaining critical path, priority, id. */
	readonly rank: Int32Array;
}

/** Ids are unique. */
export function taskNetwork(tasks: readonly PlanningTask[]): TaskNetwork {
	const ids = tasks.map(({ id }) => id);
	const whole = buildGraph(ids, edgesOf(tasks));
	const minutes = Float64Array.from(tasks, (task) => task.minutes);
	const analysis = analyseGraph(whole, minutes);
	const graph = analysis.order.hasCycle ? withoutCycles(whole, analysis) : whole;
	const remaining = longestPathToSink(graph, minutes);
	return { tasks, graph, analysis, minutes, remaining, rank: rankOf(tasks, remaining) };
}

function withoutCycles(graph: Graph, { order }: GraphAnalysis): Graph {
	const edges: [string, string][] = [];
	for (let n = 0; n < graph.size; n++) {
		for (const child of graph.successors.subarray(graph.successorStart[n], graph.successorStart[n + 1])) {
			if (!isCycleEdge(order, n, child)) {
				edges.push([graph.ids[n] ?? '', graph.ids[child] ?? '']);
			}
		}
	}
	return buildGraph(graph.ids, edges);
}

function rankOf(tasks: readonly PlanningTask[], remaining: Float64Array): Int32Array {
	const sorted = tasks
		.map(({ priority, id }, node) => ({ priority, id, node }))
		.sort(
			(a, b) =>
				realAt(remaining, b.node) - realAt(remaining, a.node) ||
				b.priority - a.priority ||
				(a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
		);
	const rank = new Int32Array(tasks.length);
	for (const [place, { node }] of sorted.entries()) {
		rank[node] = place;
	}
	return rank;
}
