import type { Graph } from './buildGraph.ts';
import { intAt, realAt } from './buildGraph.ts';
import type { Order } from './orderNodes.ts';
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
export function longestPathToSink(
	graph: Graph,
	weights: ArrayLike<number>,
	order: Order = orderNodes(graph),
): Float64Array {
	return heaviestTails(graph, new Float64Array(weights), order);
}

/** Forward and backward pass over the plan. Of paths with one length the one through the first nodes is taken. */
export function criticalPath(
	graph: Graph,
	weights: ArrayLike<number>,
	order: Order = orderNodes(graph),
): CriticalPath {
	const own = new Float64Array(weights);
	const tail = heaviestTails(graph, own, order);
	const earliestStart = new Float64Array(graph.size);
	let length = 0;
	for (let i = 0; i < graph.size; i++) {
		const n = intAt(order.nodes, i);
		const end = realAt(earliestStart, n) + realAt(own, n);
		if (end > length) {
			length = end;
		}
		for (let e = intAt(graph.successorStart, n); e < intAt(graph.successorStart, n + 1); e++) {
			const child = intAt(graph.successors, e);
			if (end > realAt(earliestStart, child) && !isCycleEdge(order, n, child)) {
				earliestStart[child] = end;
			}
		}
	}
	const slack = new Float64Array(graph.size);
	for (let n = 0; n < graph.size; n++) {
		slack[n] = length - realAt(earliestStart, n) - realAt(tail, n);
	}
	return { nodes: walk(graph, order, tail), length, earliestStart, slack };
}

function heaviestTails(graph: Graph, weights: Float64Array, order: Order): Float64Array {
	const tail = new Float64Array(graph.size);
	for (let i = graph.size - 1; i >= 0; i--) {
		const n = intAt(order.nodes, i);
		let longest = 0;
		for (let e = intAt(graph.successorStart, n); e < intAt(graph.successorStart, n + 1); e++) {
			const child = intAt(graph.successors, e);
			if (realAt(tail, child) > longest && !isCycleEdge(order, n, child)) {
				longest = realAt(tail, child);
			}
		}
		tail[n] = longest + realAt(weights, n);
	}
	return tail;
}

function walk(graph: Graph, order: Order, tail: Float64Array): number[] {
	const path: number[] = [];
	let node = heaviest(order.nodes, tail);
	while (node !== -1) {
		path.push(node);
		node = heaviestSuccessor(graph, node, { order, tail });
	}
	return path;
}

/** The first of those with the heaviest tail; -1 where nobody waits. */
function heaviestSuccessor(
	{ successorStart, successors }: Graph,
	node: number,
	{ order, tail }: { readonly order: Order; readonly tail: Float64Array },
): number {
	let best = -1;
	for (let e = intAt(successorStart, node); e < intAt(successorStart, node + 1); e++) {
		const child = intAt(successors, e);
		if (!isCycleEdge(order, node, child) && (best === -1 || realAt(tail, child) > realAt(tail, best))) {
			best = child;
		}
	}
	return best;
}

function heaviest(nodes: Int32Array, weight: Float64Array): number {
	let best = -1;
	for (const n of nodes) {
		if (best === -1 || realAt(weight, n) > realAt(weight, best)) {
			best = n;
		}
	}
	return best;
}
