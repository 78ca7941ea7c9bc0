import type { Locator, Page } from 'playwright-core';
import { waitFor } from './waitFor.ts';

/** Opens a view container from the activity bar, unless it is open. */
export async function openViewContainer(page: Page, title: string): Promise<void> {
	const tab = page.locator('.activitybar .action-item', {
		has: page.locator(`.action-label[aria-label^="${title}"]`),
	});
	await tab.waitFor();
	if (!(await tab.evaluate((element) => element.classList.contains('checked')))) {
		await tab.click();
		// The tip of the icon would lie over the first rows.
		await page.mouse.move(700, 500);
	}
	await page.locator('.sidebar .composite.title h2').filter({ hasText: title }).waitFor();
}

/**
 * The rows of trees and lists that show all of these texts, in the side bar or the panel.
 * @param texts parts of the label or description; a RegExp is matched against the whole row
 */
export function treeRows(page: Page, ...texts: (string | RegExp)[]): Locator {
	const rows = page.locator('.sidebar, .panel').locator('.monaco-list-row');
	return texts.reduce((found, hasText) => found.filter({ hasText }), rows);
}

/** A row that is refreshed under the pointer loses its buttons for a moment: then it is tried again. */
const patienceMs = 3_000;

/** Unfolds a row, unless it is unfolded. */
export async function expandRow(row: Locator): Promise<void> {
	await waitFor('the row to unfold', async () => {
		if ((await row.getAttribute('aria-expanded')) !== 'false') {
			return true;
		}
		await row.locator('.monaco-tl-twistie').click({ timeout: patienceMs });
		// A second click before the first has shown itself would fold it again.
		const isUnfolded = row.and(row.page().locator('[aria-expanded="true"]'));
		return isUnfolded.waitFor({ timeout: patienceMs }).then(() => true);
	});
}

/** Clicks an inline action of a row by its title; it appears only under the pointer. Clicks once, and tries until it can. */
export async function clickRowAction(row: Locator, title: string): Promise<void> {
	const timeout = patienceMs;
	await waitFor(`the action "${title}" of a row`, async () => {
		await row.hover({ timeout });
		await row.locator(`.actions .action-label[aria-label^="${title}"]`).click({ timeout });
		return true;
	});
}

/** Clicks a button in the title bar of a view. The only view of a container has its buttons in the container's title. */
export async function clickViewAction(page: Page, view: string, title: string): Promise<void> {
	const timeout = patienceMs;
	const header = page
		.locator('.sidebar .composite.title, .pane-header:visible')
		.filter({ hasText: view })
		.first();
	await waitFor(`the action "${title}" of ${view}`, async () => {
		await header.hover({ timeout });
		await header.locator(`.action-label[aria-label^="${title}"]`).first().click({ timeout });
		return true;
	});
}
