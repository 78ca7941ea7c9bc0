/** Ids in their order, shortly: rows from one to another (both counted in), and ids of what has no row. */
export type IdRanges = readonly (string | readonly [from: number, to: number])[];

/** `rows`: the number of each id that has one. */
export function packIds(ids: Iterable<string>, rows: ReadonlyMap<string, number>): IdRanges {
	const packed: (string | [number, number])[] = [];
	for (const id of ids) {
		const row = rows.get(id);
		const last = packed.at(-1);
		if (row === undefined) {
			packed.push(id);
		} else if (typeof last === 'object' && last[1] + 1 === row) {
			last[1] = row;
		} else {
			packed.push([row, row]);
		}
	}
	return packed;
}

/** The same ids in the same order; `ids` are those of the rows. */
export function unpackIds(packed: IdRanges, ids: readonly string[]): string[] {
	return packed.flatMap((part) => (typeof part === 'string' ? part : ids.slice(part[0], part[1] + 1)));
}
