import type { Forecast } from '../forecast/forecast.ts';
import type { GanttData } from '../gantt/ganttData.ts';
import { barKinds } from '../gantt/ganttData.ts';
import { fillIn } from '../shared/fillIn.ts';

/** The chart of a forecast: a row for each agent with the share of time it is busy; items are places in the plan's list. */
export function scheduleRows(
	forecast: Forecast,
	words: { readonly agent: string; readonly busy: string },
): GanttData {
	const { tasks, starts, ends, slots, critical, slotCount, makespanMinutes } = forecast;
	const busy = new Float64Array(slotCount);
	const rowStart = new Int32Array(slotCount + 1);
	for (const [index, slot] of slots.entries()) {
		busy[slot] = (busy[slot] ?? 0) + (ends[index] ?? 0) - (starts[index] ?? 0);
		rowStart[slot + 1] = (rowStart[slot + 1] ?? 0) + 1;
	}
	for (let row = 0; row < slotCount; row++) {
		rowStart[row + 1] = (rowStart[row + 1] ?? 0) + (rowStart[row] ?? 0);
	}
	// Tasks come in order of start, so each is put behind the last of its row: no sorting, no objects.
	const next = rowStart.slice();
	const order = new Int32Array(tasks.length);
	for (const [index, slot] of slots.entries()) {
		const bar = next[slot] ?? 0;
		order[bar] = index;
		next[slot] = bar + 1;
	}
	const rows = Array.from(busy, (minutes, row) => ({
		label: fillIn(words.agent, row + 1),
		detail: makespanMinutes > 0 ? fillIn(words.busy, Math.round((100 * minutes) / makespanMinutes)) : '',
		heading: false,
	}));
	const rowEnds = Float64Array.from(order, (index) => ends[index] ?? 0);
	return {
		...{ rows, rowStart, ends: rowEnds },
		starts: Float64Array.from(order, (index) => starts[index] ?? 0),
		kinds: Uint8Array.from(order, (index) =>
			barKinds.indexOf(critical[index] === 1 ? 'critical' : 'planned'),
		),
		items: Int32Array.from(order, (index) => tasks[index] ?? -1),
		// Nothing overlaps in a row: a slot does one thing at a time.
		reaches: rowEnds,
		end: makespanMinutes,
	};
}
