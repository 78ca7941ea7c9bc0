import { criticalPath } from '../graph/criticalPath.ts';
import type { OrderedPlan } from './orderGraph.ts';
import { orderGraph } from './orderGraph.ts';

/**
 * The layer of each task, counted from 1 (P1): Kahn levels of the dependencies and of the order of sprints – a layer that
 * ignored sprints could wait for a sprint that waits for the layer. Linear time; edges that close a circle do not count.
 */
export function layersOf(plan: OrderedPlan): Int32Array {
	const { tasks } = plan;
	const graph = orderGraph(plan);
	const weights = new Uint8Array(graph.size).fill(1, 0, tasks.length);
	const { earliestStart } = criticalPath(graph, weights);
	return Int32Array.from(tasks, (_, index) => 1 + (earliestStart[index] ?? 0));
}
