import type { Graph } from './buildGraph.ts';
import { intAt } from './buildGraph.ts';
import type { Order } from './orderNodes.ts';
import { isCycleEdge } from './orderNodes.ts';

/**
 * A network with two nodes for each task: `n` as one that is followed by another in its chain (fed by the source), and
 * `size + n` as one that follows another (drained by the sink). A dependency leads from the first kind to the second;
 * from `size + n` flow may pass on to `n`, which skips a node the way the transitive closure does.
 */
export class ChainFlow {
	readonly #graph: Graph;
	readonly #size: number;
	/** Units on each dependency, by its place in `successors`. */
	readonly #onEdge: Int32Array;
	/** Units that pass through each task. */
	readonly #through: Int32Array;
	readonly #isFed: Uint8Array;
	readonly #isDrained: Uint8Array;
	/** For each place in `predecessors`, the place of the same dependency in `successors`. */
	readonly #edgeOf: Int32Array;
	readonly #isUsable: Uint8Array;
	readonly #level: Int32Array;
	readonly #queue: Int32Array;
	readonly #next: Int32Array;
	readonly #path: Int32Array;
	/** The dependency that leads to each place of the path, or -1 for a step within a task. */
	readonly #via: Int32Array;
	#lastLevel = 0;

	constructor(graph: Graph, order: Order) {
		const { size } = graph;
		this.#graph = graph;
		this.#size = size;
		this.#onEdge = new Int32Array(graph.successors.length);
		this.#through = new Int32Array(size);
		this.#isFed = new Uint8Array(size);
		this.#isDrained = new Uint8Array(size);
		this.#edgeOf = new Int32Array(graph.predecessors.length);
		this.#isUsable = new Uint8Array(graph.successors.length);
		this.#level = new Int32Array(2 * size);
		this.#queue = new Int32Array(2 * size);
		this.#next = new Int32Array(2 * size);
		this.#path = new Int32Array(2 * size + 1);
		this.#via = new Int32Array(2 * size + 1);
		const place = graph.predecessorStart.slice(0, size);
		for (let n = 0; n < size; n++) {
			for (let e = intAt(graph.successorStart, n); e < intAt(graph.successorStart, n + 1); e++) {
				const child = intAt(graph.successors, e);
				this.#edgeOf[intAt(place, child)] = e;
				place[child] = intAt(place, child) + 1;
				this.#isUsable[e] = isCycleEdge(order, n, child) ? 0 : 1;
			}
		}
	}

	/** Chains of direct dependencies are most of the answer and cost one pass. */
	startGreedily(): void {
		const { successorStart, successors } = this.#graph;
		for (let n = 0; n < this.#size; n++) {
			for (let e = intAt(successorStart, n); e < intAt(successorStart, n + 1); e++) {
				const child = intAt(successors, e);
				if (this.#isUsable[e] === 1 && this.#isDrained[child] === 0) {
					this.#isFed[n] = 1;
					this.#isDrained[child] = 1;
					this.#onEdge[e] = 1;
					break;
				}
			}
		}
	}

