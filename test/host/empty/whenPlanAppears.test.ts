import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activated, loadedPlan, until, workspacePath } from '../../support/host/window.ts';

describe('a folder without a plan', () => {
	const write = async (file: string, text: string) => {
		const uri = vscode.Uri.file(workspacePath(file));
		await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
		return uri;
	};

	it('stays unloaded while other YAML is edited', async () => {
		const loader = await activated();
		await vscode.window.showTextDocument(await write('compose.yaml', 'services: {}\n'));
		await vscode.window.showTextDocument(await write('docs/notes.yaml', 'a: 1\n'));
		assert.equal(loader.isLoaded, false);
	});

	it('loads when a plan is written into a subfolder, checks it and shows it', async () => {
		const loader = await activated();
		const file = await write(
			'packages/web/docs/planning/tasks/TASK-001.yaml',
			'id: TASK-001\nname: First\nrun: [node, -v]\ndependencies: [TASK-404]\n',
		);
		await until('the host', () => loader.isLoaded);
		const host = await loader.load();
		const plan = await loadedPlan(host);
		assert.ok(plan.id.rootUri.endsWith('/packages/web'), plan.id.rootUri);
		await until('a diagnostic', () => vscode.languages.getDiagnostics(file).length > 0);
	});

	it('finds a plan that arrives with all its folders while it is loaded', async () => {
		const host = await (await activated()).load();
		await write(
			'services/billing/docs/planning/tasks/BILL-1.yaml',
			'id: BILL-1\nname: Bill\nrun: [node, -v]\n',
		);
		await until('the plan', () => host.plans.plans.some((plan) => plan.tasks.has('BILL-1')));
	});

	it('creates a plan that has no errors, and never over another', async () => {
		const loader = await activated();
		const host = await loader.load();
		for (const expected of ['my-plan-1.plan.yaml', 'my-plan-1-2.plan.yaml']) {
			await vscode.commands.executeCommand('switchyard.createPlan', 'My “plan”: #1');
			assert.ok(vscode.window.activeTextEditor?.document.uri.path.endsWith(`/${expected}`));
			const uri = vscode.window.activeTextEditor?.document.uri.toString() ?? '';
			const plan = await until(expected, () => host.plans.ofFile(uri));
			assert.deepEqual([plan.name, plan.errors, plan.warnings, plan.tasks.size], ['My “plan”: #1', 0, 0, 3]);
		}
	});
});
