import { measures } from '../../src/core/graph/layoutTypes.ts';
import type { Camera } from './camera.ts';
import { dotZoom } from './detail.ts';

/** Text of lane headers does not get smaller than this share of its size, where there is room above the cards. */
const leastScale = 0.72;

/** How far headers can grow without touching the cards below them. */
const roomyScale = (measures.laneHeader + measures.lanePadding) / measures.laneHeader;

/**
 * Moves the headers of lanes so that they stay at the left edge of the window while their lane is seen, and stay
 * readable when the drawing is small: where cards are dots, names float above them, up to the height of their lane. Called with every movement of the camera; touches nothing but transforms.
 */
export function placeHeaders(drawing: Element, camera: Camera): void {
	const floating = camera.zoom < dotZoom;
	for (const header of drawing.querySelectorAll('.laneHeader')) {
		const [x = 0, y = 0, width = 0, height = 0] = (header.getAttribute('data-lane') ?? '')
			.split(' ')
			.map(Number);
		const most = floating ? height / measures.laneHeader : roomyScale;
		const scale = Math.max(1, Math.min(leastScale / camera.zoom, most));
		const left = Math.max(x, -camera.x / camera.zoom);
		const held = Math.min(left, Math.max(x, x + width - 320 * scale));
		header.setAttribute('transform', `translate(${held} ${y}) scale(${scale})`);
		header.classList.toggle('floating', floating);
	}
}
