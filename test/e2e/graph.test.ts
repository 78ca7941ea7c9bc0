import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorkbench } from '../support/vscode/openWorkbench.ts';
import { openFile, runCommand } from '../support/vscode/palette.ts';
import { openViewContainer, treeRows } from '../support/vscode/treeView.ts';
import { waitFor } from '../support/vscode/waitFor.ts';
import { findWebview } from '../support/vscode/webview.ts';
import type { Workbench } from '../support/vscode/workbench.ts';

const card = (task: string) => `[data-card="task ${task}"]`;

describe('the graph of a plan', () => {
	let workbench: Workbench;
	const refused: string[] = [];
	beforeAll(async () => {
		workbench = await openWorkbench({ workspace: 'samples/shop' });
		workbench.page.on('console', (message) => {
			if (/Content Security Policy/.test(message.text()) && /graph\.(js|css)|codicon/.test(message.text())) {
				refused.push(message.text());
			}
		});
	});
	afterAll(() => workbench?.close());

	async function openGraph(): Promise<Frame> {
		await openViewContainer(workbench.page, 'Switchyard');
		await treeRows(workbench.page, 'Backend API').first().waitFor();
		await runCommand(workbench.page, 'Switchyard: Open Graph');
		return findWebview(workbench.page, card('TASK-001'));
	}

	it('draws every task and opens the YAML of one beside itself', async () => {
		const { page } = workbench;
		const graph = await openGraph();
		expect(await graph.locator('.card').count()).toBe(18);
		const yaml = page.locator('.tab.active', { hasText: 'TASK-008.yaml' });
		// A page that is just getting the focus swallows clicks and keys.
		await waitFor('the YAML of the task', async () => {
			await graph.locator(card('TASK-008')).click();
			await graph.locator('.details', { hasText: 'Product catalog API' }).waitFor({ timeout: 5_000 });
			await page.keyboard.press('Enter');
			return yaml.waitFor({ timeout: 5_000 }).then(() => true);
		});
		await graph.locator(card('TASK-008')).waitFor();
		await workbench.screenshot('graph-and-yaml');
		expect(refused).toEqual([]);
	});

	it('offers what can be done to a task in the context menu of the editor', async () => {
		const { page } = workbench;
		const graph = await findWebview(page, card('TASK-001'));
		const menu = page.locator('.context-view .monaco-menu');
		await waitFor('the menu', async () => {
			await graph.locator(card('TASK-002')).click({ button: 'right' });
			return menu
				.getByText('Run Task', { exact: true })
				.waitFor({ timeout: 5_000 })
				.then(() => true);
		});
		await menu.getByText(/Reveal in YAML|Open YAML/).waitFor();
		await workbench.screenshot('graph-context-menu');
		await page.keyboard.press('Escape');
	});

	it('is as it was left when its tab was hidden', async () => {
		const { page } = workbench;
		const before = await findWebview(page, card('TASK-001'));
		await before.locator('.surface').press(' ');
		await before.locator('[data-card="sprint SPRINT-001-01"]').waitFor();
		await page.locator('.tab', { hasText: 'Graph' }).click();
		await openFile(page, 'docs/planning/tasks/TASK-001.yaml');
		await page.locator('.tab', { hasText: 'Graph' }).click();
		const after = await findWebview(page, '[data-card="sprint SPRINT-001-01"]');
		expect(await after.locator(card('TASK-001')).count()).toBe(0);
		await after.locator('.details', { hasText: 'SPRINT-001-01' }).waitFor();
	});
});
