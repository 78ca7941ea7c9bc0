import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Host } from '../../../src/host/main.ts';
import type { PlanModel } from '../../../src/host/plans/planModel.ts';
import {
	exists,
	loadedHost,
	loadedPlan,
	targetOf,
	treeLines,
	type,
	until,
	workspacePath,
} from '../../support/host/window.ts';

describe('a plan in a folder that nobody trusted', () => {
	let host: Host;
	let plan: PlanModel;

	before(async () => {
		host = await loadedHost();
		plan = await loadedPlan(host, 18);
	});

	it('is checked as it is typed', async () => {
		const file = vscode.Uri.file(workspacePath('docs/planning/tasks/TASK-008.yaml'));
		await type(file, 'dependencies: [TASK-004]', 'dependencies: [TASK-999]');
		await until('a diagnostic', () => vscode.languages.getDiagnostics(file).length > 0);
		await type(file, 'TASK-999', 'TASK-004');
		await until('it to go', () => vscode.languages.getDiagnostics(file).length === 0);
	});

	it('is shown as a tree that says why nothing runs', async () => {
		assert.equal((await treeLines(host)).length, 3 + 6 + 18);
		await until('the message', () => host.tree.message?.includes('Restricted Mode'));
	});

	it('cannot be run, by any command', async () => {
		const terminals = vscode.window.terminals.length;
		for (const [command, argument] of [
			['switchyard.runAll', targetOf(plan)],
			['switchyard.runSprint', 'SPRINT-001-01'],
			['switchyard.runTask', 'TASK-001'],
			['switchyard.retryTask', 'TASK-001'],
			['switchyard.skipTask', 'TASK-001'],
			['switchyard.showTerminal', 'TASK-001'],
			['switchyard.resumeRun', targetOf(plan)],
		] as const) {
			await vscode.commands.executeCommand(command, argument);
		}
		assert.equal(host.enginesStarted, 0);
		assert.equal(exists('.switchyard'), false);
		assert.equal(exists('platform'), false);
		assert.equal(vscode.window.terminals.length, terminals);
	});

	it('offers no way to run above its ids', async () => {
		const file = vscode.Uri.file(workspacePath('docs/planning/tasks/TASK-001.yaml'));
		await vscode.window.showTextDocument(file);
		const lenses = await until('lenses', async () => {
			const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
				'vscode.executeCodeLensProvider',
				file,
				20,
			);
			return found.length > 0 ? found : null;
		});
		assert.deepEqual(
			lenses.map(({ command }) => command?.command),
			['switchyard.showInTree', 'switchyard.previewRun'],
		);
	});
});
