import type { Graph } from './buildGraph.ts';
import { intAt } from './buildGraph.ts';
import type { Components } from './strongComponents.ts';
import { strongComponents } from './strongComponents.ts';

/**
 * A topological order that exists for every graph: edges inside a cycle (both ends in one strong component) are left
 * out of it, all others run forward. Among nodes that are free at the same time the given order decides.
 */
export interface Order {
	readonly nodes: Int32Array;
	/** Kahn level of every node (EXECUTION P1): 0 for nodes that wait for nothing. */
	readonly layer: Int32Array;
	readonly layerCount: number;
	readonly components: Components;
	readonly hasCycle: boolean;
}

/** Kahn's algorithm in linear time. Only a graph that has a cycle pays for finding out where. */
export function orderNodes(graph: Graph): Order {
	const layer = new Int32Array(graph.size);
	const free = release(graph, null, layer);
	if (free.length === graph.size) {
		const sorted = sortByLayer(graph.size, layer);
		return { ...sorted, layer, components: singles(sorted.nodes), hasCycle: false };
	}
	const components = strongComponents(graph);
	layer.fill(0);
	release(graph, components, layer);
	const hasCycle = components.count < graph.size || hasSelfEdge(graph);
	return { ...sortByLayer(graph.size, layer), layer, components, hasCycle };
}

/** True for an edge that closes a cycle, which the order leaves out. */
export function isCycleEdge(
	order: Pick<Order, 'components' | 'hasCycle'>,
	from: number,
	to: number,
): boolean {
	return order.hasCycle && intAt(order.components.of, from) === intAt(order.components.of, to);
}

/** True for an edge that is left out; without components none is. */
function isInside(components: Components | null, from: number, to: number): boolean {
	return components !== null && intAt(components.of, from) === intAt(components.of, to);
}

/** How many nodes each one waits for. */
function countWaiting(
	{ size, successorStart, successors }: Graph,
	components: Components | null,
): Int32Array {
	const waiting = new Int32Array(size);
	for (let n = 0; n < size; n++) {
		for (let e = intAt(successorStart, n); e < intAt(successorStart, n + 1); e++) {
			const child = intAt(successors, e);
			if (!isInside(components, n, child)) {
				waiting[child] = intAt(waiting, child) + 1;
			}
		}
	}
	return waiting;
}

/** Fills in the layers; answers the nodes that became free, which are all where no cycle is in the way. */
function release(graph: Graph, components: Components | null, layer: Int32Array): Int32Array {
	const { successorStart, successors } = graph;
	const waiting = countWaiting(graph, components);
	const queue = new Int32Array(graph.size);
	let filled = 0;
	for (let n = 0; n < graph.size; n++) {
		if (intAt(waiting, n) === 0) {
			queue[filled++] = n;
		}
	}
	for (let head = 0; head < filled; head++) {
		const n = intAt(queue, head);
		const below = intAt(layer, n) + 1;
		for (let e = intAt(successorStart, n); e < intAt(successorStart, n + 1); e++) {
			const child = intAt(successors, e);
			if (isInside(components, n, child)) {
				continue;
			}
			layer[child] = Math.max(intAt(layer, child), below);
			waiting[child] = intAt(waiting, child) - 1;
			if (intAt(waiting, child) === 0) {
				queue[filled++] = child;
			}
		}
	}
	return queue.subarray(0, filled);
}

/** Counting sort: by layer, then in the given order. */
function sortByLayer(size: number, layer: Int32Array): Pick<Order, 'nodes' | 'layerCount'> {
	const next = new Int32Array(size + 1);
	let layerCount = 0;
	for (let n = 0; n < size; n++) {
		const below = intAt(layer, n) + 1;
		next[below] = intAt(next, below) + 1;
		layerCount = Math.max(layerCount, below);
	}
	for (let l = 1; l <= layerCount; l++) {
		next[l] = intAt(next, l) + intAt(next, l - 1);
	}
	const nodes = new Int32Array(size);
	for (let n = 0; n < size; n++) {
		const own = intAt(layer, n);
		nodes[intAt(next, own)] = n;
		next[own] = intAt(next, own) + 1;
	}
	return { nodes, layerCount };
}

/** Without a cycle every node is a component of its own, numbered against the edges. */
function singles(nodes: Int32Array): Components {
	const of = new Int32Array(nodes.length);
	for (let i = 0; i < nodes.length; i++) {
		of[intAt(nodes, i)] = nodes.length - 1 - i;
	}
	return { count: nodes.length, of, sizes: new Int32Array(nodes.length).fill(1) };
}

function hasSelfEdge(graph: Graph): boolean {
	for (let n = 0; n < graph.size; n++) {
		for (let e = intAt(graph.successorStart, n); e < intAt(graph.successorStart, n + 1); e++) {
			if (intAt(graph.successors, e) === n) {
				return true;
			}
		}
	}
	return false;
}
