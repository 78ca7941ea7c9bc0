import type { Graph } from './buildGraph.ts';
import type { CriticalPath } from './criticalPath.ts';
import { packingBound } from './packingBound.ts';
import { windowBound } from './windowBound.ts';

/** Why no schedule can be shorter, each as a length in the unit of the weights. */
export interface LowerBounds {
	/** The longest chain. */
	readonly criticalPath: number;
	/** All work, shared evenly by all who work. */
	readonly work: number;
	/** Tasks that are too large to be shared evenly: of the largest, some must share a worker. */
	readonly indivisible: number;
	/** Stretches where too few tasks can run at once. */
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
		width: graph.size <= pairsUpTo ? windowBound(graph, all, workers) : critical.length,
	};
}

/** The largest of all bounds. */
export function largestBound(bounds: LowerBounds): { readonly by: Binding; readonly length: number } {
	// On a tie the plainest reason is said: in this order.
	const order: readonly Binding[] = ['criticalPath', 'work', 'indivisible', 'width'];
	const length = Math.max(...order.map((by) => bounds[by]));
	return { by: order.find((by) => bounds[by] >= length) ?? 'criticalPath', length };
}
