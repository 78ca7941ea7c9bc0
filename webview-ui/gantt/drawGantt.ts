import type { TextFitter } from '../shared/fitText.ts';
import type { BarKind, GanttData } from './ganttData.ts';
import { firstBarFrom, kindOf } from './ganttData.ts';
import type { GanttTheme } from './ganttTheme.ts';
import type { GanttFrame, GanttWindow } from './ganttWindow.ts';
import { barsWidth, rowsInView } from './ganttWindow.ts';
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

/** Bars narrower than this have no text. */
const labelRoom = 34;
/** A narrower column of labels has no room for what stands behind them. */
const detailsFrom = 140;
const textFont = '12px';
const smallFont = '11px';

/** Paints the chart. What is out of view costs nothing, and bars that share a pixel are painted once. */
export function drawGantt(context: CanvasRenderingContext2D, picture: GanttPicture): void {
	const { frame, theme } = picture;
	context.fillStyle = theme.ground;
	context.fillRect(0, 0, frame.width, frame.height);
	const rows = rowsInView(picture.view, frame, picture.data.rows.length);
	clipTo(context, { x: 0, y: frame.axis, width: frame.width, height: frame.height - frame.axis }, () => {
		drawGround(context, picture, rows);
		clipTo(context, { x: frame.labels, y: frame.axis, width: barsWidth(frame), height: frame.height }, () =>
			drawRows(context, picture, rows),
		);
		drawLabels(context, picture, rows);
	});
	drawAxis(context, picture);
}

