import type { Disposable } from '../../src/core/base/disposable.ts';
import { DisposableStore, toDisposable } from '../../src/core/base/disposable.ts';
import type { GanttDriver } from './ganttDriver.ts';

/** Movement below this many pixels is a press, not a drag. */
const slack = 4;

export interface GanttGestureOptions {
	readonly driver: GanttDriver;
	readonly onOpen: () => void;
}

/** Wires the pointer of a chart: wheel scrolls rows, Shift and sideways moves time, Ctrl and pinch zoom, drags pan. */
export function attachGanttGestures(
	canvas: HTMLCanvasElement,
	{ driver, onOpen }: GanttGestureOptions,
): Disposable {
	const store = new DisposableStore();
	const on = <E extends Event>(name: string, listener: (event: E) => void) => {
		const typed = listener as EventListener;
		canvas.addEventListener(name, typed, { passive: false });
		store.add(toDisposable(() => canvas.removeEventListener(name, typed)));
	};
	const place = (event: MouseEvent) => {
		const bounds = canvas.getBoundingClientRect();
		return { x: event.clientX - bounds.left, y: event.clientY - bounds.top };
	};
	on<WheelEvent>('wheel', (event) => {
		event.preventDefault();
		turnWheel(event, driver, place(event).x);
	});
	let pressed: { readonly x: number; readonly y: number; readonly dragging: boolean } | null = null;
	on<PointerEvent>('pointerdown', (event) => {
		if (event.button === 0 || event.button === 1) {
			pressed = { x: event.clientX, y: event.clientY, dragging: false };
		}
	});
	on<PointerEvent>('pointermove', (event) => {
		if (pressed === null) {
			driver.hover(place(event));
			return;
		}
		const dx = event.clientX - pressed.x;
		const dy = event.clientY - pressed.y;
		if (!pressed.dragging && Math.hypot(dx, dy) < slack) {
			return;
		}
		if (!pressed.dragging) {
			canvas.setPointerCapture(event.pointerId);
			driver.hover(null);
		}
		driver.pan(dx, dy);
		pressed = { x: event.clientX, y: event.clientY, dragging: true };
	});
	const release = (event: PointerEvent) => {
		const was = pressed;
		pressed = null;
		if (was !== null && !was.dragging && event.type === 'pointerup' && event.button === 0) {
			driver.press(place(event));
		}
	};
	on('pointerup', release);
	on('pointercancel', release);
	on('pointerleave', () => driver.hover(null));
	on('dblclick', onOpen);
	return store;
}

function turnWheel(event: WheelEvent, driver: GanttDriver, x: number): void {
	const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
	if (event.ctrlKey || event.metaKey) {
		// A pinch sends many small steps, a wheel few large ones: neither may jump.
		const step = Math.max(-0.3, Math.min(0.3, event.deltaY * unit * -0.01));
		driver.zoom(Math.exp(step), x);
		return;
	}
	const sideways = event.shiftKey && event.deltaX === 0;
	driver.pan(-(sideways ? event.deltaY : event.deltaX) * unit, -(sideways ? 0 : event.deltaY) * unit);
}
