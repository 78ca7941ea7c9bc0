import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { extensionHosts } from '../support/vscode/extensionHosts.ts';
import { claimsIn, journalOf } from '../support/vscode/journalOf.ts';
import { openWorkbench } from '../support/vscode/openWorkbench.ts';
import { runCommand } from '../support/vscode/palette.ts';
import { clickRowAction, openViewContainer, treeRows } from '../support/vscode/treeView.ts';
import { waitFor } from '../support/vscode/waitFor.ts';
import { findWebview } from '../support/vscode/webview.ts';
import type { Workbench } from '../support/vscode/workbench.ts';

const card = (task: string) => `[data-card="task ${task}"]`;
const once = (tasks: readonly string[]) => Object.fromEntries(tasks.map((task) => [task, 1]));

describe('a run and its window', () => {
	let workbench: Workbench;
	beforeAll(async () => {
		workbench = await openWorkbench({ workspace: 'samples/shop', theme: 'light' });
	});
	afterAll(() => workbench?.close());

	it('the run goes on while the window reloads, and the window shows it again', async () => {
		const { page, folder } = workbench;
		await openViewContainer(page, 'Switchyard');
		await treeRows(page, 'Backend API').first().waitFor();
		await runCommand(page, 'Switchyard: Open Graph');
		const before = await findWebview(page, card('TASK-001'));
		await clickRowAction(treeRows(page, 'Backend API').first(), 'Run Track');
		// On a slow machine the page may be told of its beginning and its end at once.
		await before.locator(`${card('TASK-001')}:is(.look-running, .look-completed)`).waitFor();

		await Promise.all([page.waitForEvent('load'), runCommand(page, 'Developer: Reload Window')]);
		// The panel comes back by itself, with what happened in the meantime.
		const after = await findWebview(page, card('TASK-001'));
		await after.locator(`${card('TASK-001')}.look-completed`).waitFor({ timeout: 60_000 });
		await workbench.screenshot('reload-light');
		await after.locator(`${card('TASK-018')}.look-completed`).waitFor({ timeout: 90_000 });
		await workbench.screenshot('track-finished-light');
		const track = ['TASK-001', 'TASK-004', 'TASK-008', 'TASK-012', 'TASK-016', 'TASK-006', 'TASK-018'];
		expect(claimsIn(await journalOf(folder))).toEqual(once(track));
	}, 180_000);

	it('a killed extension host takes nothing with it: each task of the sprint is done once', async () => {
		const { page, folder, serverPid } = workbench;
		await openViewContainer(page, 'Switchyard');
		await clickRowAction(treeRows(page, 'SPRINT-001-02').first(), 'Run Sprint');
		await waitFor('TASK-002 to be claimed', async () => 'TASK-002' in claimsIn(await journalOf(folder)));
		const hosts = await extensionHosts(serverPid);
		expect(hosts).not.toEqual([]);
		for (const pid of hosts) {
			process.kill(pid, 'SIGKILL');
		}

		await page.goto('about:blank');
		await workbench.open();
		await openViewContainer(page, 'Switchyard');
		await treeRows(page, 'SPRINT-001-02', '3/3').first().waitFor({ timeout: 60_000 });
		const claims = claimsIn(await journalOf(folder));
		expect(claims).toMatchObject(once(['TASK-002', 'TASK-005', 'TASK-009']));
		expect(Object.values(claims).every((count) => count === 1)).toBe(true);
	}, 120_000);
});
