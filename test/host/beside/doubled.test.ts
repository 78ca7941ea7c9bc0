import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { loadedHost, loadedPlan, until, workspacePath } from '../../support/host/window.ts';

const text = [
	'tasks:',
	'  - {id: A, run: [x], retries: often}',
	'  - {id: B, run: npm test}',
	'  - {id: C, run: [x], dependencies: [gone]}',
	'',
].join('\n');

/** Codes with their severities, as the editor shows them. */
function shown(file: vscode.Uri): string[] {
	return vscode.languages
		.getDiagnostics(file)
		.filter(({ source }) => source === 'switchyard')
		.map(({ code, severity }) => {
			const value = typeof code === 'object' ? code.value : code;
			return `${value} ${vscode.DiagnosticSeverity[severity]}`;
		})
		.sort();
}

describe('beside the YAML extension of Red Hat', () => {
	it('what its server says from our schemas is left to it, and what only we know is said', async () => {
		assert.ok(vscode.extensions.getExtension('redhat.vscode-yaml'), 'the stand-in is not installed');
		const file = vscode.Uri.file(workspacePath('a.plan.yaml'));
		writeFileSync(file.fsPath, text);
		await loadedPlan(await loadedHost(), 3);
		await vscode.window.showTextDocument(file);
		await until('the dangling dependency', () => shown(file).includes('SY302 Error'));
		// A fault that a quick fix of ours repairs stays as a hint, for the light bulb.
		assert.deepEqual(shown(file), ['SY206 Hint', 'SY302 Error']);
		const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
			'vscode.executeCodeActionProvider',
			file,
			new vscode.Range(2, 0, 2, 30),
			vscode.CodeActionKind.QuickFix.value,
		);
		const titles = actions.map(({ title }) => title);
		assert.ok(titles.includes('Write the list [npm, test]'), titles.join(' | '));
	});
});
