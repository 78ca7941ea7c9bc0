import type { Box } from '../../src/core/graph/layoutTypes.ts';
import type { Camera, Size } from './camera.ts';
import { visibleBox } from './camera.ts';

/** How much of a card is drawn: everything; a sign and an id; only its colour. */
export type Detail = 'full' | 'sign' | 'dot';

/** What part of the drawing is in the document, and how detailed. */
export interface Region {
	readonly box: Box;
	readonly detail: Detail;
	/** Zoom, rounded up to a power of two: text of the least details grows as the drawing shrinks. */
	readonly scale: number;
}

/** Below this zoom cards are dots. */
export const dotZoom = 0.16;

export function detailAt(zoom: number): Detail {
	if (zoom >= 0.5) {
		return 'full';
	}
	return zoom >= dotZoom ? 'sign' : 'dot';
}

/**
 * The region to draw for a camera: the visible part with a margin, snapped to a raster, so that most movements need no
 * drawing at all.
 */
export function regionFor(camera: Camera, viewport: Size): Region {
	const seen = visibleBox(camera, viewport);
	const raster = 2 ** Math.ceil(Math.log2(Math.max(seen.width, seen.height, 1) / 4));
	const x = Math.floor((seen.x - raster / 2) / raster) * raster;
	const y = Math.floor((seen.y - raster / 2) / raster) * raster;
	const right = Math.ceil((seen.x + seen.width + raster / 2) / raster) * raster;
	const bottom = Math.ceil((seen.y + seen.height + raster / 2) / raster) * raster;
	return {
		box: { x, y, width: right - x, height: bottom - y },
		detail: detailAt(camera.zoom),
		scale: 2 ** Math.ceil(Math.log2(camera.zoom)),
	};
}

export function sameRegion(a: Region, b: Region): boolean {
	return (
		a.detail === b.detail &&
		a.scale === b.scale &&
		a.box.x === b.box.x &&
		a.box.y === b.box.y &&
		a.box.width === b.box.width &&
		a.box.height === b.box.height
	);
}

export function meets(a: Box, b: Box): boolean {
	return a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height;
}
