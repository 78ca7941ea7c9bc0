import { bitCount } from './bitCount.ts';
import type { Graph } from './buildGraph.ts';
import { at } from './buildGraph.ts';
import { isCycleEdge, orderNodes } from './orderNodes.ts';

/** Everything `node` waits for, directly or not, without itself; node numbers in the order they are met. */
export function ancestors(graph: Graph, node: number): number[] {
	return reach(graph.predecessorStart, graph.predecessors, node);
}

/** Everything that waits for `node`, directly or not, without itself. */
export function descendants(graph: Graph, node: number): number[] {
	return reach(graph.successorStart, graph.successors, node);
}

function reach(start: Int32Array, targets: Int32Array, node: number): number[] {
	const seen = new Uint8Array(start.length);
	seen[node] = 1;
	const found = [node];
	for (let head = 0; head < found.length; head++) {
		const n = found[head] ?? node;
		for (let e = at(start, n); e < at(start, n + 1); e++) {
			const next = at(targets, e);
			if (seen[next] !== 1) {
				seen[next] = 1;
				found.push(next);
			}
		}
	}
	return found.slice(1);
}

/**
 * How many nodes wait for each node, directly or not, exactly. Counting all of them cannot be linear; 32 targets at a
 * time in one word make it one pass over the edges per 32 nodes. Edges inside a cycle do not count.
 */
export function descendantCounts(graph: Graph): Int32Array {
	const order = orderNodes(graph);
	const counts = new Int32Array(graph.size);
	const reached = new Int32Array(graph.size);
	for (let block = 0; block < graph.size; block += 32) {
		reached.fill(0);
		// In topological order only nodes before the block's last one can reach a node of the block.
		for (let i = Math.min(block + 31, graph.size - 1); i >= 0; i--) {
			const n = at(order.nodes, i);
			let bits = 0;
			for (let e = at(graph.successorStart, n); e < at(graph.successorStart, n + 1); e++) {
				const child = at(graph.successors, e);
				if (!isCycleEdge(order, n, child)) {
					bits |= at(reached, child);
				}
			}
			counts[n] = at(counts, n) + bitCount(bits);
			reached[n] = i >= block ? bits | (1 << (i - block)) : bits;
		}
	}
	return counts;
}
