import type { Locator, Page } from 'playwright-core';

/** The notification that shows a text, with its buttons reachable by their names. */
export function notification(page: Page, text: string | RegExp): Locator {
	return page.locator('.notifications-toasts .notification-list-item').filter({ hasText: text });
}

/** Clicks a button of a notification. */
export async function clickNotification(page: Page, text: string | RegExp, button: string): Promise<void> {
	await notification(page, text).getByRole('button', { name: button }).click();
}
