import type { Graph } from './buildGraph.ts';
import { at } from './buildGraph.ts';
import { isOnCycle, strongComponents } from './strongComponents.ts';

/**
 * One cycle for every group of nodes that wait for each other: the shortest through the group's first node, as node
 * numbers in the direction of the edges, without repeating the first. Listing all simple cycles is exponential and
 * helps nobody; breaking this one shows the next.
 */
export function findCycles(graph: Graph): number[][] {
	const components = strongComponents(graph);
	const seen = new Uint8Array(components.count);
	const cameFrom = new Int32Array(graph.size).fill(-1);
	const cycles: number[][] = [];
	for (let n = 0; n < graph.size; n++) {
		const component = at(components.of, n);
		if (seen[component] === 1) {
			continue;
		}
		seen[component] = 1;
		if (isOnCycle(graph, components, n)) {
			cycles.push(shortestCycle(graph, { root: n, component, componentOf: components.of, cameFrom }));
		}
	}
	return cycles;
}

interface Search {
	readonly root: number;
	readonly component: number;
	readonly componentOf: Int32Array;
	/** Shared between searches: components do not overlap. */
	readonly cameFrom: Int32Array;
}

/** Breadth first inside the component, until an edge leads back to the root. */
function shortestCycle(graph: Graph, { root, component, componentOf, cameFrom }: Search): number[] {
	const queue = [root];
	for (let head = 0; head < queue.length; head++) {
		const n = queue[head] ?? root;
		for (let e = at(graph.successorStart, n); e < at(graph.successorStart, n + 1); e++) {
			const child = at(graph.successors, e);
			if (child === root) {
				return backTo(root, n, cameFrom);
			}
			if (at(componentOf, child) === component && at(cameFrom, child) === -1) {
				cameFrom[child] = n;
				queue.push(child);
			}
		}
	}
	return [root];
}

function backTo(root: number, last: number, cameFrom: Int32Array): number[] {
	const path: number[] = [];
	for (let n = last; n !== root; n = at(cameFrom, n)) {
		path.push(n);
	}
	path.push(root);
	return path.reverse();
}
