/**
 * The non-decreasing sequence nearest to `values` (least squares), by pooling adjacent violators in linear time.
 */
export function isotonic(values: readonly number[]): number[] {
	const blocks: { mean: number; size: number }[] = [];
	for (const value of values) {
		let block = { mean: value, size: 1 };
		for (let last = blocks.at(-1); last !== undefined && last.mean > block.mean; last = blocks.at(-1)) {
			blocks.pop();
			const size = last.size + block.size;
			block = { mean: (last.mean * last.size + block.mean * block.size) / size, size };
		}
		blocks.push(block);
	}
	return blocks.flatMap(({ mean, size }) => new Array<number>(size).fill(mean));
}
