import type { Graph } from './buildGraph.ts';
import { realAt } from './buildGraph.ts';
import { orderNodes } from './orderNodes.ts';
import { packingBound } from './packingBound.ts';
import { ReachTable } from './reachTable.ts';
import { WorkShare } from './workShare.ts';

/**
 * How long so many workers need at least, because in places too few tasks can run at once. A plan in which everything of
 * one part comes before everything of the next takes as long as its parts together. Within a part, tasks that cannot begin
 * before a head and leave at least a tail behind them need head + work / workers + tail, for every pair that occurs
 * (Fernandez and Bussell, "Bounds on the Number of Processors and Time for Multiprocessor Optimal Schedules", 1973). Heads
 * and tails are those of the workers, not of the dependencies alone: what a task waits for has to be shared out first. Time
 * and memory grow with the square of the graph.
 */
export function windowBound(graph: Graph, weights: Float64Array, workers: number): number {
	const order = orderNodes(graph);
	const share = new WorkShare(weights, workers);
	const before = new ReachTable(graph, order, 'predecessors');
	const after = new ReachTable(graph, order, 'successors');
	return partsInSeries(order.nodes, before).reduce((sum, nodes) => {
		const heads = headsOf(nodes, { weights, share, before });
		const tails = headsOf(nodes.toReversed(), { weights, share, before: after });
		const own = Float64Array.from(nodes, (n) => realAt(weights, n));
		const windows = boundOfWindows(nodes, { weights, share, heads, tails });
		return sum + Math.max(windows, packingBound(own, workers));
	}, 0);
}

/** Nodes in groups, in order: every node waits for all of the groups before its own. */
function partsInSeries(nodes: Int32Array, before: ReachTable): number[][] {
	const counts = new Map(Array.from(nodes, (n) => [n, before.count(n)]));
	// What waits for a node waits for more than the node does, so this is an order of the graph as well.
	const sorted = [...nodes].sort((a, b) => (counts.get(a) ?? 0) - (counts.get(b) ?? 0));
	const parts: number[][] = [];
	let from = 0;
	for (const [place, n] of sorted.entries()) {
		// All that follow wait for at least as many; a part ends where that is everything before them.
		if (place > from && counts.get(n) === place && areAllBefore(sorted, { from, place, before })) {
			parts.push(sorted.slice(from, place));
			from = place;
		}
	}
	return from < sorted.length ? [...parts, sorted.slice(from)] : parts;
}

/** What stands before the part does so for all that follow; only the part itself is looked at. */
function areAllBefore(
	sorted: readonly number[],
	{ from, place, before }: { readonly from: number; readonly place: number; readonly before: ReachTable },
): boolean {
	const part = sorted.slice(from, place);
	return sorted.slice(place).every((n) => part.every((other) => before.has(n, other)));
}

interface HeadOptions {
	readonly weights: Float64Array;
	readonly share: WorkShare;
	readonly before: ReachTable;
}

/** The earliest start of each node within its part: what is before it has to be done by so many workers. */
function headsOf(nodes: readonly number[], { weights, share, before }: HeadOptions): Float64Array {
	const heads = new Float64Array(weights.length);
	/** Nodes that have a head, those with the latest first. */
	const known: number[] = [];
	for (const node of nodes) {
		let head = 0;
		let work = 0;
		for (const other of known) {
			if (before.has(node, other)) {
				const from = realAt(heads, other);
				work += realAt(weights, other);
				head = Math.max(head, from + realAt(weights, other), from + share.of(work));
			}
		}
		heads[node] = head;
		const place = known.findIndex((other) => realAt(heads, other) < head);
		known.splice(place < 0 ? known.length : place, 0, node);
	}
	return heads;
}

interface Windows extends Omit<HeadOptions, 'before'> {
	readonly heads: Float64Array;
	readonly tails: Float64Array;
}

function boundOfWindows(nodes: readonly number[], { weights, share, heads, tails }: Windows): number {
	const byTail = nodes.toSorted((a, b) => realAt(tails, b) - realAt(tails, a));
	let bound = 0;
	for (const head of new Set(nodes.map((n) => realAt(heads, n)))) {
		let work = 0;
		for (const n of byTail) {
			if (realAt(heads, n) >= head) {
				work += realAt(weights, n);
				bound = Math.max(bound, head + share.of(work) + realAt(tails, n));
			}
		}
	}
	return bound;
}
