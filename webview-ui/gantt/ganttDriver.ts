import { DisposableOwner, toDisposable } from '../../src/core/base/disposable.ts';
import type { TextFitter } from '../shared/fitText.ts';
import { drawGantt } from './drawGantt.ts';
import type { GanttData } from './ganttData.ts';
import { barOfItem, rowOfBar } from './ganttData.ts';
import type { Step } from './ganttHit.ts';
import { barAt, walkBars } from './ganttHit.ts';
import type { GanttTheme } from './ganttTheme.ts';
import { readGanttTheme } from './ganttTheme.ts';
import type { GanttFrame, GanttWindow } from './ganttWindow.ts';
import { barsWidth, clampWindow, fitWindow, revealSpan, zoomWindow } from './ganttWindow.ts';
import { ticksOf } from './ticks.ts';

/** What a chart shows. Times in minutes. */
export interface GanttContent {
	readonly data: GanttData;
	readonly labelOf: (item: number) => string;
	/** The selected item; -1 for none. */
	readonly selected: number;
	readonly now: number | null;
	/** What is in view before the person moved anything; by default everything. */
	readonly fitTo: number | null;
	readonly rowHeight: number;
	/** The row that should be in view at first; -1 for the top. */
	readonly firstRow: number;
	readonly words: { readonly hours: string; readonly minutes: string; readonly seconds: string };
}

export interface GanttDriverOptions {
	readonly canvas: HTMLCanvasElement;
	readonly fitter: TextFitter;
	/** An item that was pressed or walked to; -1 for empty ground. */
	readonly onSelect: (item: number) => void;
	/** The bar under the pointer, or none. */
	readonly onHover: (
		hover: { readonly item: number; readonly bar: number; readonly x: number; readonly y: number } | null,
	) => void;
}

const axisHeight = 26;
/** Rows that stay in view above the one that is looked at first. */
const rowsAbove = 2;

/**
 * Holds a chart's window on time and paints it, at most once a frame. It lives beside the components: a wheel turn
 * over 10,000 tasks is one painting of a canvas and no work of theirs.
 */
export class GanttDriver extends DisposableOwner {
	readonly #options: GanttDriverOptions;
	#content: GanttContent | null = null;
	#theme: GanttTheme | null = null;
	#size = { width: 0, height: 0 };
	#view: GanttWindow = { from: 0, scale: 1, scrollTop: 0 };
	/** The person moved it: it is not fitted again by itself. */
	#moved = false;
	#hovered = -1;
	/** The bar the keyboard stands on; -1 for none. */
	#bar = -1;
	#frame = 0;

