import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorkbench } from '../support/vscode/openWorkbench.ts';
import { runCommand } from '../support/vscode/palette.ts';
import { clickRowAction, openViewContainer, treeRows } from '../support/vscode/treeView.ts';
import { waitFor } from '../support/vscode/waitFor.ts';
import { findWebview } from '../support/vscode/webview.ts';
import type { Workbench } from '../support/vscode/workbench.ts';

const card = (task: string) => `[data-card="task ${task}"]`;

describe('closing the window in the middle of a run', () => {
	let workbench: Workbench;
	beforeAll(async () => {
		workbench = await openWorkbench({ workspace: 'samples/shop', theme: 'light' });
	});
	afterAll(() => workbench?.close());

	it('lets it go on, and shows it when the window is open again', async () => {
		const { page, folder } = workbench;
		await openViewContainer(page, 'Switchyard');
		await treeRows(page, 'Backend API').first().waitFor();
		await runCommand(page, 'Switchyard: Open Graph');
		const before = await findWebview(page, card('TASK-001'));
		await clickRowAction(treeRows(page, 'Backend API').first(), 'Run Track');
		await before.locator(`${card('TASK-001')}.look-running`).waitFor();

		await Promise.all([page.waitForEvent('load'), runCommand(page, 'Developer: Reload Window')]);
		// The panel comes back by itself, with what happened in the meantime.
		const after = await findWebview(page, card('TASK-001'));
		await after.locator(`${card('TASK-001')}.look-completed`).waitFor({ timeout: 60_000 });
		await workbench.screenshot('reload-light');
		await after.locator(`${card('TASK-018')}.look-completed`).waitFor({ timeout: 90_000 });
		await workbench.screenshot('track-finished-light');

		const log = await waitFor('the journal', async () => {
			const runs = path.join(folder, '.switchyard/runs');
			const [run] = await readdir(runs);
			return readFile(path.join(runs, run ?? '', 'journal.jsonl'), 'utf8');
		});
		const claims = log.match(/"kind":"task-claimed","task":"TASK-\d+"/g) ?? [];
		expect(claims).toHaveLength(7);
		expect(new Set(claims).size).toBe(7);
	}, 180_000);
});
