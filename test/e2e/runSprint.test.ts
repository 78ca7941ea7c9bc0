import { access, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorkbench } from '../support/vscode/openWorkbench.ts';
import { runCommand } from '../support/vscode/palette.ts';
import { clickRowAction, expandRow, openViewContainer, treeRows } from '../support/vscode/treeView.ts';
import { waitFor } from '../support/vscode/waitFor.ts';
import { findWebview } from '../support/vscode/webview.ts';
import type { Workbench } from '../support/vscode/workbench.ts';

const card = (task: string) => `[data-card="task ${task}"]`;

describe('clicking Run Sprint in the sidebar', () => {
	let workbench: Workbench;
	beforeAll(async () => {
		workbench = await openWorkbench({
			workspace: 'samples/shop',
			// Drawn as elements, the terminal's text can be read.
			settings: { 'terminal.integrated.gpuAcceleration': 'off' },
		});
	});
	afterAll(() => workbench?.close());

	it('runs its tasks in terminals, colours the graph and leaves evidence', async () => {
		const { page, folder } = workbench;
		await openViewContainer(page, 'Switchyard');
		const sprint = treeRows(page, 'Foundation', /3 tasks|0\/3/).first();
		await sprint.waitFor();
		await runCommand(page, 'Switchyard: Open Graph');
		const graph = await findWebview(page, card('TASK-001'));
		await workbench.screenshot('graph-before');

		await clickRowAction(sprint, 'Run Sprint');
		await page.locator('.panel .xterm-rows').filter({ hasText: 'build.mjs' }).first().waitFor();
		await graph.locator(`${card('TASK-001')}.look-running`).waitFor();
		await expandRow(sprint);
		await workbench.screenshot('run-under-way');

		await graph.locator(`${card('TASK-008')}.look-completed`).waitFor({ timeout: 60_000 });
		await treeRows(page, '3/3').first().waitFor();
		await workbench.screenshot('run-finished');

		const state = await waitFor('the state file with three completed tasks', async () => {
			const text = await readFile(path.join(folder, 'docs/planning/.project-state.yaml'), 'utf8').catch(
				() => '',
			);
			return text.match(/completed_tasks: 3/) ? text : undefined;
		});
		expect(state).toMatch(/SPRINT-001-01:\n {4}status: completed/);
		await access(path.join(folder, 'platform/database/schema.sql'));
	}, 120_000);
});
