import type { Graph } from './buildGraph.ts';
import { intAt, realAt } from './buildGraph.ts';
import type { Order } from './orderNodes.ts';
import { isCycleEdge, orderNodes } from './orderNodes.ts';

/** A node that others wait for, with what is behind it. */
export interface Unblocker {
	readonly node: number;
	/** Nodes that wait for it, directly or not. */
	readonly tasks: number;
	/** The sum of their weights. */
	readonly weight: number;
}

export interface UnblockerOptions {
	readonly order?: Order;
	/** How many to answer at most; 32 is the largest number. */
	readonly count?: number;
}

/** How many nodes are counted exactly. */
const candidateCount = 64;

/**
 * The nodes that most others wait for, first the one with most; nodes that nobody waits for are left out. The figures
 * are exact. In a graph of more than 64 nodes the 64 candidates are chosen by a sketch of how many wait for each
 * (probabilistic counting, Flajolet and Martin 1985, with a fixed hash), so a place may go to another of nearly the same
 * size: counting for all of them would take time that grows with the square of the graph.
 */
export function topUnblockers(
	graph: Graph,
	weights: ArrayLike<number>,
	{ order = orderNodes(graph), count = 10 }: UnblockerOptions = {},
): Unblocker[] {
	const candidates = chooseCandidates(graph, order);
	const counted: { node: number; tasks: number }[] = [];
	for (let first = 0; first < candidates.length; first += 32) {
		const some = candidates.slice(first, first + 32);
		const tasks = countBits(markReached(graph, order, some));
		counted.push(...some.map((node, bit) => ({ node, tasks: intAt(tasks, bit) })));
	}
	const best = counted
		.filter(({ tasks }) => tasks > 0)
		.sort((a, b) => b.tasks - a.tasks || a.node - b.node)
		.slice(0, count);
	const behind = sumBehind(
		weights,
		markReached(
			graph,
			order,
			best.map(({ node }) => node),
		),
	);
	return best.map(({ node, tasks }, bit) => ({ node, tasks, weight: realAt(behind, bit) }));
}

/** The weights behind each of at most 32 nodes. */
function sumBehind(weights: ArrayLike<number>, waitsFor: Int32Array): Float64Array {
	const sums = new Float64Array(32);
	for (let n = 0; n < waitsFor.length; n++) {
		for (let rest = intAt(waitsFor, n); rest !== 0; rest &= rest - 1) {
			const bit = 31 - Math.clz32(rest & -rest);
			sums[bit] = realAt(sums, bit) + (weights[n] ?? 0);
		}
	}
	return sums;
}

function chooseCandidates(graph: Graph, order: Order): number[] {
	const sizes = sketchDescendants(graph, order);
	let chosen: number[] = [];
	let least = 0;
	const cut = () => {
		chosen = chosen.sort((a, b) => intAt(sizes, b) - intAt(sizes, a) || a - b).slice(0, candidateCount);
		least = chosen.length < candidateCount ? 0 : intAt(sizes, chosen.at(-1) ?? 0);
	};
	for (let i = 0; i < graph.size; i++) {
		const n = intAt(order.nodes, i);
		if (intAt(sizes, n) > least) {
			chosen.push(n);
			if (chosen.length >= 2 * candidateCount) {
				cut();
			}
		}
	}
	cut();
	return chosen;
}

/** For each node, which of at most 32 nodes it waits for, as bits: one pass along the edges. */
function markReached(graph: Graph, order: Order, some: readonly number[]): Int32Array {
	const { size, successorStart, successors } = graph;
	const waitsFor = new Int32Array(size);
	const bitOf = new Int32Array(size);
	for (const [bit, node] of some.entries()) {
		bitOf[node] = 1 << bit;
	}
	for (let i = 0; i < size; i++) {
		const n = intAt(order.nodes, i);
		const passed = intAt(waitsFor, n) | intAt(bitOf, n);
		if (passed === 0) {
			continue;
		}
		for (let e = intAt(successorStart, n); e < intAt(successorStart, n + 1); e++) {
			const child = intAt(successors, e);
			if (!isCycleEdge(order, n, child)) {
				waitsFor[child] = intAt(waitsFor, child) | passed;
			}
		}
	}
	return waitsFor;
}

/**
 * How often each bit is set. The 32 counts are kept as columns of bits, so that adding one to any set of them costs about
 * two steps and not one for each.
 */
function countBits(marks: Int32Array): Int32Array {
	const columns = new Int32Array(32);
	for (let n = 0; n < marks.length; n++) {
		let column = 0;
		for (let carry = intAt(marks, n); carry !== 0; column++) {
			const before = intAt(columns, column);
			columns[column] = before ^ carry;
			carry &= before;
		}
	}
	return Int32Array.from({ length: 32 }, (_, bit) =>
		columns.reduce((sum, word, column) => sum + ((word >>> bit) & 1) * 2 ** column, 0),
	);
}

/**
 * A sketch has eight registers of 16 bits, two in each of its words; the error of an estimate is about 0.78 / √8. What is
 * beyond 2¹⁶ for a register, which is half a million nodes, counts as that.
 */
const words = 4;

/** A number for each node that grows with how many wait for it; 0 exactly where none does. */
function sketchDescendants(graph: Graph, order: Order): Int32Array {
	const { successorStart, successors } = graph;
	const sketch = new Int32Array(graph.size * words);
	const sizes = new Int32Array(graph.size);
	for (let i = graph.size - 1; i >= 0; i--) {
		const n = intAt(order.nodes, i);
		let hasAny = false;
		// The four words in four variables: they stay in registers until all children are read.
		let [a, b, c, d] = [0, 0, 0, 0];
		for (let e = intAt(successorStart, n); e < intAt(successorStart, n + 1); e++) {
			const child = intAt(successors, e);
			if (!isCycleEdge(order, n, child)) {
				const from = child * words;
				a |= intAt(sketch, from);
				b |= intAt(sketch, from + 1);
				c |= intAt(sketch, from + 2);
				d |= intAt(sketch, from + 3);
				hasAny = true;
			}
		}
		sizes[n] = hasAny ? 1 + lowestUnset(a) + lowestUnset(b) + lowestUnset(c) + lowestUnset(d) : 0;
		const base = n * words;
		sketch[base] = a;
		sketch[base + 1] = b;
		sketch[base + 2] = c;
		sketch[base + 3] = d;
		const hash = mix(n);
		const word = base + (hash & (words - 1));
		const half = hash & words ? 16 : 0;
		sketch[word] = intAt(sketch, word) | (1 << (half + Math.min(15, Math.clz32(hash | 1))));
	}
	return sizes;
}

/** The places of the lowest bits that nobody set in the two halves: the mean of all is the logarithm of the size. */
function lowestUnset(word: number): number {
	const low = ~word | 0x10000;
	const high = (~word >>> 16) | 0x10000;
	return 62 - Math.clz32(low & -low) - Math.clz32(high & -high);
}

/** Spreads node numbers evenly over 32 bits (the finaliser of MurmurHash3). */
function mix(value: number): number {
	let h = value + 0x9e3779b9;
	h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
	h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
	return (h ^ (h >>> 16)) >>> 0;
}
