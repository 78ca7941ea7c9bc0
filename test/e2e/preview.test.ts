import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { journalOf } from '../support/vscode/journalOf.ts';
import { openWorkbench } from '../support/vscode/openWorkbench.ts';
import { openFile } from '../support/vscode/palette.ts';
import { clickViewAction, openViewContainer, treeRows } from '../support/vscode/treeView.ts';
import { waitFor } from '../support/vscode/waitFor.ts';
import { findWebview } from '../support/vscode/webview.ts';
import type { Workbench } from '../support/vscode/workbench.ts';

const makespan = '[data-figure="Makespan"] .value';

describe('the preview of a plan', () => {
	let workbench: Workbench;
	const refused: string[] = [];
	beforeAll(async () => {
		workbench = await openWorkbench({
			workspace: 'samples/shop',
			viewport: { width: 1500, height: 940 },
			settings: { 'terminal.integrated.gpuAcceleration': 'off' },
		});
		workbench.page.on('console', (message) => {
			if (
				/Content Security Policy/.test(message.text()) &&
				/(preview|timeline|forecast)/.test(message.text())
			) {
				refused.push(message.text());
			}
		});
	});
	afterAll(() => workbench?.close());

	it('moves at once with strategy and agents, and is as it was left when its tab was hidden', async () => {
		const { page } = workbench;
		await openViewContainer(page, 'Switchyard');
		await treeRows(page, 'Backend API').first().waitFor();
		await clickViewAction(page, 'Plan', 'Preview Run…');
		const preview = await findWebview(page, '.runButton');
		await preview.locator('.curveSlider').waitFor();
		const before = await preview.locator(makespan).textContent();
		// Out of the way of tooltips.
		await page.mouse.move(900, 840);
		await page.locator('.workbench-hover:visible').waitFor({ state: 'hidden' });
		await workbench.screenshot('preview');
		await preview.locator('.strategySelect').selectOption('sequential');
		await preview.locator(makespan, { hasText: '128 h' }).waitFor();
		expect(before).not.toBe('128 h');
		await preview.locator('.strategySelect').selectOption('dynamic');
		await preview.locator('[role="slider"][aria-valuenow="3"]').waitFor();
		await preview.locator('[aria-label="One agent fewer"]').click();
		await preview.locator('[role="slider"][aria-valuenow="2"]').waitFor();

		await openFile(page, 'docs/planning/tasks/TASK-001.yaml');
		await page.locator('.tab', { hasText: ': Preview' }).click();
		const again = await findWebview(page, '.runButton');
		await again.locator('.curveSlider').waitFor();
		expect(await again.locator('.strategySelect').inputValue()).toBe('dynamic');
		expect(await again.locator('.agentsInput').inputValue()).toBe('2');
		expect(refused).toEqual([]);
	}, 120_000);

	it('runs what it shows, which the timeline follows', async () => {
		const { page, folder } = workbench;
		const preview = await findWebview(page, '.runButton');
		const scope = JSON.stringify({ kind: 'sprint', id: 'SPRINT-001-03' });
		await preview.locator('.scopeSelect').selectOption(scope);
		await preview.locator('.runButton', { hasText: 'Run 2 tasks' }).click();
		const timeline = await findWebview(page, '.timeline .runWords');
		await timeline
			.locator('[data-twin="TASK-007"]', { hasText: 'Completed' })
			.waitFor({ timeout: 60_000, state: 'attached' });
		await workbench.screenshot('timeline');
		const journal = await waitFor('the journal', async () => (await journalOf(folder)) || undefined);
		expect(journal).toMatch(/"kind":"run-created"[^\n]*"strategy":"dynamic","jobs":2/);
		expect(await timeline.locator('[data-twin="TASK-001"]').textContent()).toContain('Not started');
		expect(refused).toEqual([]);
	}, 150_000);
});
