import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Host } from '../../../src/host/main.ts';
import type { PlanModel } from '../../../src/host/plans/planModel.ts';
import { loadedHost, loadedPlan, targetOf, until } from '../../support/host/window.ts';

/** Labels of the open tabs that show pages of ours, by the last part of their type. */
function panels(type: string): string[] {
	return vscode.window.tabGroups.all
		.flatMap(({ tabs }) => tabs)
		.filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(type))
		.map(({ label }) => label);
}

describe('the panels of a plan', () => {
	let host: Host;
	let plan: PlanModel;

	before(async () => {
		host = await loadedHost();
		plan = await loadedPlan(host, 18);
	});

	after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

	it('show its forecast in one tab, whichever row it is asked from', async () => {
		await vscode.commands.executeCommand('switchyard.previewRun', targetOf(plan, {}));
		await until('the preview', () => panels('switchyard.preview').length === 1);
		await vscode.commands.executeCommand('switchyard.previewRun', targetOf(plan, { task: 'TASK-004' }));
		await vscode.commands.executeCommand('switchyard.previewRun', 'SPRINT-001-02');
		assert.deepEqual(panels('switchyard.preview'), [`${plan.name}: Preview`]);
		assert.equal(host.enginesStarted, 0, 'a preview started an engine');
	});

	it('show its run over time in another', async () => {
		await vscode.commands.executeCommand('switchyard.openTimeline', targetOf(plan, {}));
		await until('the timeline', () => panels('switchyard.timeline').length === 1);
		assert.deepEqual(panels('switchyard.timeline'), [`${plan.name}: Timeline`]);
	});

	it('are gone when they are closed, and can be opened again', async () => {
		await vscode.commands.executeCommand('workbench.action.closeAllEditors');
		await until(
			'no panels',
			() => panels('switchyard.preview').length + panels('switchyard.timeline').length === 0,
		);
		await vscode.commands.executeCommand('switchyard.previewRun', targetOf(plan, {}));
		await until('the preview again', () => panels('switchyard.preview').length === 1);
	});
});
