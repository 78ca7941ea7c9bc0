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
	readonly row: number;
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

const kindIndex = new Map(barKinds.map((kind, index) => [kind, index]));

/** Packs bars for drawing. Bars of rows that do not exist are left out. */
export function packBars(rows: readonly GanttRow[], bars: readonly Bar[]): GanttData {
	const sorted = bars
		.filter(({ row }) => row >= 0 && row < rows.length)
		.sort((a, b) => a.row - b.row || a.start - b.start || a.end - b.end);
	const rowStart = new Int32Array(rows.length + 1);
	for (const { row } of sorted) {
		rowStart[row + 1] = (rowStart[row + 1] ?? 0) + 1;
	}
	for (let r = 0; r < rows.length; r++) {
		rowStart[r + 1] = (rowStart[r + 1] ?? 0) + (rowStart[r] ?? 0);
	}
	const reaches = new Float64Array(sorted.length);
	let end = 0;
	for (const [index, bar] of sorted.entries()) {
		const isFirst = index === rowStart[bar.row];
		reaches[index] = isFirst ? bar.end : Math.max(reaches[index - 1] ?? 0, bar.end);
		end = Math.max(end, bar.end);
	}
	return {
		rows,
		rowStart,
		starts: Float64Array.from(sorted, (bar) => bar.start),
		ends: Float64Array.from(sorted, (bar) => bar.end),
		kinds: Uint8Array.from(sorted, (bar) => kindIndex.get(bar.kind) ?? 0),
		items: Int32Array.from(sorted, (bar) => bar.item),
		reaches,
		end,
	};
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
