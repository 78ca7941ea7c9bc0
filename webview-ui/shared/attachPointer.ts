import type { Disposable } from '../../src/core/base/disposable.ts';
import { DisposableStore, toDisposable } from '../../src/core/base/disposable.ts';

/** A place from the left upper corner of the surface, in CSS pixels. */
export interface Place {
	readonly x: number;
	readonly y: number;
}

/** What the pointer can mean to a picture that is moved and zoomed. */
export interface PointerMeanings {
	onHover(place: Place | null): void;
	/** A press without movement; `target` is the element under it. */
	onPress(place: Place, target: Element): void;
	onDoublePress(place: Place, target: Element): void;
	onPan(dx: number, dy: number): void;
	onZoom(factor: number, place: Place): void;
	/** True when a drag begins, false when it ends. */
	onDrag(dragging: boolean): void;
}

/** Movement below this many pixels is a press, not a drag. */
const slack = 4;

type Listen = <E extends Event>(name: string, listener: (event: E) => void) => void;

/** Wires pointer and wheel of a surface: drag and wheel pan, Ctrl + wheel and pinch zoom around the pointer. */
export function attachPointer(surface: HTMLElement | SVGElement, meanings: PointerMeanings): Disposable {
	const store = new DisposableStore();
	const on: Listen = (name, listener) => {
		const typed = listener as EventListener;
		surface.addEventListener(name, typed, { passive: false });
		store.add(toDisposable(() => surface.removeEventListener(name, typed)));
	};
	const place = (event: MouseEvent): Place => {
		const bounds = surface.getBoundingClientRect();
		return { x: event.clientX - bounds.left, y: event.clientY - bounds.top };
	};
	on<WheelEvent>('wheel', (event) => {
		event.preventDefault();
		turnWheel(event, meanings, place(event));
	});
	trackDrags(on, { surface, meanings, place });
	on<MouseEvent>('dblclick', (event) => {
		if (event.target instanceof Element) {
			meanings.onDoublePress(place(event), event.target);
		}
	});
	on('pointerleave', () => meanings.onHover(null));
	return store;
}

/** Ctrl and a pinch zoom, everything else moves; with Shift a wheel that knows one direction moves sideways. */
function turnWheel(event: WheelEvent, meanings: PointerMeanings, at: Place): void {
	const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
	if (event.ctrlKey || event.metaKey) {
		// A pinch sends many small steps, a wheel few large ones: neither may jump.
		const step = Math.max(-0.3, Math.min(0.3, event.deltaY * unit * -0.01));
		meanings.onZoom(Math.exp(step), at);
		return;
	}
	const sideways = event.shiftKey && event.deltaX === 0;
	const [dx, dy] = sideways ? [event.deltaY, 0] : [event.deltaX, event.deltaY];
	meanings.onPan(-dx * unit, -dy * unit);
}

interface DragOptions {
	readonly surface: HTMLElement | SVGElement;
	readonly meanings: PointerMeanings;
	readonly place: (event: MouseEvent) => Place;
}

function trackDrags(on: Listen, { surface, meanings, place }: DragOptions): void {
	let pressed: { x: number; y: number; target: Element; dragging: boolean } | null = null;
	on<PointerEvent>('pointerdown', (event) => {
		if ((event.button === 0 || event.button === 1) && event.target instanceof Element) {
			pressed = { x: event.clientX, y: event.clientY, target: event.target, dragging: false };
		}
	});
	on<PointerEvent>('pointermove', (event) => {
		if (pressed === null) {
			meanings.onHover(place(event));
			return;
		}
		const dx = event.clientX - pressed.x;
		const dy = event.clientY - pressed.y;
		if (!pressed.dragging && Math.hypot(dx, dy) < slack) {
			return;
		}
		if (!pressed.dragging) {
			surface.setPointerCapture(event.pointerId);
			meanings.onDrag(true);
		}
		meanings.onPan(dx, dy);
		pressed = { ...pressed, x: event.clientX, y: event.clientY, dragging: true };
	});
	const release = (event: PointerEvent) => {
		const released = pressed;
		pressed = null;
		if (released?.dragging === true) {
			meanings.onDrag(false);
		} else if (released !== null && event.type === 'pointerup' && event.button === 0) {
			meanings.onPress(place(event), released.target);
		}
	};
	on('pointerup', release);
	on('pointercancel', release);
}
