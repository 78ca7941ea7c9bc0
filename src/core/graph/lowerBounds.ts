import type { Graph } from './buildGraph.ts';
import { realAt } from './buildGraph.ts';
import type { CriticalPath } from './criticalPath.ts';

/** Why no schedule can be shorter, each as a length in the unit of the weights. */
export interface LowerBounds {
	/** The longest chain. */
	readonly criticalPath: number;
	/** All work, shared evenly by all who work. */
	readonly work: number;
	/** Tasks that are too large to be shared evenly: of the largest, some must share a worker. */
	readonly indivisible: number;
	/** Stretches at the beginning or the end where too few tasks can run at once. */
	readonly width: number;
}

/** What holds a plan up most. */
export type Binding = keyof LowerBounds;

export interface BoundOptions {
	readonly critical: CriticalPath;
	/** How many can work at once; at least one. */
	readonly workers: number;
}

/** Above this many nodes the bound of the width, whose time grows with the square, looks at the critical path only. */
const pairsUpTo = 600;

/** Lower bounds of the time that so many workers need for everything, for P | prec | Cmax. */
export function lowerBounds(
	graph: Graph,
	weights: ArrayLike<number>,
	{ critical, workers }: BoundOptions,
): LowerBounds {
	const all = Float64Array.from(weights);
	const total = all.reduce((sum, weight) => sum + weight, 0);
	return {
		criticalPath: critical.length,
		work: total / workers,
		indivisible: packingBound(all, workers),
		width: graph.size <= pairsUpTo ? windowBound(all, { critical, workers }) : critical.length,
	};
}

/** The largest of all bounds. */
export function largestBound(bounds: LowerBounds): { readonly by: Binding; readonly length: number } {
	// On a tie the plainest reason is said: in this order.
	const order: readonly Binding[] = ['criticalPath', 'work', 'indivisible', 'width'];
	const length = Math.max(...order.map((by) => bounds[by]));
	return { by: order.find((by) => bounds[by] >= length) ?? 'criticalPath', length };
}

/** Of the j × workers + 1 largest tasks, j + 1 must share a worker: at least the j + 1 smallest of them. */
function packingBound(weights: Float64Array, workers: number): number {
	const sorted = weights.toSorted((a, b) => b - a);
	let bound = sorted[0] ?? 0;
	for (let j = 1; j * workers < sorted.length; j++) {
		let sum = 0;
		for (let i = j * workers - j; i <= j * workers; i++) {
			sum += realAt(sorted, i);
		}
		bound = Math.max(bound, sum);
	}
	return bound;
}

/**
 * Tasks that cannot begin before `head` and leave at least `tail` behind them need head + work / workers + tail, for
 * every pair that occurs (Fernandez and Bussell 1973, for windows at the two ends).
 */
function windowBound(weights: Float64Array, { critical, workers }: BoundOptions): number {
	const nodes = [...weights.keys()];
	const head = critical.earliestStart;
	const after = nodes.map(
		(n) => critical.length - realAt(head, n) - realAt(critical.slack, n) - realAt(weights, n),
	);
	const byTail = nodes.toSorted((a, b) => (after[b] ?? 0) - (after[a] ?? 0));
	let bound = 0;
	for (const start of new Set(head)) {
		let work = 0;
		for (const n of byTail) {
			if (realAt(head, n) >= start) {
				work += realAt(weights, n);
				bound = Math.max(bound, start + work / workers + (after[n] ?? 0));
			}
		}
	}
	return bound;
}
