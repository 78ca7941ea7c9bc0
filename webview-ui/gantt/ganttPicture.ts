import type { TextFitter } from '../shared/fitText.ts';
import type { GanttData } from './ganttData.ts';
import type { GanttTheme } from './ganttTheme.ts';
import type { GanttFrame, GanttWindow } from './ganttWindow.ts';
import type { Tick } from './ticks.ts';

/** Everything a picture of the chart depends on. */
export interface GanttPicture {
	readonly data: GanttData;
	readonly view: GanttWindow;
	readonly frame: GanttFrame;
	readonly theme: GanttTheme;
	readonly fitter: TextFitter;
	readonly ticks: readonly Tick[];
	/** What a bar of an item says. */
	readonly labelOf: (item: number) => string;
	/** Items that stand out; -1 for none. */
	readonly selected: number;
	readonly hovered: number;
	/** The present, in the chart's time; null in a forecast. */
	readonly now: number | null;
}

/** Fonts of the canvas, without their family. */
export const textFont = '12px';
export const smallFont = '11px';

/** Where a time stands, in pixels from the left edge of the chart. */
export function placeOf(time: number, view: GanttWindow, frame: GanttFrame): number {
	return frame.labels + (time - view.from) * view.scale;
}

/** Where a row begins, in pixels from the top of the chart. */
export function topOf(row: number, { view, frame }: Pick<GanttPicture, 'view' | 'frame'>): number {
	return frame.axis + row * frame.rowHeight - view.scrollTop;
}
