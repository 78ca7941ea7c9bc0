import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { codeLenses, goToLine, problemRows } from '../support/vscode/editor.ts';
import { openWorkbench } from '../support/vscode/openWorkbench.ts';
import { openFile } from '../support/vscode/palette.ts';
import { openViewContainer, treeRows } from '../support/vscode/treeView.ts';
import { waitFor } from '../support/vscode/waitFor.ts';
import type { Workbench } from '../support/vscode/workbench.ts';

const taskFile = 'docs/planning/tasks/TASK-004.yaml';

describe('diagnostics inside the plan file', () => {
	let workbench: Workbench;
	beforeAll(async () => {
		workbench = await openWorkbench({ workspace: 'samples/shop', theme: 'light' });
	});
	afterAll(() => workbench?.close());

	it('appear while typing and go when the text is right again', async () => {
		const { page, folder } = workbench;
		const text = await readFile(path.join(folder, taskFile), 'utf8');
		const line = text.split('\n').findIndex((row) => row.startsWith('dependencies')) + 1;
		await openFile(page, taskFile);
		// The editor asks for lenses only while it has the focus: later it would not get any.
		await codeLenses(page, 'Run Task').first().waitFor();
		await goToLine(page, line);
		await page.keyboard.press('End');
		await page.keyboard.press('ArrowLeft');
		await page.keyboard.type(', TASK-0O8');
		await page.locator('.monaco-editor .squiggly-error').first().waitFor();
		const rows = await problemRows(page);
		await rows.filter({ hasText: 'TASK-0O8' }).first().waitFor();
		await workbench.screenshot('diagnostic');

		// Typing is undone in as many steps as the editor has made of it.
		await waitFor('the text as it was', async () => {
			await page.locator('.monaco-editor .native-edit-context, .monaco-editor .inputarea').first().focus();
			await page.keyboard.press('Control+Z');
			const squiggle = page.locator('.monaco-editor .squiggly-error').first();
			return squiggle.waitFor({ state: 'detached', timeout: 3_000 }).then(() => true);
		});
	});

	it('name the whole way of a cycle, in every file of it', async () => {
		const { page, folder } = workbench;
		const first = path.join(folder, 'docs/planning/tasks/TASK-001.yaml');
		const text = await readFile(first, 'utf8');
		await writeFile(first, text.replace('dependencies: []', 'dependencies: [TASK-008]'));
		const rows = await problemRows(page);
		await rows
			.filter({ hasText: /TASK-001 → TASK-008 → TASK-004 → TASK-001/ })
			.first()
			.waitFor();
		await openViewContainer(page, 'Switchyard');
		await treeRows(page, 'TASK-001').first().waitFor();
		await workbench.screenshot('diagnostic-cycle');
		await writeFile(first, text);
		await rows.filter({ hasText: 'TASK-008' }).first().waitFor({ state: 'detached' });
		await page.locator('.monaco-editor .squiggly-error').first().waitFor({ state: 'detached' });
	});
});