	constructor(options: GanttDriverOptions) {
		super();
		this.#options = options;
		const observer = new ResizeObserver(() => this.#measure());
		observer.observe(options.canvas);
		this.register(toDisposable(() => observer.disconnect()));
		// The editor changes the classes of the body and the variables of the root with the theme.
		const themes = new MutationObserver(() => {
			this.#theme = null;
			this.#soon();
		});
		themes.observe(document.body, { attributes: true, attributeFilter: ['class'] });
		themes.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
		this.register(toDisposable(() => themes.disconnect()));
		this.register(toDisposable(() => cancelAnimationFrame(this.#frame)));
		this.#measure();
	}

	get view(): GanttWindow {
		return this.#view;
	}

	show(content: GanttContent): void {
		const before = this.#content;
		this.#content = content;
		if (!this.#moved && (before?.firstRow ?? -1) === -1 && content.firstRow !== -1) {
			this.#showRow(content.firstRow);
		}
		if (before?.data !== content.data) {
			this.#hovered = -1;
			this.#bar = barOfItem(content.data, content.selected);
			this.#refit();
		}
		if (content.selected !== -1 && before?.selected !== content.selected) {
			this.#reveal(content);
		}
		this.#soon();
	}

	zoom(factor: number, x = this.#size.width / 2): void {
		this.#move(zoomWindow(this.#view, this.#geometry(), { factor, x }));
	}

	fit(): void {
		this.#moved = false;
		this.#refit();
		this.#soon();
	}

	/** Moves by pixels. */
	pan(dx: number, dy: number): void {
		const { from, scale, scrollTop } = this.#view;
		this.#move({ scale, from: from - dx / scale, scrollTop: scrollTop - dy });
	}

	/** Goes to the next bar in a direction and selects what it belongs to. */
	step(step: Step): void {
		const data = this.#content?.data;
		if (data === undefined) {
			return;
		}
		this.#bar = walkBars(data, this.#bar, step);
		this.#options.onSelect(data.items[this.#bar] ?? -1);
	}

	hover(point: { readonly x: number; readonly y: number } | null): void {
		const data = this.#content?.data;
		const bar = point === null || data === undefined ? -1 : this.#barAt(point);
		const item = data?.items[bar] ?? -1;
		if (item !== this.#hovered) {
			this.#hovered = item;
			this.#soon();
		}
		this.#options.onHover(point === null || bar === -1 ? null : { item, bar, ...point });
	}

	press(point: { readonly x: number; readonly y: number }): void {
		this.#bar = this.#barAt(point);
		this.#options.onSelect(this.#content?.data.items[this.#bar] ?? -1);
	}

	#barAt(point: { readonly x: number; readonly y: number }): number {
		const data = this.#content?.data;
		return data === undefined ? -1 : barAt({ data, view: this.#view, frame: this.#geometry() }, point);
	}

	#move(view: GanttWindow): void {
		this.#moved = true;
		this.#view = this.#clamped(view);
		this.#soon();
	}

	#clamped(view: GanttWindow): GanttWindow {
		const data = this.#content?.data;
		const size = { end: Math.max(data?.end ?? 0, this.#content?.now ?? 0), rows: data?.rows.length ?? 0 };
		return clampWindow(view, this.#geometry(), size);
	}

	#refit(): void {
		const content = this.#content;
		if (content === null) {
			return;
		}
		if (this.#moved) {
			this.#view = this.#clamped(this.#view);
			return;
		}
		const { scrollTop } = this.#view;
		const end = content.fitTo ?? content.data.end;
		this.#view = this.#clamped({ ...fitWindow(this.#geometry(), end), scrollTop });
	}

	/** A first look: the row with what stands above it, where not all rows are in view. */
	#showRow(row: number): void {
		const { rowHeight } = this.#geometry();
		this.#view = this.#clamped({ ...this.#view, scrollTop: (row - rowsAbove) * rowHeight });
	}

	#reveal({ data, selected }: GanttContent): void {
		const known = data.items[this.#bar] === selected ? this.#bar : barOfItem(data, selected);
		this.#bar = known;
		if (known === -1) {
			return;
		}
		const row = rowOfBar(data, known);
		const span = { row, start: data.starts[known] ?? 0, end: data.ends[known] ?? 0 };
		this.#view = this.#clamped(revealSpan(this.#view, this.#geometry(), span));
	}

	#geometry(): GanttFrame {
		const { width, height } = this.#size;
		const labels = Math.round(Math.max(72, Math.min(260, width * 0.22)));
		return { width, height, labels, axis: axisHeight, rowHeight: this.#content?.rowHeight ?? 30 };
	}

	#measure(): void {
		const { canvas } = this.#options;
		const { width, height } = canvas.getBoundingClientRect();
		const density = window.devicePixelRatio || 1;
		this.#size = { width, height };
		canvas.width = Math.round(width * density);
		canvas.height = Math.round(height * density);
		this.#refit();
		this.#keepInSight();
		this.#paint();
	}

	/** A chart that got lower, because a terminal opened below it, still shows what it was opened for. */
	#keepInSight(): void {
		const content = this.#content;
		if (content === null || this.#moved) {
			return;
		}
		if (content.selected !== -1) {
			this.#reveal(content);
		} else if (content.firstRow !== -1) {
			this.#showRow(content.firstRow);
		}
	}

	#soon(): void {
		if (this.#frame === 0 && !this.isDisposed) {
			this.#frame = requestAnimationFrame(() => {
				this.#frame = 0;
				this.#paint();
			});
		}
	}

	#paint(): void {
		const { canvas, fitter } = this.#options;
		const content = this.#content;
		const context = canvas.getContext('2d');
		if (context === null || content === null || this.#size.width === 0) {
			return;
		}
		this.#theme ??= readGanttTheme(canvas.parentElement ?? document.body);
		const frame = this.#geometry();
		const { from, scale } = this.#view;
		const density = window.devicePixelRatio || 1;
		context.setTransform(density, 0, 0, density, 0, 0);
		drawGantt(context, {
			...{ frame, fitter, theme: this.#theme, view: this.#view },
			...{ data: content.data, labelOf: content.labelOf, selected: content.selected, now: content.now },
			hovered: this.#hovered,
			ticks: ticksOf({ from, to: from + barsWidth(frame) / scale, scale }, content.words),
		});
	}
}
