import type { Box } from '../../src/core/graph/layoutTypes.ts';

/** Where the drawing stands in the viewport: a point p of it is seen at `p * zoom + (x, y)`. */
export interface Camera {
	readonly x: number;
	readonly y: number;
	readonly zoom: number;
}

export interface Size {
	readonly width: number;
	readonly height: number;
}

export const zoomLimits = { least: 0.01, most: 2.5 } as const;

/** Zooms by a factor and keeps the point under the pointer where it is. */
export function zoomAround(camera: Camera, factor: number, pointer: { x: number; y: number }): Camera {
	const zoom = Math.min(zoomLimits.most, Math.max(zoomLimits.least, camera.zoom * factor));
	const applied = zoom / camera.zoom;
	return {
		zoom,
		x: pointer.x - (pointer.x - camera.x) * applied,
		y: pointer.y - (pointer.y - camera.y) * applied,
	};
}

/** Shows the whole drawing in the middle, never larger than life. */
export function showAll(drawing: Size, viewport: Size): Camera {
	const zoom = Math.max(
		zoomLimits.least,
		Math.min(1, viewport.width / Math.max(1, drawing.width), viewport.height / Math.max(1, drawing.height)),
	);
	return {
		zoom,
		x: (viewport.width - drawing.width * zoom) / 2,
		y: (viewport.height - drawing.height * zoom) / 2,
	};
}

/** Below this zoom the first look shows the beginning of the drawing instead of all of it, not smaller than the other. */
const readable = 0.55;
const comfortable = 0.65;

/** The first look at a drawing: all of it where its text can be read, else its beginning at a zoom that can. */
export function firstLook(drawing: Size, viewport: Size): Camera {
	const whole = showAll(drawing, viewport);
	if (whole.zoom >= readable) {
		return whole;
	}
	const zoom = Math.min(0.8, Math.max(comfortable, viewport.height / Math.max(1, drawing.height)));
	return {
		zoom,
		x: drawing.width * zoom <= viewport.width ? (viewport.width - drawing.width * zoom) / 2 : 0,
		y: drawing.height * zoom <= viewport.height ? (viewport.height - drawing.height * zoom) / 2 : 0,
	};
}

/** The part of the drawing that is seen. */
export function visibleBox(camera: Camera, viewport: Size): Box {
	return {
		x: -camera.x / camera.zoom,
		y: -camera.y / camera.zoom,
		width: viewport.width / camera.zoom,
		height: viewport.height / camera.zoom,
	};
}

/** Moves as little as needed so that a box is inside the viewport with some air around it. */
export function bringIntoView(camera: Camera, box: Box, viewport: Size): Camera {
	const air = 32;
	const shift = (start: number, length: number, room: number) => {
		if (start < air) {
			return air - start;
		}
		return Math.min(0, Math.max(room - air - (start + length), air - start));
	};
	return {
		zoom: camera.zoom,
		x: camera.x + shift(box.x * camera.zoom + camera.x, box.width * camera.zoom, viewport.width),
		y: camera.y + shift(box.y * camera.zoom + camera.y, box.height * camera.zoom, viewport.height),
	};
}

/** Puts a box into the middle at a zoom at which it can be read. */
export function centre(camera: Camera, box: Box, viewport: Size): Camera {
	const zoom = Math.max(camera.zoom, 0.8);
	return {
		zoom,
		x: viewport.width / 2 - (box.x + box.width / 2) * zoom,
		y: viewport.height / 2 - (box.y + box.height / 2) * zoom,
	};
}

/** Keeps a part of the drawing in sight, so that nobody gets lost in the void. */
export function keepInSight(camera: Camera, drawing: Size, viewport: Size): Camera {
	const margin = 80;
	const clamp = (offset: number, length: number, room: number) =>
		Math.min(room - margin, Math.max(margin - length * camera.zoom, offset));
	return {
		zoom: camera.zoom,
		x: clamp(camera.x, drawing.width, viewport.width),
		y: clamp(camera.y, drawing.height, viewport.height),
	};
}

/** The point of the drawing that stands at a place of the viewport. */
export function inDrawing(
	camera: Camera,
	place: { readonly x: number; readonly y: number },
): { readonly x: number; readonly y: number } {
	return { x: (place.x - camera.x) / camera.zoom, y: (place.y - camera.y) / camera.zoom };
}
