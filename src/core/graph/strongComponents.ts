import type { Graph } from './buildGraph.ts';
import { intAt } from './buildGraph.ts';

/** Strongly connected components: nodes that wait for each other share one. */
export interface Components {
	readonly count: number;
	/** Component of every node. Components are numbered against the edges: a successor's number is never larger. */
	readonly of: Int32Array;
	readonly sizes: Int32Array;
}

/** Tarjan's algorithm with a stack of its own, so that a chain of 100,000 tasks cannot overflow the call stack. */
export function strongComponents(graph: Graph): Components {
	const search = new Search(graph);
	for (let n = 0; n < graph.size; n++) {
		search.visit(n);
	}
	return search.result();
}

/** True when `node` waits for itself, directly or around a cycle. */
export function isOnCycle(graph: Graph, components: Components, node: number): boolean {
	if (intAt(components.sizes, intAt(components.of, node)) > 1) {
		return true;
	}
	const end = intAt(graph.successorStart, node + 1);
	for (let e = intAt(graph.successorStart, node); e < end; e++) {
		if (intAt(graph.successors, e) === node) {
			return true;
		}
	}
	return false;
}

class Search {
	readonly #graph: Graph;
	readonly #index: Int32Array;
	readonly #low: Int32Array;
	readonly #component: Int32Array;
	readonly #nextEdge: Int32Array;
	readonly #open: number[] = [];
	readonly #path: number[] = [];
	readonly #sizes: number[] = [];
	#visited = 0;

	constructor(graph: Graph) {
		this.#graph = graph;
		this.#index = new Int32Array(graph.size).fill(-1);
		this.#low = new Int32Array(graph.size);
		this.#component = new Int32Array(graph.size).fill(-1);
		this.#nextEdge = graph.successorStart.slice(0, graph.size);
	}

	visit(root: number): void {
		if (intAt(this.#index, root) !== -1) {
			return;
		}
		this.#enter(root);
		for (let node = this.#path.at(-1); node !== undefined; node = this.#path.at(-1)) {
			const child = this.#unvisitedSuccessor(node);
			if (child === -1) {
				this.#leave(node);
			} else {
				this.#enter(child);
			}
		}
	}

	result(): Components {
		return { count: this.#sizes.length, of: this.#component, sizes: Int32Array.from(this.#sizes) };
	}

	#enter(node: number): void {
		this.#index[node] = this.#visited;
		this.#low[node] = this.#visited;
		this.#visited++;
		this.#open.push(node);
		this.#path.push(node);
	}

	#unvisitedSuccessor(node: number): number {
		const end = intAt(this.#graph.successorStart, node + 1);
		for (let e = intAt(this.#nextEdge, node); e < end; e++) {
			const child = intAt(this.#graph.successors, e);
			if (intAt(this.#index, child) === -1) {
				this.#nextEdge[node] = e;
				return child;
			}
			if (intAt(this.#component, child) === -1) {
				this.#low[node] = Math.min(intAt(this.#low, node), intAt(this.#low, child));
			}
		}
		this.#nextEdge[node] = end;
		return -1;
	}

	#leave(node: number): void {
		this.#path.pop();
		if (intAt(this.#low, node) !== intAt(this.#index, node)) {
			return;
		}
		let size = 0;
		for (let member = this.#open.pop(); member !== undefined; member = this.#open.pop()) {
			this.#component[member] = this.#sizes.length;
			size++;
			if (member === node) {
				break;
			}
		}
		this.#sizes.push(size);
	}
}
