import type { GanttRow } from './ganttData.ts';
import type { GanttPicture } from './ganttPicture.ts';
import { placeOf, smallFont, textFont, topOf } from './ganttPicture.ts';

/** A narrower column of labels has no room for what stands behind them. */
const detailsFrom = 140;

/** Paints what names the rows: headings over the whole width, because nothing else stands there. */
export function drawLabels(
	context: CanvasRenderingContext2D,
	picture: GanttPicture,
	[first, last]: readonly [number, number],
): void {
	const { data, frame, theme } = picture;
	context.textBaseline = 'middle';
	context.fillStyle = theme.strongLine;
	context.fillRect(frame.labels - 1, frame.axis, 1, frame.height);
	for (let row = first; row <= last; row++) {
		const entry = data.rows[row];
		if (entry !== undefined) {
			drawLabel(context, picture, { entry, middle: topOf(row, picture) + frame.rowHeight / 2 });
		}
	}
}

function drawLabel(
	context: CanvasRenderingContext2D,
	{ frame, theme, fitter }: GanttPicture,
	{ entry, middle }: { readonly entry: GanttRow; readonly middle: number },
): void {
	const { heading, label } = entry;
	const room = heading || frame.labels < detailsFrom ? 0 : Math.floor(frame.labels * 0.45);
	const detail = room === 0 ? '' : fitter.fit(entry.detail, { font: smallFont, width: room });
	context.textAlign = 'right';
	context.font = `${smallFont} ${theme.font}`;
	context.fillStyle = theme.muted;
	context.fillText(detail, frame.labels - 8, middle);
	const taken = detail === '' ? 0 : Math.ceil(fitter.widthOf(detail, smallFont)) + 8;
	const font = heading ? `600 ${textFont}` : textFont;
	const inset = heading ? 8 : 12;
	const width = (heading ? frame.width : frame.labels - taken) - inset - 8;
	context.textAlign = 'left';
	context.font = `${font} ${theme.font}`;
	context.fillStyle = theme.text;
	context.fillText(fitter.fit(label, { font, width }), inset, middle);
}

/** Paints the times above the bars. A label that does not fit before the edge is left out. */
export function drawAxis(
	context: CanvasRenderingContext2D,
	{ frame, view, theme, fitter, ticks }: GanttPicture,
): void {
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
			if (x + 5 + fitter.widthOf(label, smallFont) <= frame.width) {
				context.fillText(label, x + 5, frame.axis / 2);
			}
		}
	}
}