interface Rect {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

function clipTo(context: CanvasRenderingContext2D, rect: Rect, draw: () => void): void {
	context.save();
	context.beginPath();
	context.rect(rect.x, rect.y, rect.width, rect.height);
	context.clip();
	draw();
	context.restore();
}

/** Where a time stands, in pixels from the left edge of the chart. */
export function placeOf(time: number, view: GanttWindow, frame: GanttFrame): number {
	return frame.labels + (time - view.from) * view.scale;
}

function topOf(row: number, { view, frame }: Pick<GanttPicture, 'view' | 'frame'>): number {
	return frame.axis + row * frame.rowHeight - view.scrollTop;
}

function drawGround(
	context: CanvasRenderingContext2D,
	picture: GanttPicture,
	[first, last]: readonly [number, number],
): void {
	const { data, frame, theme, ticks, view } = picture;
	for (let row = first; row <= last; row++) {
		const top = topOf(row, picture);
		if (data.rows[row]?.heading === true) {
			context.fillStyle = theme.heading;
			context.fillRect(0, top, frame.width, frame.rowHeight);
		}
		context.fillStyle = theme.line;
		context.fillRect(0, Math.round(top + frame.rowHeight) - 1, frame.width, 1);
	}
	context.fillStyle = theme.line;
	for (const { time } of ticks) {
		context.fillRect(Math.round(placeOf(time, view, frame)), frame.axis, 1, frame.height);
	}
}

function drawRows(
	context: CanvasRenderingContext2D,
	picture: GanttPicture,
	[first, last]: readonly [number, number],
): void {
	for (let row = first; row <= last; row++) {
		drawRow(context, picture, row);
	}
	drawNow(context, picture);
}

function drawRow(context: CanvasRenderingContext2D, picture: GanttPicture, row: number): void {
	const { data, view, frame } = picture;
	const to = view.from + barsWidth(frame) / view.scale;
	const end = data.rowStart[row + 1] ?? 0;
	let painted = Number.NEGATIVE_INFINITY;
	let paintedKind = -1;
	for (let bar = firstBarFrom(data, row, view.from); bar < end; bar++) {
		const start = data.starts[bar] ?? 0;
		if (start > to) {
			break;
		}
		const right = placeOf(data.ends[bar] ?? 0, view, frame);
		const kind = data.kinds[bar] ?? 0;
		const stands = isMarked(picture, data.items[bar] ?? -1);
		if (right - painted < 1 && kind === paintedKind && !stands) {
			continue;
		}
		drawBar(context, picture, { bar, row, left: placeOf(start, view, frame), right });
		painted = right;
		paintedKind = kind;
	}
}

function isMarked({ selected, hovered }: GanttPicture, item: number): boolean {
	return item !== -1 && (item === selected || item === hovered);
}

interface PlacedBar {
	readonly bar: number;
	readonly row: number;
	readonly left: number;
	readonly right: number;
}

/** Checks are thinner than work, and the forecast below real bars is a line: shapes tell them apart without colour. */
export function barBox(kind: BarKind, rowHeight: number): { readonly top: number; readonly height: number } {
	switch (kind) {
		case 'plan':
			return { top: rowHeight - 6, height: 3 };
		case 'checking':
		case 'checkPassed':
		case 'checkFailed':
			return { top: Math.round(rowHeight * 0.3), height: Math.round(rowHeight * 0.34) };
		default:
			return { top: 3, height: rowHeight - 11 };
	}
}

function drawBar(context: CanvasRenderingContext2D, picture: GanttPicture, placed: PlacedBar): void {
	const { data, frame, theme } = picture;
	const kind = kindOf(data, placed.bar);
	const box = barBox(kind, frame.rowHeight);
	const x = Math.max(frame.labels - 4, placed.left);
	const gap = placed.right - placed.left > 3 ? 1 : 0;
	const width = Math.max(1.5, Math.min(frame.width + 4, placed.right) - x - gap);
	const rect = { x, y: topOf(placed.row, picture) + box.top, width, height: box.height };
	const colors = theme.bars[kind];
	if (width < 3 || kind === 'plan') {
		// Where thousands of bars share the room, their edges would be all there is to see.
		context.fillStyle = theme.contrast || kind === 'plan' ? colors.edge : colors.fill;
		context.fillRect(rect.x, rect.y, rect.width, rect.height);
		return;
	}
	context.fillStyle = colors.fill;
	fillRounded(context, rect);
	// A strong left edge and, for what is critical, a line below: signs that survive any theme.
	context.fillStyle = colors.edge;
	context.fillRect(x, rect.y, Math.min(3, width), rect.height);
	if (kind === 'critical') {
		context.fillRect(x, rect.y + rect.height - 2, width, 2);
	}
	outline(context, picture, rect, colors.edge);
	const item = data.items[placed.bar] ?? -1;
	markBar(context, picture, { rect, item });
	if (width >= labelRoom && rect.height > 12) {
		drawBarText(context, picture, { ...rect, text: picture.labelOf(item), colors: colors.text });
	}
}

function markBar(
	context: CanvasRenderingContext2D,
	picture: GanttPicture,
	{ rect, item }: { readonly rect: Rect; readonly item: number },
): void {
	if (isMarked(picture, item)) {
		const isSelected = item === picture.selected;
		context.strokeStyle = isSelected ? picture.theme.focus : picture.theme.text;
		context.lineWidth = isSelected ? 2 : 1;
		context.strokeRect(rect.x - 1, rect.y - 1, rect.width + 2, rect.height + 2);
	}
}

function outline(
	context: CanvasRenderingContext2D,
	{ theme }: GanttPicture,
	rect: Rect,
	color: string,
): void {
	if (theme.contrast) {
		context.strokeStyle = color;
		context.lineWidth = 1;
		context.strokeRect(rect.x + 0.5, rect.y + 0.5, rect.width - 1, rect.height - 1);
	}
}

function fillRounded(context: CanvasRenderingContext2D, { x, y, width, height }: Rect): void {
	if (width < 6) {
		context.fillRect(x, y, width, height);
		return;
	}
	context.beginPath();
	context.roundRect(x, y, width, height, 3);
	context.fill();
}

interface BarText extends Rect {
	readonly text: string;
	readonly colors: string;
}

function drawBarText(context: CanvasRenderingContext2D, picture: GanttPicture, bar: BarText): void {
	const room = Math.floor(bar.width - 12);
	// Widths in steps, so that zooming does not measure every text anew with every frame.
	const width = room > 200 ? 200 + Math.floor((room - 200) / 40) * 40 : Math.floor(room / 8) * 8;
	const text = picture.fitter.fit(bar.text, { font: textFont, width });
	if (text.length < 2) {
		return;
	}
	context.font = `${textFont} ${picture.theme.font}`;
	context.fillStyle = bar.colors;
	context.textBaseline = 'middle';
	context.textAlign = 'left';
	context.fillText(text, bar.x + 8, bar.y + bar.height / 2 + 0.5);
}

function drawLabels(
	context: CanvasRenderingContext2D,
	picture: GanttPicture,
	[first, last]: readonly [number, number],
): void {
	const { data, frame, theme, fitter } = picture;
	context.textBaseline = 'middle';
	for (let row = first; row <= last; row++) {
		const entry = data.rows[row];
		if (entry === undefined) {
			continue;
		}
		const middle = topOf(row, picture) + frame.rowHeight / 2;
		const inset = entry.heading ? 8 : 12;
		const room = frame.labels < detailsFrom ? 0 : Math.floor(frame.labels * 0.45);
		const detail = room === 0 ? '' : fitter.fit(entry.detail, { font: smallFont, width: room });
		context.textAlign = 'right';
		context.font = `${smallFont} ${theme.font}`;
		context.fillStyle = theme.muted;
		context.fillText(detail, frame.labels - 8, middle);
		const taken = detail === '' ? 0 : Math.ceil(fitter.widthOf(detail, smallFont)) + 8;
		const font = entry.heading ? `600 ${textFont}` : textFont;
		context.textAlign = 'left';
		context.font = `${font} ${theme.font}`;
		context.fillStyle = theme.text;
		context.fillText(
			fitter.fit(entry.label, { font, width: frame.labels - inset - 8 - taken }),
			inset,
			middle,
		);
	}
	context.fillStyle = theme.strongLine;
	context.fillRect(frame.labels - 1, frame.axis, 1, frame.height);
}

function drawAxis(context: CanvasRenderingContext2D, { frame, view, theme, ticks }: GanttPicture): void {
	context.fillStyle = theme.ground;
	context.fillRect(0, 0, frame.width, frame.axis);
	context.fillStyle = theme.strongLine;
	context.fillRect(0, frame.axis - 1, frame.width, 1);
	context.fillStyle = theme.muted;
	context.font = `${smallFont} ${theme.font}`;
	context.textBaseline = 'middle';
	context.textAlign = 'left';
	for (const { time, label } of ticks) {
		const x = Math.round(placeOf(time, view, frame));
		if (x >= frame.labels - 1) {
			context.fillRect(x, frame.axis - 6, 1, 6);
			context.fillText(label, x + 5, frame.axis / 2);
		}
	}
}

function drawNow(context: CanvasRenderingContext2D, { now, view, frame, theme }: GanttPicture): void {
	if (now !== null) {
		context.fillStyle = theme.critical;
		context.fillRect(Math.round(placeOf(now, view, frame)), frame.axis, 1.5, frame.height);
	}
}
