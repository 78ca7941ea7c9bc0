import { afterAll, describe, expect, it } from 'vitest';
import { openWorkbench } from '../support/vscode/openWorkbench.ts';
import { runCommand } from '../support/vscode/palette.ts';
import { clickRowAction, clickViewAction, openViewContainer, treeRows } from '../support/vscode/treeView.ts';
import { waitFor } from '../support/vscode/waitFor.ts';
import { findWebview } from '../support/vscode/webview.ts';
import type { Workbench } from '../support/vscode/workbench.ts';

const card = (task: string) => `[data-card="task ${task}"]`;

// Every theme once with the whole plan running; test-results/ has the pictures that the README shows.
describe('Run All, looked at', () => {
	let workbench: Workbench | undefined;
	// Not after each: what failed is still to be photographed then.
	afterAll(() => workbench?.close());

	for (const theme of ['dark', 'light', 'highContrast'] as const) {
		it(`runs three tracks side by side and opens evidence, ${theme}`, async () => {
			await workbench?.close();
			workbench = await openWorkbench({
				workspace: 'samples/shop',
				theme,
				viewport: { width: 1500, height: 940 },
				settings: { 'terminal.integrated.gpuAcceleration': 'off' },
			});
			const { page } = workbench;
			await openViewContainer(page, 'Switchyard');
			await treeRows(page, 'Backend API').first().waitFor();
			await runCommand(page, 'Switchyard: Open Graph');
			const graph = await findWebview(page, card('TASK-001'));
			await clickViewAction(page, 'Plan', 'Run All');
			// Out of the way of tooltips.
			await page.mouse.move(900, 840);
			await graph.locator(`${card('TASK-004')}.look-running`).waitFor();
			const running = graph.locator('[data-card^="task "].look-running');
			await running.nth(2).waitFor();
			expect(await running.count()).toBeLessThanOrEqual(3);
			await page.locator('.panel .xterm-rows').filter({ hasText: 'build.mjs' }).first().waitFor();
			await workbench.screenshot(`run-all-${theme}`);

			// The tree keeps up with the graph while other tasks go on.
			await graph.locator(`${card('TASK-012')}.look-running`).waitFor();
			await treeRows(page, 'SPRINT-001-01', '3/3').first().waitFor();
			await page.locator('.statusbar-item', { hasText: '18/18' }).waitFor();
			await workbench.screenshot(`finished-${theme}`);
			// A row that is refreshed at the moment of the click has no task to give, and the command asks for which: then the
			// click is made again, because it is the row that must know.
			await waitFor('the evidence of the row', async () => {
				await clickRowAction(treeRows(page, 'TASK-001').first(), 'Open Evidence');
				const asked = page.locator('.quick-input-widget:visible');
				const opened = page.locator('.tab', { hasText: 'EVIDENCE' }).first();
				await asked.or(opened).first().waitFor();
				if (await opened.isVisible()) {
					return true;
				}
				await page.keyboard.press('Escape');
				return false;
			});
			const evidence = await findWebview(page, 'h2#acceptance-criteria');
			await evidence.locator('text=Reproduction Steps').first().waitFor();
			await page.mouse.move(900, 840);
			await workbench.screenshot(`evidence-${theme}`);
		});
	}
});
