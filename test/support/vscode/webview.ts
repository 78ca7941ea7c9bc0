import type { Frame, Page } from 'playwright-core';
import { waitFor } from './waitFor.ts';

/**
 * The frame of the webview that holds an element, once it does. A webview is a frame in a frame, and several may be
 * open, so it is known by its content.
 * @param selector an element that only this webview has
 */
export function findWebview(page: Page, selector: string): Promise<Frame> {
	return waitFor(`a webview with ${selector}`, async () => {
		for (const frame of page.frames()) {
			if (frame.parentFrame() !== null && (await holds(frame, selector))) {
				return frame;
			}
		}
		return undefined;
	});
}

/** A frame may go away between being listed and being asked: then it is not the one. */
async function holds(frame: Frame, selector: string): Promise<boolean> {
	try {
		return (await frame.locator(selector).count()) > 0;
	} catch {
		return false;
	}
}
