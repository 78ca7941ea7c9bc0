import type { Locator, Page } from 'playwright-core';
import { runCommand } from './palette.ts';
import { waitFor } from './waitFor.ts';

/** The problems in the Problems panel, one row each, after opening it. */
export async function problemRows(page: Page): Promise<Locator> {
	await runCommand(page, 'Problems: Focus on Problems View');
	return page.locator('.markers-panel .monaco-list-row');
}

/** Puts the cursor into the active editor and goes to a line. */
export async function goToLine(page: Page, line: number): Promise<void> {
	const input = page.locator('.quick-input-widget:visible input[type="text"]');
	await waitFor('the box for a line number', async () => {
		await page.keyboard.press('Control+G');
		return input.waitFor({ timeout: 2_000 }).then(() => true);
	});
	await input.fill(`:${line}`);
	// Enter before the box has understood the number would go nowhere.
	await page
		.locator('.quick-input-widget:visible')
		.getByText(new RegExp(`line ${line}\\b`, 'i'))
		.first()
		.waitFor();
	await waitFor('the box to go', async () => {
		// Pressed in the box and not on the page: a key that comes too late must not end up in the editor.
		if (await input.isVisible()) {
			await input.press('Enter', { timeout: 2_000 });
		}
		return !(await input.isVisible());
	});
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

/**
 * Opens the quick fixes at the cursor and waits for the one with this title.
 *
 * The menu shows what was known when it was asked for: asked while the server still thinks about the last key, it has
 * the fixes of half a word or none. So it is closed and asked for again until it has the one that is meant.
 */
export async function openQuickFixes(page: Page, title: string): Promise<Locator> {
	const fix = page.locator('.action-widget').getByText(title).first();
	return waitFor(`the quick fix "${title}"`, async () => {
		await page.keyboard.press('Escape');
		await page.keyboard.press('Control+.');
		return fix.waitFor({ timeout: 2_000 }).then(() => fix);
	});
}
