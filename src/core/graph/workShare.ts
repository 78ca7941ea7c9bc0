/** In thousandths, which are exact for minutes that people write. */
const fineness = 1_000;

/**
 * What each of some workers has of some work at least. Where all weights are multiples of one number, so are the starts and
 * ends of some best schedule, and a share is rounded up to it.
 */
export class WorkShare {
	readonly #workers: number;
	/** What all weights are multiples of; 0 where they are multiples of nothing in particular. */
	readonly #grid: number;

	constructor(weights: Float64Array, workers: number) {
		this.#workers = workers;
		this.#grid = gridOf(weights);
	}

	of(work: number): number {
		const each = work / this.#workers;
		return this.#grid === 0 ? each : Math.ceil(each / this.#grid - 1e-6) * this.#grid;
	}
}

function gridOf(weights: Float64Array): number {
	let grid = 0;
	for (const weight of weights) {
		const whole = Math.round(weight * fineness);
		if (Math.abs(weight * fineness - whole) > 1e-6) {
			return 0;
		}
		grid = commonDivisor(grid, whole);
	}
	return grid / fineness;
}

function commonDivisor(a: number, b: number): number {
	let [large, small] = [a, b];
	while (small > 0) {
		[large, small] = [small, large % small];
	}
	return large;
}
