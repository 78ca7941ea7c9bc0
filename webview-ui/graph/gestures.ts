import type { Disposable } from '../../src/core/base/disposable.ts';
import { DisposableStore, toDisposable } from '../../src/core/base/disposable.ts';
import type { CameraDriver } from './cameraDriver.ts';

/** What the pointer can mean, in points of the drawing. */
export interface GestureHandlers {
	onHover(point: { x: number; y: number } | null): void;
	/** A press without movement; `target` is the element under it. */
	onPress(point: { x: number; y: number }, target: Element): void;
	onDoublePress(point: { x: number; y: number }, target: Element): void;
	/** True while the drawing is dragged. */
	onDrag(dragging: boolean): void;
}

/** Movement below this many pixels is a press, not a drag. */
const slack = 4;

/** Wires pointer and wheel of the viewport: drag and wheel pan, Ctrl + wheel and pinch zoom around the pointer. */
export function attachGestures(
	surface: SVGElement,
	driver: CameraDriver,
	handlers: GestureHandlers,
): Disposable {
	const store = new DisposableStore();
	const on = <E extends Event>(name: string, listener: (event: E) => void) => {
		const typed = listener as EventListener;
		surface.addEventListener(name, typed, { passive: false });
		store.add(toDisposable(() => surface.removeEventListener(name, typed)));
	};
	const place = (event: MouseEvent) => {
		const bounds = surface.getBoundingClientRect();
		return { x: event.clientX - bounds.left, y: event.clientY - bounds.top };
	};
	const inDrawing = (event: MouseEvent) => {
		const { x, y } = place(event);
		const { camera } = driver;
		return { x: (x - camera.x) / camera.zoom, y: (y - camera.y) / camera.zoom };
	};

	on<WheelEvent>('wheel', (event) => {
		event.preventDefault();
		turnWheel(event, driver, place(event));
	});
	trackDrags(on, { surface, driver, handlers, inDrawing });
	on<MouseEvent>('dblclick', (event) => {
		if (event.target instanceof Element) {
			handlers.onDoublePress(inDrawing(event), event.target);
		}
	});
	on('pointerleave', () => handlers.onHover(null));
	return store;
}

function turnWheel(event: WheelEvent, driver: CameraDriver, pointer: { x: number; y: number }): void {
	const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
	if (event.ctrlKey || event.metaKey) {
		// A pinch sends many small steps, a wheel few large ones: neither may jump.
		const step = Math.max(-0.3, Math.min(0.3, event.deltaY * unit * -0.01));
		driver.zoom(Math.exp(step), pointer);
		return;
	}
	const sideways = event.shiftKey && event.deltaX === 0;
	const dx = (sideways ? event.deltaY : event.deltaX) * unit;
	const dy = (sideways ? 0 : event.deltaY) * unit;
	driver.pan(-dx, -dy);
}

interface DragOptions {
	readonly surface: SVGElement;
	readonly driver: CameraDriver;
	readonly handlers: GestureHandlers;
	readonly inDrawing: (event: MouseEvent) => { x: number; y: number };
}

type Listen = <E extends Event>(name: string, listener: (event: E) => void) => void;

function trackDrags(on: Listen, { surface, driver, handlers, inDrawing }: DragOptions): void {
	let pressed: { x: number; y: number; target: Element; dragging: boolean } | null = null;
	on<PointerEvent>('pointerdown', (event) => {
		if ((event.button === 0 || event.button === 1) && event.target instanceof Element) {
			pressed = { x: event.clientX, y: event.clientY, target: event.target, dragging: false };
		}
	});
	on<PointerEvent>('pointermove', (event) => {
		if (pressed === null) {
			handlers.onHover(inDrawing(event));
			return;
		}
		const dx = event.clientX - pressed.x;
		const dy = event.clientY - pressed.y;
		if (!pressed.dragging && Math.hypot(dx, dy) < slack) {
			return;
		}
		if (!pressed.dragging) {
			surface.setPointerCapture(event.pointerId);
			handlers.onDrag(true);
		}
		driver.pan(dx, dy);
		pressed = { ...pressed, x: event.clientX, y: event.clientY, dragging: true };
	});
	const release = (event: PointerEvent) => {
		const released = pressed;
		pressed = null;
		if (released?.dragging === true) {
			handlers.onDrag(false);
		} else if (released !== null && event.type === 'pointerup' && event.button === 0) {
			handlers.onPress(inDrawing(event), released.target);
		}
	};
	on('pointerup', release);
	on('pointercancel', release);
}
