import { drawRowBars } from './drawBars.ts';
import { drawAxis, drawLabels } from './drawLabels.ts';
import type { GanttPicture } from './ganttPicture.ts';
import { placeOf, topOf } from './ganttPicture.ts';
import { barsWidth, rowsInView } from './ganttWindow.ts';

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

interface Area {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

function clipTo(context: CanvasRenderingContext2D, area: Area, draw: () => void): void {
	context.save();
	context.beginPath();
	context.rect(area.x, area.y, area.width, area.height);
	context.clip();
	draw();
	context.restore();
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
		drawRowBars(context, picture, row);
	}
	drawNow(context, picture);
}

function drawNow(context: CanvasRenderingContext2D, { now, view, frame, theme }: GanttPicture): void {
	if (now !== null) {
		context.fillStyle = theme.critical;
		context.fillRect(Math.round(placeOf(now, view, frame)), frame.axis, 1.5, frame.height);
	}
}
