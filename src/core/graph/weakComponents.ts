import type { Graph } from './buildGraph.ts';
import { intAt } from './buildGraph.ts';

/** How the nodes of a graph hang together when the direction of edges does not count. */
export interface WeakComponents {
	/** Groups of two or more that are connected (the chains of EXECUTION P1); members and groups in the given order. */
	readonly chains: readonly (readonly number[])[];
	/** Nodes without any edge to another. */
	readonly independent: readonly number[];
}

/** Union by smallest member with path halving: next to linear time. A node that waits only for itself is independent. */
export function weakComponents(graph: Graph): WeakComponents {
	const parent = new Int32Array(graph.size);
	for (let n = 0; n < graph.size; n++) {
		parent[n] = n;
	}
	for (let n = 0; n < graph.size; n++) {
		for (let e = intAt(graph.successorStart, n); e < intAt(graph.successorStart, n + 1); e++) {
			const a = find(parent, n);
			const b = find(parent, intAt(graph.successors, e));
			if (a < b) {
				parent[b] = a;
			} else {
				parent[a] = b;
			}
		}
	}
	return collect(parent);
}

function find(parent: Int32Array, start: number): number {
	let node = start;
	for (let up = intAt(parent, node); up !== node; up = intAt(parent, node)) {
		parent[node] = intAt(parent, up);
		node = up;
	}
	return node;
}

function collect(parent: Int32Array): WeakComponents {
	const groupOf = new Int32Array(parent.length).fill(-1);
	const groups: number[][] = [];
	for (let n = 0; n < parent.length; n++) {
		const root = find(parent, n);
		if (root === n) {
			groupOf[n] = groups.length;
			groups.push([n]);
		} else {
			groups[intAt(groupOf, root)]?.push(n);
		}
	}
	return {
		chains: groups.filter((group) => group.length > 1),
		independent: groups.filter((group) => group.length === 1).flat(),
	};
}
