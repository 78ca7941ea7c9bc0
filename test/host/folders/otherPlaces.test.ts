import assert from 'node:assert/strict';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { OpenedForeign } from '../../../src/host/client/openedForeign.ts';
import { MemoryFileSystem } from '../../support/host/memoryFileSystem.ts';
import { loadedHost, targetOf, treeLines, until } from '../../support/host/window.ts';

const first = () => {
	const [folder] = vscode.workspace.workspaceFolders ?? [];
	assert.ok(folder, 'no folder is open');
	return folder.uri.fsPath;
};

function write(file: string, text: string): vscode.Uri {
	mkdirSync(path.dirname(file), { recursive: true });
	writeFileSync(file, text);
	return vscode.Uri.file(file);
}

const tasks = JSON.stringify({
	tasks: [
		{ id: 1, title: 'Model', status: 'done', dependencies: [] },
		{ id: 2, title: 'View', status: 'pending', dependencies: [1, 9] },
	],
});

describe('plans of other tools', () => {
	it('are shown where they lie, and cannot be run', async () => {
		const host = await loadedHost();
		const file = write(path.join(first(), '.taskmaster/tasks/tasks.json'), tasks);
		await vscode.commands.executeCommand('switchyard.refresh');
		const plan = await until('the plan', () =>
			host.plans.plans.find(({ foreign }) => foreign === 'taskmaster'),
		);
		assert.deepEqual([...plan.tasks.keys()], ['1', '2']);
		assert.ok(!host.plans.own.includes(plan));
		const lines = await treeLines(host, 1);
		assert.ok(
			lines.some((line) => line.includes('Task Master tasks · 1/2')),
			lines.join('\n'),
		);
		await until('the dangling dependency', () =>
			vscode.languages.getDiagnostics(file).some(({ message }) => message.includes('9')),
		);
	});

	it('are opened by hand from anywhere in the window', async () => {
		const host = await loadedHost();
		const file = write(path.join(first(), 'exported/data.json'), tasks.replace('Model', 'Schema'));
		await vscode.commands.executeCommand('switchyard.openForeign', file);
		const plan = host.plans.plans.find(({ id }) => id.key === 'data.json');
		assert.equal(plan?.tasks.get('1')?.name, 'Schema');
		assert.equal(plan?.opened, true);
		const lines = await treeLines(host, 2);
		assert.ok(lines.includes('  1 Schema | done'), lines.join('\n'));
		assert.ok(lines.includes('  2 View | pending'), lines.join('\n'));
	});

	it('are remembered for the next window, and closed by a command that leaves their files alone', async () => {
		const host = await loadedHost();
		const uri = vscode.Uri.file(path.join(first(), 'exported/data.json')).toString();
		const opened: string[][] = [];
		const kept = new Map<string, unknown>([['openedForeign', [[uri], 'damaged']]]);
		const memory: vscode.Memento = {
			keys: () => [...kept.keys()],
			get: (key: string) => kept.get(key) as never,
			update: async (key: string, value: unknown) => void kept.set(key, value),
		};
		const next = new OpenedForeign({
			memory,
			open: async (uris) => {
				opened.push([...uris]);
				return { rootUri: 'file:///x', key: 'data.json' };
			},
			close: async () => {},
		});
		await next.openAll();
		assert.deepEqual(opened, [[uri]]);
		await next.close([uri]);
		assert.deepEqual(kept.get('openedForeign'), []);
		next.dispose();

		const plan = host.plans.plans.find(({ opened: isOpened }) => isOpened === true);
		assert.ok(plan);
		await vscode.commands.executeCommand('switchyard.closeForeign', targetOf(plan));
		await until('the plan to go', () => host.plans.get(plan.id) === undefined);
		assert.ok(existsSync(vscode.Uri.parse(uri).fsPath));
	});

	it('are imported as a preview first, with what was repaired', async () => {
		const file = vscode.Uri.file(path.join(first(), '.taskmaster/tasks/tasks.json'));
		// Not awaited: it goes on when a person answers.
		void vscode.commands.executeCommand('switchyard.importPlan', file);
		const text = await until('the preview', () => {
			const document = vscode.window.activeTextEditor?.document;
			return document?.isUntitled === true && document.languageId === 'yaml' ? document.getText() : null;
		});
		assert.match(text, /^# Imported by Switchyard from Task Master tasks/);
		assert.match(text, /depends on `9`, which does not exist/);
		assert.match(text, /dependencies: \["?1"?\]/);
		await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
	});
});

describe('a virtual workspace', () => {
	const files = new MemoryFileSystem({
		'/plans/.gitignore': 'built/\n',
		'/plans/v.plan.yaml':
			'tasks:\n  - id: V1\n    name: Virtual one\n    run: [x]\n  - id: V2\n    dependencies: [V0]\n    run: [x]\n',
		'/plans/built/x.plan.yaml': 'tasks: [{id: X, run: [x]}]\n',
	});
	const root = vscode.Uri.parse('memfs:/plans');
	const file = vscode.Uri.joinPath(root, 'v.plan.yaml');

	before(async () => {
		vscode.workspace.registerFileSystemProvider('memfs', files);
		const count = vscode.workspace.workspaceFolders?.length ?? 0;
		assert.ok(vscode.workspace.updateWorkspaceFolders(count, 0, { uri: root, name: 'virtual' }));
	});

	it('is searched and checked without a disk and without a search of its file system', async () => {
		const host = await loadedHost();
		const plan = await until('the plan', () => host.plans.plans.find(({ tasks: found }) => found.has('V2')));
		assert.equal(plan.id.rootUri, 'memfs:/plans');
		assert.ok(!host.plans.plans.some(({ tasks: found }) => found.has('X')), 'an ignored plan was found');
		await until('its problem', () =>
			vscode.languages.getDiagnostics(file).some(({ message }) => message.includes('V0')),
		);
	});

	it('has the language features, and an edit is checked as it is typed', async () => {
		const document = await vscode.workspace.openTextDocument(file);
		await vscode.window.showTextDocument(document);
		const at = document.positionAt(document.getText().indexOf('V1') + 1);
		const card = await until('a card', async () => {
			const found = await vscode.commands.executeCommand<vscode.Hover[]>(
				'vscode.executeHoverProvider',
				file,
				at,
			);
			return found
				.flatMap(({ contents }) => contents)
				.map((part) => (typeof part === 'string' ? part : part.value))[0];
		});
		assert.match(card, /Virtual one/);
		const edit = new vscode.WorkspaceEdit();
		const from = document.getText().indexOf('V0');
		edit.replace(file, new vscode.Range(document.positionAt(from), document.positionAt(from + 2)), 'V1');
		assert.ok(await vscode.workspace.applyEdit(edit));
		await until('no problem', () =>
			vscode.languages.getDiagnostics(file).every(({ message }) => !message.includes('V0')),
		);
		// Some windows save by themselves after a while; then there is nothing left to save.
		await document.save();
		await until('the saved text', () => /dependencies: \[V1\]/.test(files.textOf('/plans/v.plan.yaml')));
	});
});
