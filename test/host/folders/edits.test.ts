import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { loadedHost, treeLines, until } from '../../support/host/window.ts';

/** A path in one of the two folders of the window. */
function place(folder: 'one' | 'two', ...parts: string[]): string {
	const found = vscode.workspace.workspaceFolders?.find(({ name }) => name === folder);
	assert.ok(found, `the folder ${folder} is not open`);
	return path.join(found.uri.fsPath, ...parts);
}

function write(file: string, text: string): vscode.Uri {
	mkdirSync(path.dirname(file), { recursive: true });
	writeFileSync(file, text);
	return vscode.Uri.file(file);
}

async function open(file: vscode.Uri): Promise<vscode.TextDocument> {
	const document = await vscode.workspace.openTextDocument(file);
	await vscode.window.showTextDocument(document);
	return document;
}

/** The diagnostics of a file once there is one with a code. */
async function problems(file: vscode.Uri, code: string): Promise<vscode.Diagnostic> {
	return until(`${code} in ${file.path}`, () =>
		vscode.languages
			.getDiagnostics(file)
			.find((diagnostic) => diagnostic.source === 'switchyard' && codeOf(diagnostic) === code),
	);
}

function codeOf({ code }: vscode.Diagnostic): string {
	return String(typeof code === 'object' ? code.value : code);
}

/** The code of a diagnostic is a link, which opens what docs/problems.md says of it. */
async function leadsToItsPage(file: vscode.Uri): Promise<void> {
	const { code } = await problems(file, 'SY302');
	assert.ok(typeof code === 'object', 'the code is no link');
	const page = await vscode.workspace.openTextDocument(code.target);
	assert.match(page.getText(), /^# SY302 A dependency does not exist\nError/);
	assert.match(page.getText(), /Quick fix: /);
}

async function planWith(task: string) {
	const host = await loadedHost();
	return until(`a plan with ${task}`, () => host.plans.plans.find((plan) => plan.tasks.has(task)));
}

describe('a window with several folders and plans', () => {
	before(async () => {
		const tasks = 'docs/planning/tasks';
		write(place('two', tasks, 'T-1.yaml'), '# first\nid: T-1\nrun: [x]\n');
		write(
			place('two', tasks, 'T-2.yaml'),
			'id: T-2\nagent: claude\nprompt: {file: p.md}\ndependencies:\n  - "T-1"\n',
		);
		write(place('two', 'p.md'), 'Do it.\n');
		write(place('two', 'docs/sprints/S-1.yaml'), 'id: S-1\ntasks: [T-1, T-2]\n');
		write(
			place('one', 'a.plan.yaml'),
			'\uFEFFtasks:\r\n  - id: A # first\r\n    run: [x]\r\n  - id: B\r\n    dependencies: [A, A-]\r\n    run: [x]\r\n',
		);
		await planWith('B');
		await planWith('T-2');
	});

	it('has a plan for each folder, each with its own ids', async () => {
		const host = await loadedHost();
		const lines = await treeLines(host, 2);
		assert.ok(
			lines.some((line) => line.startsWith('a ')),
			lines.join('\n'),
		);
		assert.ok(
			lines.some((line) => line.startsWith('two ')),
			lines.join('\n'),
		);
	});

	it('a quick fix is applied, and line ends and byte order mark of the file stay', async () => {
		const file = vscode.Uri.file(place('one', 'a.plan.yaml'));
		const document = await open(file);
		const { range } = await problems(file, 'SY302');
		assert.equal(document.getText(range), 'A-');
		await leadsToItsPage(file);
		const actions = await until('the fixes', async () => {
			const found = await vscode.commands.executeCommand<vscode.CodeAction[]>(
				'vscode.executeCodeActionProvider',
				file,
				range,
				vscode.CodeActionKind.QuickFix.value,
			);
			return found.length > 0 ? found : null;
		});
		const removal = actions.find(({ title }) => title === 'Remove A- from the dependencies of B');
		assert.ok(removal?.edit, actions.map(({ title }) => title).join(' | '));
		assert.ok(await vscode.workspace.applyEdit(removal.edit));
		// Some windows save by themselves after a while; then there is nothing left to save.
		await document.save();
		const expected =
			'\uFEFFtasks:\r\n  - id: A # first\r\n    run: [x]\r\n  - id: B\r\n    dependencies: [A]\r\n    run: [x]\r\n';
		await until('the saved text', () => readFileSync(file.fsPath, 'utf8') === expected);
		await until('no problem', () =>
			vscode.languages.getDiagnostics(file).every((each) => codeOf(each) !== 'SY302'),
		);
	});

	it('formatting tidies white space and keeps comments and quotes', async () => {
		const file = write(
			place('one', 'b.plan.yaml'),
			'tasks:\n  - id: F1   # the first  \n    run: ["x",  y]\n    name: "F"  \n',
		);
		await planWith('F1');
		const document = await open(file);
		const edits = await vscode.commands.executeCommand<vscode.TextEdit[]>(
			'vscode.executeFormatDocumentProvider',
			file,
			{ tabSize: 2, insertSpaces: true },
		);
		const edit = new vscode.WorkspaceEdit();
		edit.set(file, edits);
		assert.ok(await vscode.workspace.applyEdit(edit));
		const text = document.getText();
		assert.equal(text, 'tasks:\n  - id: F1   # the first\n    run: ["x",  y]\n    name: "F"\n');
		await vscode.commands.executeCommand('workbench.action.files.revert');
	});

	it('a prompt leads to its file', async () => {
		const file = vscode.Uri.file(place('two', 'docs/planning/tasks/T-2.yaml'));
		await open(file);
		const links = await until('a link', async () => {
			const found = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
				'vscode.executeLinkProvider',
				file,
			);
			return found.length > 0 ? found : null;
		});
		assert.deepEqual(
			links.map(({ target }) => target?.fsPath),
			[place('two', 'p.md')],
		);
	});

	it('a rename reaches every file, and the file that is named after the task', async () => {
		const file = vscode.Uri.file(place('two', 'docs/planning/tasks/T-2.yaml'));
		const document = await open(file);
		const position = document.positionAt(document.getText().indexOf('"T-1"') + 2);
		const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
			'vscode.executeDocumentRenameProvider',
			file,
			position,
			'T-9',
		);
		assert.ok(await vscode.workspace.applyEdit(edit, { isRefactoring: true }));
		await vscode.workspace.saveAll(false);
		const host = await loadedHost();
		await until('the plan without the old id', () =>
			host.plans.plans.some(({ tasks: found }) => found.has('T-9') && !found.has('T-1')),
		);
		const tasks = place('two', 'docs/planning/tasks');
		await until('the renamed file', () => existsSync(path.join(tasks, 'T-9.yaml')));
		assert.ok(!existsSync(path.join(tasks, 'T-1.yaml')));
		assert.equal(readFileSync(path.join(tasks, 'T-9.yaml'), 'utf8'), '# first\nid: T-9\nrun: [x]\n');
		assert.match(readFileSync(path.join(tasks, 'T-2.yaml'), 'utf8'), /- "T-9"/);
		assert.equal(readFileSync(place('two', 'docs/sprints/S-1.yaml'), 'utf8'), 'id: S-1\ntasks: [T-9, T-2]\n');
	});
});