	/** Breadth first from all that may still be fed; false when none of them leads to one that may still be drained. */
	findLevels(): boolean {
		this.#level.fill(0);
		let filled = 0;
		for (let n = 0; n < this.#size; n++) {
			if (this.#isFed[n] === 0) {
				this.#level[n] = 1;
				this.#queue[filled++] = n;
			}
		}
		this.#lastLevel = 0;
		for (let head = 0; head < filled; head++) {
			const node = intAt(this.#queue, head);
			const level = intAt(this.#level, node);
			if (this.#lastLevel > 0 && level >= this.#lastLevel) {
				break;
			}
			filled = this.#spread(node, level + 1, filled);
		}
		this.#next.fill(-1);
		return this.#lastLevel > 0;
	}

	/** Enters what can be reached from a node in one step; answers how far the queue is filled. */
	#spread(node: number, level: number, from: number): number {
		const { successorStart, successors, predecessorStart, predecessors } = this.#graph;
		const size = this.#size;
		let filled = from;
		if (node < size) {
			const end = intAt(successorStart, node + 1);
			for (let e = intAt(successorStart, node); e < end; e++) {
				if (this.#isUsable[e] === 1) {
					filled = this.#enter(intAt(successors, e) + size, level, filled);
				}
			}
			return intAt(this.#through, node) > 0 ? this.#enter(node + size, level, filled) : filled;
		}
		const task = node - size;
		const end = intAt(predecessorStart, task + 1);
		for (let e = intAt(predecessorStart, task); e < end; e++) {
			if (intAt(this.#onEdge, intAt(this.#edgeOf, e)) > 0) {
				filled = this.#enter(intAt(predecessors, e), level, filled);
			}
		}
		return this.#enter(task, level, filled);
	}

	#enter(target: number, level: number, filled: number): number {
		if (intAt(this.#level, target) !== 0) {
			return filled;
		}
		this.#level[target] = level;
		this.#queue[filled] = target;
		if (target >= this.#size && this.#isDrained[target - this.#size] === 0) {
			this.#lastLevel = level;
		}
		return filled + 1;
	}

	/** Shortest paths along rising levels, until there are none left (a blocking flow). */
	augment(): void {
		for (let n = 0; n < this.#size; n++) {
			if (this.#isFed[n] === 0) {
				this.#followFrom(n);
			}
		}
	}

	#followFrom(root: number): void {
		this.#path[0] = root;
		let length = 1;
		while (length > 0) {
			const node = intAt(this.#path, length - 1);
			if (node >= this.#size && this.#isDrained[node - this.#size] === 0) {
				this.#commit(length);
				return;
			}
			const step = this.#findStep(node);
			if (step === -1) {
				// A dead end: nobody has to look at it again in this round.
				this.#level[node] = -1;
				length--;
				continue;
			}
			this.#path[length] = this.#targetOf(node, step);
			this.#via[length] = this.#edgeAt(node, step);
			length++;
		}
	}

	#findStep(node: number): number {
		const end = this.#endStep(node);
		const wanted = intAt(this.#level, node) + 1;
		const known = intAt(this.#next, node);
		for (let step = known === -1 ? this.#firstStep(node) : known; step < end; step++) {
			const target = this.#targetOf(node, step);
			if (target !== -1 && intAt(this.#level, target) === wanted) {
				this.#next[node] = step;
				return step;
			}
		}
		this.#next[node] = end;
		return -1;
	}

	#commit(length: number): void {
		this.#isFed[intAt(this.#path, 0)] = 1;
		this.#isDrained[intAt(this.#path, length - 1) - this.#size] = 1;
		for (let i = 1; i < length; i++) {
			const isForward = intAt(this.#path, i) >= this.#size;
			const edge = intAt(this.#via, i);
			if (edge === -1) {
				const task = isForward ? intAt(this.#path, i - 1) : intAt(this.#path, i);
				this.#through[task] = intAt(this.#through, task) + (isForward ? -1 : 1);
			} else {
				this.#onEdge[edge] = intAt(this.#onEdge, edge) + (isForward ? 1 : -1);
			}
		}
	}

	// The steps from a node are numbered like its row in the graph; one more, the last, stays within the task.

	#firstStep(node: number): number {
		return node < this.#size
			? intAt(this.#graph.successorStart, node)
			: intAt(this.#graph.predecessorStart, node - this.#size);
	}

	#endStep(node: number): number {
		const task = node < this.#size ? node : node - this.#size;
		const start = node < this.#size ? this.#graph.successorStart : this.#graph.predecessorStart;
		return intAt(start, task + 1) + 1;
	}

	/** Where a step leads, or -1 where nothing can flow. */
	#targetOf(node: number, step: number): number {
		const isLast = step === this.#endStep(node) - 1;
		if (node < this.#size) {
			if (isLast) {
				return intAt(this.#through, node) > 0 ? node + this.#size : -1;
			}
			return this.#isUsable[step] === 1 ? intAt(this.#graph.successors, step) + this.#size : -1;
		}
		if (isLast) {
			return node - this.#size;
		}
		return intAt(this.#onEdge, intAt(this.#edgeOf, step)) > 0 ? intAt(this.#graph.predecessors, step) : -1;
	}

	#edgeAt(node: number, step: number): number {
		if (step === this.#endStep(node) - 1) {
			return -1;
		}
		return node < this.#size ? step : intAt(this.#edgeOf, step);
	}

	/** After the last search: what is reached as the first kind and not as the second is no chain's inner node (König). */
	antichain(): Int32Array {
		const nodes: number[] = [];
		for (let n = 0; n < this.#size; n++) {
			if (intAt(this.#level, n) !== 0 && intAt(this.#level, n + this.#size) === 0) {
				nodes.push(n);
			}
		}
		return Int32Array.from(nodes);
	}
}
