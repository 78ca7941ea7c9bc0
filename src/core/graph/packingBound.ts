import { realAt } from './buildGraph.ts';

/** Of the j × workers + 1 largest tasks, j + 1 must share a worker: at least the j + 1 smallest of them. */
export function packingBound(weights: Float64Array, workers: number): number {
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
