/** How a bar is drawn; each kind has a colour of the theme and a shape, never a colour alone. */
export const barKinds = [
	/** Forecast work. */
	'planned',
	/** Forecast work on the critical path. */
	'critical',
	/** The thin line below a task's real bars: where the forecast had put it. */
	'plan',
	'running',
	'completed',
	'unverified',
	'failed',
	'cancelled',
	'checking',
	'checkPassed',
	'checkFailed',
] as const;
export type BarKind = (typeof barKinds)[number];

export interface GanttRow {
	readonly label: string;
	/** Small, behind the label. */
	readonly detail: string;
	/** A heading has no bars of its own and a ground of its own. */
	readonly heading: boolean;
}

/** One bar before packing. Times in the unit of the chart. */
export interface Bar {
	readonly start: number;
	readonly end: number;
	readonly kind: BarKind;
	/** The task it belongs to, as an index that the owner of the chart understands. */
	readonly item: number;
}

/**
 * Bars as columns of numbers, ordered by row and start: a chart of 10,000 tasks is drawn by walking arrays, and what is
 * visible of a row is found by bisection. `rowStart[r] … rowStart[r + 1]` are the bars of row `r`.
 */
export interface GanttData {
	readonly rows: readonly GanttRow[];
	readonly rowStart: Int32Array;
	readonly starts: Float64Array;
	readonly ends: Float64Array;
	/** Indices into `barKinds`. */
	readonly kinds: Uint8Array;
	readonly items: Int32Array;
	/** The latest end of this bar and those before it in its row, so that bisection by time holds where bars overlap. */
	readonly reaches: Float64Array;
	/** The latest end of all. */
	readonly end: number;
}

/** A row before packing, its bars in order of their start. */
export interface PackedRow {
	readonly row: GanttRow;
	readonly bars: readonly Bar[];
}

const kindIndex = new Map(barKinds.map((kind, index) => [kind, index]));

/** Packs rows for drawing, in one pass over their bars. */
export function packRows(packed: readonly PackedRow[]): GanttData {
	const count = packed.reduce((sum, { bars }) => sum + bars.length, 0);
	const rowStart = new Int32Array(packed.length + 1);
	const starts = new Float64Array(count);
	const ends = new Float64Array(count);
	const kinds = new Uint8Array(count);
	const items = new Int32Array(count);
	const reaches = new Float64Array(count);
	let at = 0;
	let end = 0;
	for (const [index, { bars }] of packed.entries()) {
		let reach = 0;
		for (const bar of bars) {
			reach = Math.max(reach, bar.end);
			starts[at] = bar.start;
			ends[at] = bar.end;
			kinds[at] = kindIndex.get(bar.kind) ?? 0;
			items[at] = bar.item;
			reaches[at] = reach;
			at++;
		}
		end = Math.max(end, reach);
		rowStart[index + 1] = at;
	}
	return { rows: packed.map(({ row }) => row), rowStart, starts, ends, kinds, items, reaches, end };
}

/** The first bar of a row that is not over before `time`; the row's end where there is none. */
export function firstBarFrom(data: GanttData, row: number, time: number): number {
	let low = data.rowStart[row] ?? 0;
	let high = data.rowStart[row + 1] ?? low;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((data.reaches[middle] ?? 0) < time) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return low;
}

export function kindOf(data: GanttData, bar: number): BarKind {
	return barKinds[data.kinds[bar] ?? 0] ?? 'planned';
}

/** The row that holds a bar. */
export function rowOfBar(data: GanttData, bar: number): number {
	let low = 0;
	let high = data.rows.length;
	while (high - low > 1) {
		const middle = (low + high) >> 1;
		if ((data.rowStart[middle] ?? 0) <= bar) {
			low = middle;
		} else {
			high = middle;
		}
	}
	return low;
}

/** The first bar of an item that is drawn in full height; -1 where it has none. */
export function barOfItem(data: GanttData, item: number): number {
	const found = data.items.indexOf(item);
	if (found === -1 || kindOf(data, found) !== 'plan') {
		return found;
	}
	const other = data.items.findIndex((own, bar) => own === item && kindOf(data, bar) !== 'plan');
	return other === -1 ? found : other;
}
