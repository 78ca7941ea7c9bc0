/**
 * Where more stops helping: the smallest number of workers with which the work takes at most `tolerance` longer than with
 * the best number. `curve[k - 1]` is the time of k workers, which need not fall everywhere. 0 for an empty curve.
 */
export function kneeOf(curve: readonly number[], tolerance = 0.05): number {
	const best = curve.reduce((least, time) => Math.min(least, time), Number.POSITIVE_INFINITY);
	return curve.findIndex((time) => time <= best * (1 + tolerance) + 1e-9) + 1;
}
