import type { Locator, Page } from 'playwright-core';
import { runCommand } from './palette.ts';

/** The problems in the Problems panel, one row each, after opening it. */
export async function problemRows(page: Page): Promise<Locator> {
	await runCommand(page, 'Problems: Focus on Problems View');
	return page.locator('.markers-panel .monaco-list-row');
}

/** Puts the cursor into the active editor and goes to a line. */
export async function goToLine(page: Page, line: number): Promise<void> {
	await page.keyboard.press('Control+G');
	await page.locator('.quick-input-widget:visible input[type="text"]').fill(`:${line}`);
	// Enter before the box has understood the number would go nowhere.
	await page
		.locator('.quick-input-widget:visible')
		.getByText(new RegExp(`line ${line}\\b`, 'i'))
		.first()
		.waitFor();
	await page.keyboard.press('Enter');
	await page
		.locator('.editor-group-container.active .monaco-editor')
		.first()
		.locator('.inputarea, .native-edit-context')
		.first()
		.focus();
}

/** The code lenses of the active editor that show a text. */
export function codeLenses(page: Page, text: string | RegExp): Locator {
	return page.locator('.editor-group-container.active .codelens-decoration a').filter({ hasText: text });
}
