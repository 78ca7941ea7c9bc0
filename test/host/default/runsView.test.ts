import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Host } from '../../../src/host/main.ts';
import type { PlanModel } from '../../../src/host/plans/planModel.ts';
import type { RunRow } from '../../../src/host/runsView/runRow.ts';
import { loadedHost, statusOf, targetOf, until, workspacePath } from '../../support/host/window.ts';

const plan = `plan: {name: Again}
tasks:
  - id: AGAIN-1
    name: Say hello
    estimated_hours: 1
    run: [node, -e, "console.log('hello from the task')"]
    verify: [{name: Greeting, run: [node, -e, "console.log('it is fine')"]}]
`;

describe('the view "Runs"', () => {
	let host: Host;
	let model: PlanModel;

	before(async () => {
		host = await loadedHost();
		const file = vscode.Uri.file(workspacePath('again/again.plan.yaml'));
		await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(plan));
		model = await until('the plan', () => host.plans.ofFile(file.toString()));
	});

	// The other files of this window count its plans.
	after(async () => {
		await vscode.workspace.fs.delete(vscode.Uri.file(workspacePath('again')), { recursive: true });
		await until('the plan to go', () => host.plans.get(model.id) === undefined);
	});

	/** The rows of this plan's runs, the newest first. */
	const runRows = async (): Promise<RunRow[]> => {
		const top = await host.runsView.getChildren();
		const own = top.find(({ label, context }) => context === 'plan' && label === 'Again');
		return own === undefined ? [] : host.runsView.getChildren(own);
	};
	const below = async (row: RunRow, label: RegExp): Promise<RunRow> => {
		const found = (await host.runsView.getChildren(row)).find((each) => label.test(each.label));
		assert.ok(found, `no row ${label} below ${row.label}`);
		return found;
	};
	const shownText = () => vscode.window.activeTextEditor?.document.getText() ?? '';
	const tabs = () => vscode.window.tabGroups.all.flatMap((group) => group.tabs.map(({ label }) => label));

	it('shows a run as it goes, with attempts, checks and what they wrote', async () => {
		assert.deepEqual(await runRows(), []);
		await vscode.commands.executeCommand('switchyard.runAll', targetOf(model));
		await until('the task to complete', () => statusOf(host, model, 'AGAIN-1') === 'completed');
		await until('the engine to end', () => host.runs.current(model.id)?.state === 'completed');
		const [run] = await runRows();
		assert.ok(run);
		const item = host.runsView.getTreeItem(run);
		assert.match(String(item.description), /^1\/1/);
		assert.equal(item.collapsibleState, vscode.TreeItemCollapsibleState.Expanded);
		assert.equal(item.contextValue, 'run newest');

		const task = await below(run, /AGAIN-1 Say hello/);
		assert.match(task.description, /^completed/);
		const attempt = await below(task, /^Attempt 1$/);
		const check = await below(attempt, /^Greeting$/);
		assert.match(check.description, /^passed/);
		await vscode.commands.executeCommand('switchyard.openRunFile', check);
		await until('the output of the check', () => shownText().includes('it is fine'));
		await vscode.commands.executeCommand('switchyard.openRunFile', await below(attempt, /^Output$/));
		await until('the output of the work', () => shownText().includes('hello from the task'));
		const summary = await below(await below(run, /^Reports$/), /^EXECUTION-SUMMARY\.md$/);
		await vscode.commands.executeCommand('switchyard.openRunFile', summary);
		await until('the summary', () => tabs().some((label) => label.includes('EXECUTION-SUMMARY.md')));
	});

	it('keeps an earlier run with its own evidence and reasons, and removes it after a question', async () => {
		const [first] = host.runs.all(model.id);
		assert.ok(first);
		await runAnew();
		await until('the second run', () => host.runs.all(model.id).length === 2);
		await until('it to be read', async () => (await runRows())[1]?.description.startsWith('1/1'));
		// The terminal of the first one made room, where the second had one.
		await until(
			'room',
			() => vscode.window.terminals.filter(({ name }) => name.startsWith('AGAIN-1')).length <= 1,
		);
		const [, old] = await runRows();
		assert.ok(old);
		assert.equal(host.runsView.getTreeItem(old).contextValue, 'run');
		const task = await below(old, /AGAIN-1/);
		assert.equal(task.runFolder, first.folder);
		await vscode.commands.executeCommand('switchyard.showWhy', task);
		await until('the reason', () => shownText().startsWith('AGAIN-1 is completed'));
		await vscode.commands.executeCommand('switchyard.openEvidence', task);
		await until('its evidence', () => tabs().some((label) => label.includes('EVIDENCE.md')));

		const asked: string[] = [];
		const ask = vscode.window.showWarningMessage;
		const answer = async (text: string, _options: unknown, ...actions: string[]) => {
			asked.push(text);
			return asked.length === 1 ? undefined : actions[0];
		};
		(vscode.window as { showWarningMessage: unknown }).showWarningMessage = answer;
		try {
			await vscode.commands.executeCommand('switchyard.cleanRuns', old);
			assert.equal(host.runs.all(model.id).length, 2);
			await vscode.commands.executeCommand('switchyard.cleanRuns', old);
			await until('the run to go', () => host.runs.all(model.id).length === 1);
		} finally {
			(vscode.window as { showWarningMessage: unknown }).showWarningMessage = ask;
		}
		assert.match(asked[0] ?? '', /^Remove 1 run, .*Evidence stays\.$/);
		await until('its row to go', async () => (await runRows()).length === 1);
		const evidence = vscode.Uri.file(workspacePath('again', task.evidence ?? 'none', 'EVIDENCE.md'));
		await vscode.workspace.fs.stat(evidence);
	});
});

function runAnew(): Promise<void> {
	const extension = vscode.extensions.getExtension('switchyard.switchyard');
	assert.ok(extension);
	const cli = path.join(extension.extensionPath, 'dist/cli.js');
	const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
	return new Promise((resolve, reject) => {
		execFile(process.execPath, [cli, 'run', workspacePath('again'), '--new'], { env }, (error, _out, err) => {
			if (error === null) {
				resolve();
			} else {
				reject(new Error(err));
			}
		});
	});
}
