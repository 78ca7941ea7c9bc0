import type { Graph } from './buildGraph.ts';
import { at } from './buildGraph.ts';
import { isCycleEdge, orderNodes } from './orderNodes.ts';

/** The longest chain of a plan by estimate (EXECUTION P1), in the unit of the weights. */
export interface CriticalPath {
	/** Node numbers from the first to the last; empty for an empty graph. */
	readonly nodes: readonly number[];
	readonly length: number;
	/** Earliest start of every node when nothing but dependencies holds it back. */
	readonly earliestStart: Float64Array;
	/** How much later than `earliestStart` a node may begin without moving the end of the plan. */
	readonly slack: Float64Array;
}

/**
 * The weight of the heaviest path from each node to a sink, the node itself included: what a list scheduler sorts ready
 * tasks by (EXECUTION S2). `weights[n]` belongs to node `n`; edges inside a cycle do not count. Linear time.
 */
export function longestPathToSink(graph: Graph, weights: ArrayLike<number>): Float64Array {
	return heaviestTails(graph, weights, orderNodes(graph));
}

/** Forward and backward pass over the plan. Of paths with one length the one through the first nodes is taken. */
export function criticalPath(graph: Graph, weights: ArrayLike<number>): CriticalPath {
	const order = orderNodes(graph);
	const tail = heaviestTails(graph, weights, order);
	const earliestStart = new Float64Array(graph.size);
	let length = 0;
	for (const n of order.nodes) {
		const end = at(earliestStart, n) + at(weights, n);
		length = Math.max(length, end);
		for (let e = at(graph.successorStart, n); e < at(graph.successorStart, n + 1); e++) {
			const child = at(graph.successors, e);
			if (!isCycleEdge(order, n, child)) {
				earliestStart[child] = Math.max(at(earliestStart, child), end);
			}
		}
	}
	const slack = new Float64Array(graph.size);
	for (let n = 0; n < graph.size; n++) {
		slack[n] = length - at(earliestStart, n) - at(tail, n);
	}
	return { nodes: walk(graph, order, tail), length, earliestStart, slack };
}

type OrderOf = ReturnType<typeof orderNodes>;

function heaviestTails(graph: Graph, weights: ArrayLike<number>, order: OrderOf): Float64Array {
	const tail = new Float64Array(graph.size);
	for (let i = graph.size - 1; i >= 0; i--) {
		const n = at(order.nodes, i);
		let longest = 0;
		for (let e = at(graph.successorStart, n); e < at(graph.successorStart, n + 1); e++) {
			const child = at(graph.successors, e);
			if (!isCycleEdge(order, n, child)) {
				longest = Math.max(longest, at(tail, child));
			}
		}
		tail[n] = longest + at(weights, n);
	}
	return tail;
}

function walk(graph: Graph, order: OrderOf, tail: Float64Array): number[] {
	const path: number[] = [];
	let node = heaviest(order.nodes, tail);
	while (node !== -1) {
		path.push(node);
		const from = node;
		const next = graph.successors
			.subarray(at(graph.successorStart, from), at(graph.successorStart, from + 1))
			.filter((child) => !isCycleEdge(order, from, child));
		node = heaviest(next, tail);
	}
	return path;
}

function heaviest(nodes: Int32Array, weight: Float64Array): number {
	let best = -1;
	for (const n of nodes) {
		if (best === -1 || at(weight, n) > at(weight, best)) {
			best = n;
		}
	}
	return best;
}
