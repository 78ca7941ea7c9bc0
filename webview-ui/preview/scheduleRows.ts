import type { Forecast } from '../forecast/forecast.ts';
import type { GanttData } from '../gantt/ganttData.ts';
import { barKinds } from '../gantt/ganttData.ts';
import { fillIn } from '../shared/fillIn.ts';

const plannedKind = barKinds.indexOf('planned');
const criticalKind = barKinds.indexOf('critical');

/** The chart of a forecast: a row for each agent with the share of time it is busy; items are places in the plan's list. */
export function scheduleRows(
	forecast: Forecast,
	words: { readonly agent: string; readonly busy: string },
): GanttData {
	const { slotCount, makespanMinutes } = forecast;
	const { busy, rowStart } = measureSlots(forecast);
	const rows = Array.from(busy, (minutes, row) => ({
		label: fillIn(words.agent, row + 1),
		detail: makespanMinutes > 0 ? fillIn(words.busy, Math.round((100 * minutes) / makespanMinutes)) : '',
		heading: false,
	}));
	for (let row = 0; row < slotCount; row++) {
		rowStart[row + 1] = (rowStart[row + 1] ?? 0) + (rowStart[row] ?? 0);
	}
	const bars = placeBars(forecast, rowStart);
	// Nothing overlaps in a row: a slot does one thing at a time.
	return { rows, rowStart, ...bars, reaches: bars.ends, end: makespanMinutes };
}

// Plain loops below: this is done for every number of agents that a slider passes over.

/** Minutes each slot is busy, and one place further how many tasks it has. */
function measureSlots({ tasks, starts, ends, slots, slotCount }: Forecast) {
	const busy = new Float64Array(slotCount);
	const rowStart = new Int32Array(slotCount + 1);
	for (let index = 0; index < tasks.length; index++) {
		const slot = slots[index] ?? 0;
		busy[slot] = (busy[slot] ?? 0) + (ends[index] ?? 0) - (starts[index] ?? 0);
		rowStart[slot + 1] = (rowStart[slot + 1] ?? 0) + 1;
	}
	return { busy, rowStart };
}

/** Tasks come in order of start, so each is put behind the last of its row: no sorting, no objects. */
function placeBars({ tasks, starts, ends, slots, critical }: Forecast, rowStart: Int32Array) {
	const next = rowStart.slice();
	const bars = {
		starts: new Float64Array(tasks.length),
		ends: new Float64Array(tasks.length),
		kinds: new Uint8Array(tasks.length),
		items: new Int32Array(tasks.length),
	};
	for (let index = 0; index < tasks.length; index++) {
		const slot = slots[index] ?? 0;
		const bar = next[slot] ?? 0;
		bars.starts[bar] = starts[index] ?? 0;
		bars.ends[bar] = ends[index] ?? 0;
		bars.kinds[bar] = critical[index] === 1 ? criticalKind : plannedKind;
		bars.items[bar] = tasks[index] ?? -1;
		next[slot] = bar + 1;
	}
	return bars;
}
