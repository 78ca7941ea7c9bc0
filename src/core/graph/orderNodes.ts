import type { Graph } from './buildGraph.ts';
import { at } from './buildGraph.ts';
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

/** Kahn's algorithm, level by level, in linear time. */
export function orderNodes(graph: Graph): Order {
	const components = strongComponents(graph);
	const waiting = new Int32Array(graph.size);
	let skipped = 0;
	for (let n = 0; n < graph.size; n++) {
		for (let e = at(graph.successorStart, n); e < at(graph.successorStart, n + 1); e++) {
			const child = at(graph.successors, e);
			if (at(components.of, child) === at(components.of, n)) {
				skipped++;
			} else {
				waiting[child] = at(waiting, child) + 1;
			}
		}
	}
	return { ...releaseByLevel(graph, components, waiting), components, hasCycle: skipped > 0 };
}

/** True for an edge that closes a cycle, which the order leaves out. */
export function isCycleEdge(order: Pick<Order, 'components'>, from: number, to: number): boolean {
	return at(order.components.of, from) === at(order.components.of, to);
}

function releaseByLevel(graph: Graph, components: Components, waiting: Int32Array) {
	const nodes = new Int32Array(graph.size);
	const layer = new Int32Array(graph.size);
	let levelEnd = 0;
	for (let n = 0; n < graph.size; n++) {
		if (at(waiting, n) === 0) {
			nodes[levelEnd++] = n;
		}
	}
	let levelStart = 0;
	let layerCount = 0;
	while (levelStart < levelEnd) {
		let filled = levelEnd;
		for (const n of nodes.subarray(levelStart, levelEnd)) {
			layer[n] = layerCount;
			for (const child of freedBy(graph, { node: n, components, waiting })) {
				nodes[filled++] = child;
			}
		}
		nodes.subarray(levelEnd, filled).sort();
		levelStart = levelEnd;
		levelEnd = filled;
		layerCount++;
	}
	return { nodes, layer, layerCount };
}

interface Release {
	readonly node: number;
	readonly components: Components;
	/** Unfinished predecessors of every node; counted down here. */
	readonly waiting: Int32Array;
}

/** The successors that waited for nothing but `node`. */
function* freedBy(graph: Graph, { node, components, waiting }: Release): Generator<number> {
	for (let e = at(graph.successorStart, node); e < at(graph.successorStart, node + 1); e++) {
		const child = at(graph.successors, e);
		if (at(components.of, child) === at(components.of, node)) {
			continue;
		}
		waiting[child] = at(waiting, child) - 1;
		if (at(waiting, child) === 0) {
			yield child;
		}
	}
}
