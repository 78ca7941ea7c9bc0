import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Host } from '../../../src/host/main.ts';
import type { PlanModel } from '../../../src/host/plans/planModel.ts';
import {
	loadedHost,
	loadedPlan,
	targetOf,
	treeLines,
	type,
	until,
	workspacePath,
} from '../../support/host/window.ts';

describe('a planning folder in the editor', () => {
	let host: Host;
	let plan: PlanModel;

	before(async () => {
		host = await loadedHost();
		plan = await loadedPlan(host, 18);
	});

	it('is one plan without errors', () => {
		assert.deepEqual(
			host.plans.plans.map(({ tasks, sprints, tracks, errors }) => [
				tasks.size,
				sprints.size,
				tracks.length,
				errors,
			]),
			[[18, 6, 3, 0]],
		);
	});

	it('is a tree of tracks, sprints and tasks with their hours', async () => {
		const lines = await treeLines(host);
		assert.equal(lines.filter((line) => !line.startsWith(' ')).length, 3);
		assert.equal(lines.filter((line) => /^ {4}TASK-\d{3} /.test(line)).length, 18);
		assert.ok(lines.includes('  SPRINT-001-01 Foundation | 0/3 · 24 h'), lines.join('\n'));
		assert.match(lines[0] ?? '', /\| 0 % · 52 h$/);
	});

	it('shows the YAML of a task when its row is clicked', async () => {
		await vscode.commands.executeCommand('switchyard.revealInYaml', targetOf(plan, { task: 'TASK-008' }));
		const editor = vscode.window.activeTextEditor;
		assert.ok(editor?.document.uri.path.endsWith('/docs/planning/tasks/TASK-008.yaml'));
		assert.equal(editor?.document.getText(editor.selection), 'TASK-008');
	});

	it('selects a row from elsewhere', async () => {
		await vscode.commands.executeCommand('switchyard.showInTree', targetOf(plan, { task: 'TASK-017' }));
		await until('the view to be visible', () => host.tree.isVisible);
		await until('the row to be selected', () => host.tree.selection[0]?.target.task === 'TASK-017');
	});

	it('underlines a dangling dependency as it is typed, refuses to run, and recovers', async () => {
		const file = vscode.Uri.file(workspacePath('docs/planning/tasks/TASK-008.yaml'));
		const document = await type(file, 'dependencies: [TASK-004]', 'dependencies: [TASK-999]');
		const errors = () =>
			vscode.languages
				.getDiagnostics(file)
				.filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error);
		const [error] = await until('a diagnostic', () => (errors().length > 0 ? errors() : null));
		assert.equal(error?.source, 'switchyard');
		assert.match(error?.message ?? '', /TASK-999/);
		assert.equal(document.getText(error?.range), 'TASK-999');
		await until('the tree to say so', () => host.tree.message?.includes('1 error'));
		assert.equal(document.isDirty, true);

		await vscode.commands.executeCommand('switchyard.runSprint', 'SPRINT-001-01');
		assert.equal(host.enginesStarted, 0, 'a plan with errors was run');
		await type(file, 'TASK-999', 'TASK-004');
		await until('the diagnostic to go', () => errors().length === 0);
		await until('the plan to be well', () => host.plans.get(plan.id)?.errors === 0);
		await document.save();
	});

	it('has the row of a task drawn again when it changes, then those above it, and never the whole tree', async () => {
		await treeLines(host);
		const fired: unknown[] = [];
		const listener = host.tree.provider.onDidChangeTreeData?.((rows) => fired.push(rows));
		const kinds = () =>
			fired.flatMap((rows) => (Array.isArray(rows) ? rows.map(({ kind }) => kind) : ['all']));
		const file = vscode.Uri.file(workspacePath('docs/planning/tasks/TASK-008.yaml'));
		const document = await type(file, 'estimated_hours: 6', 'estimated_hours: 9');
		await until('the rows above', () => kinds().includes('sprint') && kinds().includes('track'));
		assert.equal(kinds()[0], 'task');
		assert.ok(!kinds().includes('all'), kinds().join());
		assert.ok((await treeLines(host)).includes('    TASK-008 Product catalog API | 9 h'));
		listener?.dispose();
		await type(file, 'estimated_hours: 9', 'estimated_hours: 6');
		await document.save();
	});

	it('shows a task that was written into the folder, and lets it go again', async () => {
		const file = vscode.Uri.file(workspacePath('docs/planning/tasks/TASK-100.yaml'));
		const text = 'id: TASK-100\nname: Late\nestimated_hours: 1\nrun: [node, -v]\n';
		await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
		await until('the task', () => host.plans.get(plan.id)?.tasks.has('TASK-100'));
		const lines = await treeLines(host, 2);
		assert.deepEqual(lines.slice(-2), ['Unscheduled | 0/1 · 1 h', '  TASK-100 Late | 1 h']);
		await vscode.workspace.fs.delete(file);
		await until('the task to go', () => !host.plans.get(plan.id)?.tasks.has('TASK-100'));
	});

	it('has a line of actions above each id', async () => {
		const file = vscode.Uri.file(workspacePath('docs/sprints/SPRINT-001-01.yaml'));
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
			lenses.map(({ command }) => command?.title),
			['$(run-all) Run Sprint', '0/3', 'Preview'],
		);
	});

	it('leaves other YAML files alone', async () => {
		const file = vscode.Uri.file(workspacePath('compose.yaml'));
		await vscode.workspace.fs.writeFile(file, new TextEncoder().encode('tasks: [a: b: c\n'));
		await vscode.window.showTextDocument(file);
		await vscode.commands.executeCommand('switchyard.refresh');
		assert.deepEqual(
			vscode.languages.getDiagnostics(file).filter(({ source }) => source === 'switchyard'),
			[],
		);
		await vscode.workspace.fs.delete(file);
	});
});
