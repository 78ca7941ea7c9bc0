import { describe, expect, it } from 'vitest';
import type { Bar, BarKind, PackedRow } from '../../webview-ui/gantt/ganttData.ts';
import { barOfItem, firstBarFrom, packRows, rowOfBar } from '../../webview-ui/gantt/ganttData.ts';
import type { Step } from '../../webview-ui/gantt/ganttHit.ts';
import { barAt, walkBars } from '../../webview-ui/gantt/ganttHit.ts';
import {
	clampWindow,
	fitWindow,
	revealSpan,
	rowsInView,
	zoomWindow,
} from '../../webview-ui/gantt/ganttWindow.ts';
import { ticksOf } from '../../webview-ui/gantt/ticks.ts';

const row = (...bars: Bar[]): PackedRow => ({ row: { label: 'Row', detail: '', heading: false }, bars });
const bar = (start: number, end: number, item: number, kind: BarKind = 'planned'): Bar => ({
	...{ start, end, item, kind },
});
const words = { hours: '{0} h', minutes: '{0} min', seconds: '{0} s' };
const frame = { width: 1_100, height: 326, labels: 100, axis: 26, rowHeight: 30 };

/** Two rows beside an empty one; the long bar of row 0 reaches beyond those that begin after it. */
const data = packRows([
	row(bar(0, 50, 1), bar(10, 20, 2), bar(40, 60, 3)),
	row(),
	row(bar(5, 9, 4), bar(5, 30, 4, 'plan')),
]);

describe('packed bars', () => {
	it('stand row by row, and know to which row they belong', () => {
		expect([...data.items]).toEqual([1, 2, 3, 4, 4]);
		expect([...data.rowStart]).toEqual([0, 3, 3, 5]);
		expect(data.end).toBe(60);
		expect([0, 1, 2, 3, 4].map((index) => rowOfBar(data, index))).toEqual([0, 0, 0, 2, 2]);
	});

	it.each([
		[0, 0, 0],
		[0, 45, 0],
		[0, 51, 2],
		[0, 61, 3],
		[1, 0, 3],
		[2, 8, 3],
	])('the first of row %i that is not over before %i is %i, also where bars overlap', (row, time, found) => {
		expect(firstBarFrom(data, row, time)).toBe(found);
	});

	it('an item is shown by its own bar and not by the line of its plan', () => {
		expect([1, 4, 8].map((item) => barOfItem(data, item))).toEqual([0, 3, -1]);
	});
});

describe('the window on a chart', () => {
	it('shows everything when it is fitted, and nothing beyond it', () => {
		const view = fitWindow(frame, 100);
		expect(view).toEqual({ from: 0, scale: 9.84, scrollTop: 0 });
		const far = { from: 500, scale: 0.01, scrollTop: 10_000 };
		expect(clampWindow(far, frame, { end: 100, rows: 20 })).toEqual({ from: 0, scale: 9.84, scrollTop: 300 });
	});

	it('keeps the time under the pointer when it is zoomed', () => {
		const view = zoomWindow({ from: 10, scale: 2, scrollTop: 0 }, frame, { factor: 3, x: 500 });
		expect(view.from + (500 - frame.labels) / view.scale).toBeCloseTo(10 + 400 / 2);
	});

	it('moves no further than it takes to show a bar', () => {
		const view = { from: 0, scale: 10, scrollTop: 0 };
		expect(revealSpan(view, frame, { row: 3, start: 10, end: 20 })).toEqual(view);
		expect(revealSpan(view, frame, { row: 30, start: 180, end: 190 })).toEqual({
			...{ scale: 10, from: 95, scrollTop: 630 },
		});
		expect(rowsInView({ ...view, scrollTop: 45 }, frame, 100)).toEqual([1, 11]);
	});
});

describe('the axis', () => {
	it.each([
		[{ from: 0, to: 0.5, scale: 25_000 }, ['0', '0.2 s', '0.4 s']],
		[{ from: 0, to: 0.5, scale: 1_200 }, ['0', '5 s', '10 s']],
		[{ from: 1, to: 1.3, scale: 1_200 }, ['1:00', '1:05', '1:10']],
		[{ from: 0, to: 200, scale: 3 }, ['0', '30 min', '1 h']],
		[{ from: 65, to: 130, scale: 6 }, ['1:15', '1:30', '1:45']],
		[{ from: 0, to: 9_000, scale: 0.2 }, ['0', '8 h', '16 h']],
	])('counts %j in round steps', (span, labels) => {
		expect(
			ticksOf(span, words)
				.slice(0, 3)
				.map(({ label }) => label),
		).toEqual(labels);
	});
});

describe('pointer and keyboard', () => {
	const view = { from: 0, scale: 10, scrollTop: 0 };
	it.each([
		['a bar', { x: 100 + 300, y: 40 }, 0],
		['the later of two that overlap', { x: 100 + 150, y: 40 }, 1],
		['a gap', { x: 100 + 700, y: 40 }, -1],
		['the labels', { x: 50, y: 40 }, -1],
		['the axis', { x: 200, y: 10 }, -1],
		['an empty row', { x: 200, y: 70 }, -1],
		['the line of the plan, below the bars', { x: 100 + 200, y: 26 + 60 + 26 }, 4],
	])('finds %s', (_, point, found) => {
		expect(barAt({ data, view, frame }, point)).toBe(found);
	});

	it.each<[number, Step, number]>([
		[-1, 'right', 0],
		[0, 'right', 1],
		[2, 'right', 2],
		[1, 'left', 0],
		[2, 'down', 3],
		[3, 'up', 0],
		[3, 'right', 3],
	])('from %i, %s leads to %i', (from, step, to) => {
		expect(walkBars(data, from, step)).toBe(to);
	});
});
