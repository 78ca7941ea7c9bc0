import type { Edge } from '../graph/buildGraph.ts';
import { buildGraph } from '../graph/buildGraph.ts';
import { maximumAntichain } from '../graph/maximumAntichain.ts';
import { weakComponents } from '../graph/weakComponents.ts';

/** What is asked of a task to count tracks. */
export interface DependingTask {
	readonly id: string;
	readonly dependencies: readonly string[];
}

/**
 * How many tracks could work side by side (EXECUTION P2): the number of chains (connected groups of two or more
 * tasks) where there are two or more, otherwise the width of the graph, which is never more than there are tasks.
 * What waits for each other in a circle counts as if it did not.
 */
export function countPossibleTracks(tasks: readonly DependingTask[]): number {
	const graph = buildGraph(
		tasks.map(({ id }) => id),
		edgesOf(tasks),
	);
	const { chains } = weakComponents(graph);
	return chains.length >= 2 ? chains.length : maximumAntichain(graph).length;
}

/** The dependencies of some tasks, from what must be finished first to what waits for it. */
export function edgesOf(tasks: readonly DependingTask[]): Edge[] {
	return tasks.flatMap((task) => task.dependencies.map((before): Edge => [before, task.id]));
}
