import { realAt } from './buildGraph.ts';
import type { LiveOrder } from './liveOrder.ts';
import { ripple } from './ripple.ts';

/**
 * Earliest starts and slack of the nodes of an order (EXECUTION P1), kept up with edits: what an edit of a weight or of an
 * edge changes is worked out when it is next asked for, in the order of levels and only as far as figures become others.
 */
export class LivePaths {
	readonly #order: LiveOrder;
	readonly #weights: Float64Array;
	/** When each node begins at the earliest, and how long it takes from there to the end of what waits for it. */
	readonly #start: Float64Array;
	readonly #tail: Float64Array;
	readonly #early = new Set<number>();
	readonly #late = new Set<number>();
	#length = 0;

	/** `weights` are the caller's to change, who then calls `touch`. */
	constructor(order: LiveOrder, weights: Float64Array) {
		this.#order = order;
		this.#weights = weights;
		const { size } = order.needs;
		this.#start = new Float64Array(size);
		this.#tail = new Float64Array(size);
		const nodes = nodesByLevel(order.levels);
		for (const node of nodes) {
			this.#begin(node);
		}
		for (const node of nodes.reverse()) {
			this.#end(node);
		}
		this.#length = this.#longest();
	}

	/** Says that a node weighs or waits for something else; `others` are those that it waited or waits for. */
	touch(node: number, others: readonly number[]): void {
		this.#early.add(node);
		// Who follows begins later where the node itself does not.
		this.#order.followers.each(node, (next) => this.#early.add(next));
		this.#late.add(node);
		for (const each of others) {
			this.#late.add(each);
		}
	}

	/** How much later than it could a node may begin without moving the end of everything. */
	slackOf(node: number): number {
		this.#settle();
		return this.#length - realAt(this.#start, node) - realAt(this.#tail, node);
	}

	#settle(): void {
		if (this.#late.size === 0) {
			return;
		}
		const { levels, needs, followers } = this.#order;
		ripple([...this.#early], {
			rankOf: (node) => levels[node] ?? 0,
			update: (node) => this.#begin(node),
			next: (node, visit) => followers.each(node, visit),
		});
		ripple([...this.#late], {
			rankOf: (node) => -(levels[node] ?? 0),
			update: (node) => this.#end(node),
			next: (node, visit) => needs.each(node, visit),
		});
		this.#early.clear();
		this.#late.clear();
		this.#length = this.#longest();
	}

	/** True when a node begins at another time than before. */
	#begin(node: number): boolean {
		let start = 0;
		this.#order.needs.each(node, (each) => {
			start = Math.max(start, realAt(this.#start, each) + realAt(this.#weights, each));
		});
		const isOther = this.#start[node] !== start;
		this.#start[node] = start;
		return isOther;
	}

	/** True when what follows a node takes another time than before. */
	#end(node: number): boolean {
		let rest = 0;
		this.#order.followers.each(node, (each) => {
			rest = Math.max(rest, realAt(this.#tail, each));
		});
		const tail = rest + realAt(this.#weights, node);
		const isOther = this.#tail[node] !== tail;
		this.#tail[node] = tail;
		return isOther;
	}

	#longest(): number {
		let length = 0;
		for (let node = 0; node < this.#tail.length; node++) {
			length = Math.max(length, realAt(this.#start, node) + realAt(this.#weights, node));
		}
		return length;
	}
}

/** Node numbers, those of the lowest level first (counting sort). */
function nodesByLevel(levels: Int32Array): Int32Array {
	const next: number[] = [];
	for (const level of levels) {
		next[level + 1] = (next[level + 1] ?? 0) + 1;
	}
	for (let level = 1; level < next.length; level++) {
		next[level] = (next[level] ?? 0) + (next[level - 1] ?? 0);
	}
	const nodes = new Int32Array(levels.length);
	for (const [node, level] of levels.entries()) {
		const place = next[level] ?? 0;
		nodes[place] = node;
		next[level] = place + 1;
	}
	return nodes;
}
