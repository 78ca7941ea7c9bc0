import { afterEach, describe, it } from 'vitest';
import { codeLenses, goToLine, openQuickFixes } from '../support/vscode/editor.ts';
import { openWorkbench } from '../support/vscode/openWorkbench.ts';
import { openFile } from '../support/vscode/palette.ts';
import { waitFor } from '../support/vscode/waitFor.ts';
import type { Workbench } from '../support/vscode/workbench.ts';

// What the language server says, as people see it: test-results/ has the pictures.
describe('a plan in the editor, looked at', () => {
	let workbench: Workbench | undefined;
	afterEach(() => workbench?.close());

	for (const theme of ['dark', 'light'] as const) {
		it(`offers ids, shows the card of a task and repairs a slip, ${theme}`, async () => {
			workbench = await openWorkbench({ workspace: 'samples/shop', theme });
			const { page } = workbench;
			await openFile(page, 'docs/planning/tasks/TASK-008.yaml');
			await codeLenses(page, 'Run Task').first().waitFor();
			const line = page.locator('.view-line').filter({ hasText: /^dependencies/ });
			const number = await page
				.locator('.view-lines .view-line')
				.allTextContents()
				.then((lines) => lines.findIndex((text) => text.startsWith('dependencies')) + 1);

			const card = page.locator('.monaco-hover:visible').filter({ hasText: 'Layer' }).first();
			await waitFor('the card of TASK-004', async () => {
				// A pointer that rests already asks for nothing: it has to come again.
				await page.mouse.move(0, 0);
				await line.locator('span').filter({ hasText: 'TASK-004' }).last().hover();
				return card.waitFor({ timeout: 3_000 }).then(() => true);
			});
			await workbench.screenshot(`hover-${theme}`);

			await goToLine(page, number);
			await page.keyboard.press('End');
			await page.keyboard.press('ArrowLeft');
			await page.keyboard.type(', ');
			const offered = page.locator('.suggest-widget.visible').getByText('TASK-001').first();
			await waitFor('the ids to be offered', async () => {
				await page.keyboard.press('Control+Space');
				return offered.waitFor({ timeout: 3_000 }).then(() => true);
			});
			await workbench.screenshot(`completion-${theme}`);
			await page.keyboard.press('Escape');

			await page.keyboard.type('TASK-0O1');
			await page.locator('.monaco-editor .squiggly-error').first().waitFor();
			const fix = await openQuickFixes(page, 'Replace with TASK-001');
			await workbench.screenshot(`quick-fix-${theme}`);
			await fix.click();
			await page.locator('.monaco-editor .squiggly-error').first().waitFor({ state: 'detached' });
			await line.filter({ hasText: 'TASK-001' }).first().waitFor();
		}, 150_000);
	}
});
