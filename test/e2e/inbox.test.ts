import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWorkbench } from '../support/vscode/openWorkbench.ts';
import { clickRowAction, clickViewAction, expandRow, openViewContainer } from '../support/vscode/treeView.ts';
import { waitFor } from '../support/vscode/waitFor.ts';
import type { Workbench } from '../support/vscode/workbench.ts';

const find = `
import { writeFileSync } from 'node:fs';
const report = { new_subtasks: [{ title: 'Clean up', run: ['true'] }] };
writeFileSync(process.env.SWITCHYARD_OUT + '/report.json', JSON.stringify(report));
`;

/** One task that asks, one that finds more to do, one that fails, and one that keeps the engine there until `go` is there. */
const plan = `plan: {name: Inbox, strategy: dynamic}
tasks:
  - {id: ASK, name: Publish the page, approval: before, run: [node, -e, "0"]}
  - {id: NEXT, name: Tell everybody, dependencies: [ASK], run: [node, -e, "0"]}
  - {id: FIND, name: Look around, run: [node, find.mjs]}
  - {id: FAIL, name: Build the page, run: [node, -e, "console.error('no such template'); process.exit(3)"]}
  - {id: HOLD, name: Watch, run: [node, -e, "setInterval(() => require('fs').existsSync('go') && process.exit(0), 50)"]}
`;

describe('what needs a person, in the side bar', () => {
	let workbench: Workbench;
	beforeEach(async () => {
		workbench = await openWorkbench({
			files: { 'inbox.plan.yaml': plan, 'find.mjs': find },
			settings: { 'switchyard.terminals.open': false },
		});
	});
	afterEach(() => workbench?.close());

	it('is answered with a click: an approval lets the run go on, a replan is reviewed; "Runs" keeps what happened', async () => {
		const { page, folder } = workbench;
		await openViewContainer(page, 'Switchyard');
		await row(page, 'Plan', 'Publish the page').waitFor();
		await clickViewAction(page, 'Plan', 'Run All');
		const question = row(page, 'Needs You', 'Publish the page');
		await question.waitFor();
		await row(page, 'Needs You', 'Build the page').waitFor();
		await row(page, 'Needs You', 'Clean up').waitFor();
		await page.locator('.activitybar .badge-content', { hasText: '3' }).first().waitFor();
		await workbench.screenshot('inbox');

		await clickRowAction(question, 'Approve');
		await question.waitFor({ state: 'detached' });
		await waitFor('the next task to complete', async () =>
			/NEXT:\n {4}status: completed/.test(await stateOf(folder)),
		);

		const found = row(page, 'Needs You', 'Clean up');
		const picker = page.locator('.quick-input-widget:visible');
		await waitFor('the replan', async () => {
			await found.click({ timeout: 2_000 });
			return picker
				.filter({ hasText: 'Replan of Inbox' })
				.waitFor({ timeout: 10_000 })
				.then(() => true);
		});
		await workbench.screenshot('replan');
		await picker.locator('.monaco-button', { hasText: 'OK' }).click();
		await picker.locator('.monaco-list-row', { hasText: 'Accept 1' }).click();
		await waitFor('the new task in the plan', async () =>
			(await readFile(path.join(folder, 'inbox.plan.yaml'), 'utf8')).includes('name: Clean up'),
		);
		await found.waitFor({ state: 'detached' });
		await writeFile(path.join(folder, 'go'), '');
		await row(page, 'Plan', 'Clean up').waitFor();

		const runs = page.locator('.pane-header', { hasText: /^Runs/ });
		await waitFor('the runs', async () => {
			if ((await runs.getAttribute('aria-expanded')) === 'true') {
				return true;
			}
			await runs.click({ timeout: 3_000 });
			// A second click before the first has shown itself would fold it again.
			const unfolded = page.locator('.pane-header[aria-expanded="true"]', { hasText: /^Runs/ });
			return unfolded.waitFor({ timeout: 5_000 }).then(() => true);
		});
		const failed = row(page, 'Runs', 'Build the page');
		await failed.waitFor();
		await expandRow(failed);
		const attempt = row(page, 'Runs', 'Attempt 1');
		await waitFor('what the task wrote', async () => {
			await attempt.first().click({ timeout: 2_000 });
			return page
				.locator('.editor-instance .view-line', { hasText: 'no such template' })
				.first()
				.waitFor({ timeout: 5_000 })
				.then(() => true);
		});
		await page.mouse.move(900, 700);
		await workbench.screenshot('runs');
		expect(await row(page, 'Runs', /^FAIL Build the page/).count()).toBe(1);
	}, 180_000);
});

/** The rows of one view of the container that show a text. */
function row(page: Page, view: string, text: string | RegExp): Locator {
	const pane = page.locator('.sidebar .pane', { has: page.locator('.pane-header', { hasText: view }) });
	return pane.locator('.monaco-list-row').filter({ hasText: text });
}

async function stateOf(folder: string): Promise<string> {
	return readFile(path.join(folder, '.switchyard/state/inbox.yaml'), 'utf8').catch(() => '');
}
