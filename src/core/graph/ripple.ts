/** What a change of one node does to others. */
export interface Rippling {
	/** Where a node stands in an order in which it comes before all that it changes. Does not change before its turn. */
	readonly rankOf: (node: number) => number;
	/** Brings a node up to date; true when it is another than before. */
	readonly update: (node: number) => boolean;
	/** The nodes that one which changed may change. */
	readonly next: (node: number, visit: (other: number) => void) => void;
}

/**
 * Brings nodes up to date, and what they change in turn, each once and in order. Costs what is looked at, and one step for
 * every rank between the first and the last of it.
 */
export function ripple(first: readonly number[], { rankOf, update, next }: Rippling): void {
	const waiting = new Map<number, number[]>();
	const seen = new Set<number>();
	let rank = Number.POSITIVE_INFINITY;
	let last = Number.NEGATIVE_INFINITY;
	const take = (node: number) => {
		if (seen.has(node)) {
			return;
		}
		seen.add(node);
		const own = rankOf(node);
		rank = Math.min(rank, own);
		last = Math.max(last, own);
		const others = waiting.get(own);
		if (others === undefined) {
			waiting.set(own, [node]);
		} else {
			others.push(node);
		}
	};
	for (const node of first) {
		take(node);
	}
	for (; rank <= last; rank++) {
		const nodes = waiting.get(rank) ?? [];
		waiting.delete(rank);
		for (const node of nodes) {
			if (update(node)) {
				next(node, take);
			}
		}
	}
}
