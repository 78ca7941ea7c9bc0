import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorkbench } from '../support/vscode/openWorkbench.ts';
import { openViewContainer, treeRows } from '../support/vscode/treeView.ts';
import type { Workbench } from '../support/vscode/workbench.ts';

describe('the packaged extension on the sample', () => {
	let workbench: Workbench;
	beforeAll(async () => {
		workbench = await openWorkbench({ workspace: 'samples/shop' });
	});
	afterAll(() => workbench?.close());

	it('is installed and active: its view shows the plan', async () => {
		const { page } = workbench;
		await openViewContainer(page, 'Switchyard');
		await treeRows(page).nth(2).waitFor();
		const rows = await treeRows(page).allTextContents();
		expect(rows.join('\n')).toMatch(/Backend/);
		await workbench.screenshot('smoke-plan');
	});
});
