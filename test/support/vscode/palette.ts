import type { Page } from 'playwright-core';
import { waitFor } from './waitFor.ts';

/** Runs a command by its title through the palette, as `Switchyard: Run All`. */
export async function runCommand(page: Page, title: string): Promise<void> {
	await chooseInQuickInput(page, { key: 'F1', text: `>${title}`, row: title });
}

/** Opens a file of the workspace by its path in it. */
export async function openFile(page: Page, file: string): Promise<void> {
	const name = file.split('/').at(-1) ?? file;
	await chooseInQuickInput(page, { key: 'Control+P', text: file, row: name });
	await page.locator('.tab.active').filter({ hasText: name }).waitFor();
}

/** Chooses a row of a quick pick that is already open. */
export async function pickRow(page: Page, text: string | RegExp): Promise<void> {
	await quickInput(page).locator('.monaco-list-row').filter({ hasText: text }).first().click();
}

/** Types into an input box that is already open, and confirms. */
export async function answerInput(page: Page, text: string): Promise<void> {
	const input = quickInput(page).locator('input[type="text"]');
	await input.fill(text);
	await input.press('Enter');
}

function quickInput(page: Page) {
	return page.locator('.quick-input-widget:visible');
}

async function chooseInQuickInput(
	page: Page,
	{ key, text, row }: { key: string; text: string; row: string },
): Promise<void> {
	const input = quickInput(page).locator('input[type="text"]');
	// A webview that is just getting the focus swallows keys.
	await waitFor('the quick input', async () => {
		await page.keyboard.press(key);
		return input.waitFor({ timeout: 2_000 }).then(() => true);
	});
	await input.fill(text);
	await quickInput(page)
		.locator('.monaco-list-row')
		.filter({ has: page.locator('.label-name', { hasText: row }) })
		.first()
		.click();
}
