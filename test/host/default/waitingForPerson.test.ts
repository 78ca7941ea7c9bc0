import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { Host } from '../../../src/host/main.ts';
import type { InboxEntry } from '../../../src/host/needs/inbox.ts';
import type { PlanModel } from '../../../src/host/plans/planModel.ts';
import { planKey } from '../../../src/host/plans/planModel.ts';
import { loadedHost, statusOf, targetOf, until, workspacePath } from '../../support/host/window.ts';

/** One task that a person must agree to, and one that fails until the file `mended` is there. */
const asking = `plan: {name: Asking, strategy: dynamic}
tasks:
  - {id: ASK-1, name: Ask first, estimated_hours: 1, approval: before, run: [node, -e, "0"]}
  - {id: ASK-2, name: Fail first, estimated_hours: 1, run: [node, -e, "process.exit(require('fs').existsSync('mended') ? 0 : 1)"]}
`;

describe('the view "Needs You"', () => {
	let host: Host;
	let plan: PlanModel;

	before(async () => {
		host = await loadedHost();
		const file = vscode.Uri.file(workspacePath('asking/asking.plan.yaml'));
		await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(asking));
		plan = await until('the plan', () => host.plans.ofFile(file.toString()));
	});

	// The other files of this window count its plans.
	after(async () => {
		await vscode.workspace.fs.delete(vscode.Uri.file(workspacePath('asking')), { recursive: true });
		await until('the plan to go', () => host.plans.get(plan.id) === undefined);
	});

	const row = (task: string): InboxEntry | undefined =>
		host.needs.entries.find(({ target }) => target.plan === planKey(plan.id) && target.task === task);
	const state = () => host.runs.current(plan.id)?.state;

	it('shows a question, counts it, says why, and its answer lets the run go on', async () => {
		await vscode.commands.executeCommand('switchyard.runTask', targetOf(plan, { task: 'ASK-1' }));
		const entry = await until('the question', () => row('ASK-1'));
		const item = host.needs.getTreeItem(entry);
		assert.equal(item.label, 'ASK-1 Ask first');
		assert.equal(item.contextValue, 'need approve reject skip');
		assert.match(String(item.description), /Waits for your approval before it begins/);
		assert.equal(host.needs.badge?.value, host.needs.entries.length);
		await until('the engine to end', () => state() === 'idle');

		await vscode.commands.executeCommand('switchyard.showWhy', entry);
		await until('the reason', () =>
			vscode.window.activeTextEditor?.document.getText().includes('It waits for a person since'),
		);

		await vscode.commands.executeCommand('switchyard.approveTask', entry);
		await until('the row to go', () => row('ASK-1') === undefined);
		await until('the run to be resumable', () => state() === 'interrupted');
		await vscode.commands.executeCommand('switchyard.resumeRun', targetOf(plan));
		await until('the task to complete', () => statusOf(host, plan, 'ASK-1') === 'completed');
		await until('the engine to end', () => state() === 'idle');
	});

	it('asks about a finished task that seems renamed, and takes the answer from the row', async () => {
		const [file = ''] = plan.files;
		const uri = vscode.Uri.parse(file, true);
		const renamed = asking.replace('ASK-1', 'ASK-9');
		await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(renamed));
		await until('the new plan', () => host.plans.get(plan.id)?.tasks.has('ASK-9'));
		await vscode.commands.executeCommand('switchyard.runTask', targetOf(plan, { task: 'ASK-9' }));
		const entry = await until('the question', () =>
			host.needs.entries.find(({ rename }) => rename?.from === 'ASK-1' && rename.to === 'ASK-9'),
		);
		const item = host.needs.getTreeItem(entry);
		assert.equal(item.contextValue, 'question renamed');
		assert.equal(item.command?.command, 'switchyard.revealInYaml');
		await vscode.commands.executeCommand('switchyard.confirmRename', entry);
		await until('the row to go', () => host.needs.entries.every(({ rename }) => rename === undefined));
		await until('the engine to end', () => state() !== 'running' && state() !== 'stopping');
		await vscode.commands.executeCommand('switchyard.runTask', targetOf(plan, { task: 'ASK-9' }));
		await until('what was done to stand for the new id', () => statusOf(host, plan, 'ASK-9') === 'completed');
		assert.equal(host.runs.current(plan.id)?.attempts('ASK-9').length, 1);
		await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(asking));
		await until('the old plan', () => host.plans.get(plan.id)?.tasks.has('ASK-1'));
	});

	it('keeps a task that failed until it is tried again with success', async () => {
		await vscode.commands.executeCommand('switchyard.runTask', targetOf(plan, { task: 'ASK-2' }));
		const entry = await until('the failure', () => row('ASK-2'));
		assert.match(entry.context, /^need retry skip/);
		await until('the engine to end', () => state() === 'idle');
		writeFileSync(workspacePath('asking/mended'), '');
		await vscode.commands.executeCommand('switchyard.retryTask', entry);
		await until('the task to complete', () => statusOf(host, plan, 'ASK-2') === 'completed');
		await until('the row to go', () => row('ASK-2') === undefined);
		assert.equal(host.needs.badge?.value, host.needs.entries.length || undefined);
	});
});
