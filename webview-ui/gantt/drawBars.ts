import type { BarKind } from './ganttData.ts';
import { firstBarFrom, kindOf } from './ganttData.ts';
import type { GanttPicture } from './ganttPicture.ts';
import { placeOf, textFont, topOf } from './ganttPicture.ts';
import { barsWidth } from './ganttWindow.ts';

/** Bars narrower than this have no text. */
const labelRoom = 34;
/** Shorter texts say nothing: `Da…`. */
const shortestText = 5;

interface Rect {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

/** Paints the bars of a row. Those that share a pixel are painted once. */
export function drawRowBars(context: CanvasRenderingContext2D, picture: GanttPicture, row: number): void {
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
	if (text !== bar.text && text.length < shortestText) {
		return;
	}
	context.font = `${textFont} ${picture.theme.font}`;
	context.fillStyle = bar.colors;
	context.textBaseline = 'middle';
	context.textAlign = 'left';
	context.fillText(text, bar.x + 8, bar.y + bar.height / 2 + 0.5);
}
