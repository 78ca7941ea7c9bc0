/** What of a chart is seen: a span of time, and how far its rows are scrolled. Sizes in CSS pixels. */
export interface GanttWindow {
	/** The time at the left edge of the bars. */
	readonly from: number;
	/** Pixels per unit of time. */
	readonly scale: number;
	readonly scrollTop: number;
}

/** The place the chart has, with what its parts take of it. */
export interface GanttFrame {
	readonly width: number;
	readonly height: number;
	/** Width of the column of labels. */
	readonly labels: number;
	/** Height of the axis. */
	readonly axis: number;
	readonly rowHeight: number;
}

/** Pixels between the last bar and the right edge when everything fits. */
const margin = 16;

/** Never closer than this many pixels to a unit of time. */
const maxScale = 30_000;

/** Width of what shows bars. */
export function barsWidth({ width, labels }: GanttFrame): number {
	return Math.max(1, width - labels);
}

/** Everything from the beginning to `end` in view. */
export function fitWindow(frame: GanttFrame, end: number): GanttWindow {
	const usable = Math.max(1, barsWidth(frame) - margin);
	return { from: 0, scale: end > 0 ? Math.min(maxScale, usable / end) : 1, scrollTop: 0 };
}

/** Keeps a window within the chart: no further out than everything, no further than one end. */
export function clampWindow(
	view: GanttWindow,
	frame: GanttFrame,
	size: { readonly end: number; readonly rows: number },
): GanttWindow {
	const smallest = fitWindow(frame, size.end).scale;
	const scale = Math.max(smallest, Math.min(maxScale, view.scale));
	const latest = Math.max(0, size.end - (barsWidth(frame) - margin) / scale);
	const rowsHeight = size.rows * frame.rowHeight;
	const lowest = Math.max(0, rowsHeight - (frame.height - frame.axis));
	return {
		scale,
		from: Math.max(0, Math.min(latest, view.from)),
		scrollTop: Math.max(0, Math.min(lowest, view.scrollTop)),
	};
}

/** Zooms by a factor so that the time under `x` (from the left edge of the chart) stays where it is. */
export function zoomWindow(view: GanttWindow, frame: GanttFrame, { factor, x }: ZoomStep): GanttWindow {
	const place = Math.max(0, x - frame.labels);
	const time = view.from + place / view.scale;
	const scale = Math.min(maxScale, view.scale * factor);
	return { ...view, scale, from: time - place / scale };
}

interface ZoomStep {
	readonly factor: number;
	readonly x: number;
}

/** Brings a bar into view with as little movement as possible. */
export function revealSpan(
	view: GanttWindow,
	frame: GanttFrame,
	span: { readonly row: number; readonly start: number; readonly end: number },
): GanttWindow {
	const width = barsWidth(frame) / view.scale;
	const room = frame.height - frame.axis;
	const top = span.row * frame.rowHeight;
	let { from, scrollTop } = view;
	if (span.start < from || span.end - span.start > width) {
		from = span.start - width * 0.05;
	} else if (span.end > from + width) {
		from = span.end - width * 0.95;
	}
	if (top < scrollTop) {
		scrollTop = top;
	} else if (top + frame.rowHeight > scrollTop + room) {
		scrollTop = top + frame.rowHeight - room;
	}
	return { ...view, from, scrollTop };
}

/** First and last row that are at least in part in view. */
export function rowsInView(view: GanttWindow, frame: GanttFrame, rows: number): readonly [number, number] {
	const first = Math.max(0, Math.floor(view.scrollTop / frame.rowHeight));
	const last = Math.ceil((view.scrollTop + frame.height - frame.axis) / frame.rowHeight) - 1;
	return [first, Math.min(rows - 1, last)];
}
