/** How values are spread: five numbers that say more than a mean where a few take very long. */
export interface Spread {
	/** How many values it is made of; at least 1. */
	readonly n: number;
	readonly least: number;
	/** First quartile. */
	readonly lower: number;
	readonly median: number;
	/** Third quartile. */
	readonly upper: number;
	readonly most: number;
}

/**
 * The spread of some numbers, in any order; null for none. Quartiles are interpolated between the two nearest values
 * (type 7 of Hyndman and Fan, "Sample Quantiles in Statistical Packages", 1996), as spreadsheets do.
 */
export function spreadOf(values: readonly number[]): Spread | null {
	const sorted = Float64Array.from(values).sort();
	const n = sorted.length;
	if (n === 0) {
		return null;
	}
	const at = (share: number) => quantile(sorted, share);
	return { n, least: at(0), lower: at(0.25), median: at(0.5), upper: at(0.75), most: at(1) };
}

/** The same spread in another unit. */
export function scaleSpread(spread: Spread, factor: number): Spread {
	return {
		n: spread.n,
		least: spread.least * factor,
		lower: spread.lower * factor,
		median: spread.median * factor,
		upper: spread.upper * factor,
		most: spread.most * factor,
	};
}

function quantile(sorted: Float64Array, share: number): number {
	const place = (sorted.length - 1) * share;
	const below = Math.floor(place);
	const low = sorted[below] ?? 0;
	const high = sorted[below + 1] ?? low;
	return low + (high - low) * (place - below);
}
