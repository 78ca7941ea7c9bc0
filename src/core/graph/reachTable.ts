import { bitCount } from './bitCount.ts';
import type { Graph } from './buildGraph.ts';
import { intAt } from './buildGraph.ts';
import type { Order } from './orderNodes.ts';
import { isCycleEdge } from './orderNodes.ts';

/**
 * Who waits for whom, directly or not, as a bit for each pair of nodes: for graphs in which the square of the nodes is still
 * little. Edges inside a cycle do not count.
 */
export class ReachTable {
	readonly #words: number;
	readonly #bits: Int32Array;

	/** `side` says what is reached from a node: what it waits for, or what waits for it. */
	constructor(graph: Graph, order: Order, side: 'predecessors' | 'successors') {
		const isBack = side === 'predecessors';
		const start = isBack ? graph.predecessorStart : graph.successorStart;
		const targets = isBack ? graph.predecessors : graph.successors;
		this.#words = (graph.size + 31) >>> 5;
		this.#bits = new Int32Array(graph.size * this.#words);
		for (const node of isBack ? order.nodes : order.nodes.toReversed()) {
			for (let e = intAt(start, node); e < intAt(start, node + 1); e++) {
				const other = intAt(targets, e);
				if (!(isBack ? isCycleEdge(order, other, node) : isCycleEdge(order, node, other))) {
					this.#add(node, other);
				}
			}
		}
	}

	has(node: number, other: number): boolean {
		return ((intAt(this.#bits, node * this.#words + (other >>> 5)) >>> (other & 31)) & 1) === 1;
	}

	/** How many nodes are reached from one. */
	count(node: number): number {
		let count = 0;
		for (let word = 0; word < this.#words; word++) {
			count += bitCount(intAt(this.#bits, node * this.#words + word));
		}
		return count;
	}

	#add(node: number, other: number): void {
		const words = this.#words;
		for (let word = 0; word < words; word++) {
			const at = node * words + word;
			this.#bits[at] = intAt(this.#bits, at) | intAt(this.#bits, other * words + word);
		}
		const own = node * words + (other >>> 5);
		this.#bits[own] = intAt(this.#bits, own) | (1 << (other & 31));
	}
}
