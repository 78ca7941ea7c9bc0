import { barBox } from './drawBars.ts';
import type { GanttData } from './ganttData.ts';
import { firstBarFrom, kindOf, rowOfBar } from './ganttData.ts';
import type { GanttFrame, GanttWindow } from './ganttWindow.ts';

/** Pixels beside a thin bar that still mean it. */
const reach = 3;

/** The bar at a place of the chart, the last painted where several lie there; -1 for none. */
export function barAt(
	{ data, view, frame }: { readonly data: GanttData; readonly view: GanttWindow; readonly frame: GanttFrame },
	point: { readonly x: number; readonly y: number },
): number {
	const row = rowAt({ data, view, frame }, point);
	if (row === -1 || point.x < frame.labels) {
		return -1;
	}
	const time = view.from + (point.x - frame.labels) / view.scale;
	const slack = reach / view.scale;
	const inRow = point.y - frame.axis + view.scrollTop - row * frame.rowHeight;
	let found = -1;
	for (let bar = firstBarFrom(data, row, time - slack); bar < (data.rowStart[row + 1] ?? 0); bar++) {
		if ((data.starts[bar] ?? 0) > time + slack) {
			break;
		}
		const kind = kindOf(data, bar);
		const { top, height } = barBox(kind, frame.rowHeight);
		const isThere = (data.ends[bar] ?? 0) >= time - slack && inRow >= top - 2 && inRow <= top + height + 2;
		if (isThere && (found === -1 || kind !== 'plan')) {
			found = bar;
		}
	}
	return found;
}

/** The row at a place of the chart; -1 outside of all. */
export function rowAt(
	{ data, view, frame }: { readonly data: GanttData; readonly view: GanttWindow; readonly frame: GanttFrame },
	{ y }: { readonly y: number },
): number {
	const row = Math.floor((y - frame.axis + view.scrollTop) / frame.rowHeight);
	return y < frame.axis || row < 0 || row >= data.rows.length ? -1 : row;
}

export type Step = 'left' | 'right' | 'up' | 'down';

/**
 * Where an arrow key leads from a bar: left and right to its neighbours in the row, up and down to the bar of the next
 * row with bars that is nearest in time. Stays where there is nothing. From -1 to the first bar of all.
 */
export function walkBars(data: GanttData, from: number, step: Step): number {
	if (from === -1) {
		return data.starts.length > 0 ? 0 : -1;
	}
	const row = rowOfBar(data, from);
	if (step === 'left' || step === 'right') {
		return beside(data, row, { from, sign: step === 'left' ? -1 : 1 });
	}
	const sign = step === 'up' ? -1 : 1;
	for (let next = row + sign; next >= 0 && next < data.rows.length; next += sign) {
		const found = nearest(data, next, data.starts[from] ?? 0);
		if (found !== -1) {
			return found;
		}
	}
	return from;
}

/** The next bar of the row that belongs to another item or is another piece of work; never the thin line of the plan. */
function beside(data: GanttData, row: number, { from, sign }: { from: number; sign: number }): number {
	const first = data.rowStart[row] ?? 0;
	const end = data.rowStart[row + 1] ?? 0;
	for (let bar = from + sign; bar >= first && bar < end; bar += sign) {
		if (kindOf(data, bar) !== 'plan') {
			return bar;
		}
	}
	return from;
}

function nearest(data: GanttData, row: number, time: number): number {
	const first = data.rowStart[row] ?? 0;
	const end = data.rowStart[row + 1] ?? 0;
	let best = -1;
	for (let bar = first; bar < end; bar++) {
		const isNearer =
			best === -1 || Math.abs((data.starts[bar] ?? 0) - time) < Math.abs((data.starts[best] ?? 0) - time);
		const isBetterKind = best !== -1 && kindOf(data, best) === 'plan' && kindOf(data, bar) !== 'plan';
		if (isBetterKind || (isNearer && (best === -1 || kindOf(data, bar) !== 'plan'))) {
			best = bar;
		}
	}
	return best;
}
