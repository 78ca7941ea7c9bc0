/**
 * Cycles of a directed graph, one for every strongly connected component: the shortest through the component's first
 * node, without repeating it at the end. Linear in nodes and edges, and without recursion: a chain of 100,000 tasks must
 * not end the process.
 */
export function findCycles(edges: readonly (readonly number[])[]): number[][] {
	const component = componentsOf(edges);
	const cycles: number[][] = [];
	const seen = new Set<number>();
	for (let node = 0; node < edges.length; node++) {
		const group = component[node] ?? -1;
		if (seen.has(group)) {
			continue;
		}
		const cycle = shortestCycle(edges, component, node);
		if (cycle !== null) {
			seen.add(group);
			cycles.push(cycle);
		}
	}
	return cycles;
}

/** The component of every node: nodes that wait for each other share one (Tarjan, with stacks of its own). */
export function componentsOf(edges: readonly (readonly number[])[]): Int32Array {
	const search = new ComponentSearch(edges);
	for (let node = 0; node < edges.length; node++) {
		search.visit(node);
	}
	return search.component;
}

class ComponentSearch {
	readonly component: Int32Array;
	readonly #edges: readonly (readonly number[])[];
	readonly #index: Int32Array;
	readonly #low: Int32Array;
	readonly #next: Int32Array;
	readonly #open: number[] = [];
	readonly #path: number[] = [];
	#visited = 0;
	#count = 0;

	constructor(edges: readonly (readonly number[])[]) {
		this.#edges = edges;
		this.component = new Int32Array(edges.length).fill(-1);
		this.#index = new Int32Array(edges.length).fill(-1);
		this.#low = new Int32Array(edges.length);
		this.#next = new Int32Array(edges.length);
	}

	visit(root: number): void {
		if (this.#index[root] !== -1) {
			return;
		}
		this.#enter(root);
		for (let node = this.#path.at(-1); node !== undefined; node = this.#path.at(-1)) {
			const at = this.#next[node] ?? 0;
			const child = this.#edges[node]?.[at];
			this.#next[node] = at + 1;
			if (child === undefined) {
				this.#leave(node);
			} else if (this.#index[child] === -1) {
				this.#enter(child);
			} else if (this.component[child] === -1) {
				this.#lower(node, this.#index[child] ?? 0);
			}
		}
	}

	#enter(node: number): void {
		this.#index[node] = this.#visited;
		this.#low[node] = this.#visited;
		this.#visited++;
		this.#open.push(node);
		this.#path.push(node);
	}

	#leave(node: number): void {
		this.#path.pop();
		const parent = this.#path.at(-1);
		if (parent !== undefined) {
			this.#lower(parent, this.#low[node] ?? 0);
		}
		if (this.#low[node] !== this.#index[node]) {
			return;
		}
		for (let member = this.#open.pop(); member !== undefined; member = this.#open.pop()) {
			this.component[member] = this.#count;
			if (member === node) {
				break;
			}
		}
		this.#count++;
	}

	#lower(node: number, value: number): void {
		this.#low[node] = Math.min(this.#low[node] ?? 0, value);
	}
}

/** Breadth first within the component of `start`, back to `start`; null when `start` is on no cycle. */
function shortestCycle(
	edges: readonly (readonly number[])[],
	component: Int32Array,
	start: number,
): number[] | null {
	const before = new Map<number, number>();
	const queue = [start];
	for (let at = 0; at < queue.length; at++) {
		const node = queue[at] ?? start;
		for (const child of edges[node] ?? []) {
			if (child === start) {
				return pathTo(node, before);
			}
			if (component[child] === component[start] && !before.has(child)) {
				before.set(child, node);
				queue.push(child);
			}
		}
	}
	return null;
}

function pathTo(end: number, before: ReadonlyMap<number, number>): number[] {
	const path: number[] = [];
	for (let node: number | undefined = end; node !== undefined; node = before.get(node)) {
		path.push(node);
	}
	return path.reverse();
}
