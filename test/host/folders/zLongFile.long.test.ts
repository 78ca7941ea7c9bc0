import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { loadedHost, until } from '../../support/host/window.ts';

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

async function planWith(task: string) {
	const host = await loadedHost();
	return until(`a plan with ${task}`, () => host.plans.plans.find((plan) => plan.tasks.has(task)));
}

describe('a very long plan', () => {
	it('a file of a hundred thousand lines is checked while it is edited', async () => {
		const tasks = Array.from(
			{ length: 25_000 },
			(_, at) =>
				`  - id: L-${at}\n    name: Task ${at}\n    dependencies: [${at === 0 ? '' : `L-${at - 1}`}]\n    run: [x]\n`,
		);
		const file = write(place('one', 'long.plan.yaml'), `tasks:\n${tasks.join('')}`);
		await planWith('L-24999');
		const document = await open(file);
		assert.equal(document.lineCount, 100_002);
		const edit = new vscode.WorkspaceEdit();
		edit.insert(file, new vscode.Position(100_000 - 1, '    dependencies: [L-24998'.length), 'x');
		assert.ok(await vscode.workspace.applyEdit(edit));
		const { range } = await problems(file, 'SY302');
		assert.equal(document.getText(range), 'L-24998x');
		await vscode.commands.executeCommand('workbench.action.files.revert');
		await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
	});
});
