import type { Camera } from './camera.ts';

/** Text of lane headers does not get smaller than this share of its size. */
const leastScale = 0.72;

/**
 * Moves the headers of lanes so that they stay at the left edge of the window while their lane is seen, and stay
 * readable when the drawing is small. Called with every movement of the camera; touches nothing but transforms.
 */
export function placeHeaders(drawing: Element, camera: Camera): void {
	for (const header of drawing.querySelectorAll('.laneHeader')) {
		const [x = 0, y = 0, width = 0, height = 0] = (header.getAttribute('data-lane') ?? '')
			.split(' ')
			.map(Number);
		const scale = Math.max(1, Math.min(leastScale / camera.zoom, height / 46));
		const left = Math.max(x, -camera.x / camera.zoom);
		const held = Math.min(left, Math.max(x, x + width - 320 * scale));
		header.setAttribute('transform', `translate(${held} ${y}) scale(${scale})`);
	}
}
