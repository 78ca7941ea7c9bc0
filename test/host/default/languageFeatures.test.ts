import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { loadedHost, loadedPlan, until, workspacePath } from '../../support/host/window.ts';

const tasks = 'docs/planning/tasks';

describe('language features of planning files', () => {
	const file = vscode.Uri.file(workspacePath(`${tasks}/TASK-008.yaml`));
	let document: vscode.TextDocument;
	const at = (text: string, offset = 0) => {
		const found = document.getText().indexOf(text);
		assert.ok(found >= 0, `there is no ${text}`);
		return document.positionAt(found + offset);
	};

	before(async () => {
		await loadedPlan(await loadedHost(), 18);
		document = await vscode.workspace.openTextDocument(file);
		await vscode.window.showTextDocument(document);
	});

	it('hover shows the card of a task and the documentation of a field', async () => {
		const card = await until('a card', () => hover(file, at('TASK-008', 2)));
		assert.match(card, /Product catalog API/);
		assert.match(card, /Layer \d+/);
		assert.match(await hover(file, at('estimated_hours', 3)), /in hours/);
	});

	it('completion offers ids that close no circle, with their names', async () => {
		const list = await vscode.commands.executeCommand<vscode.CompletionList>(
			'vscode.executeCompletionItemProvider',
			file,
			at('[TASK-004]', 1),
		);
		const labels = list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
		assert.ok(labels.includes('TASK-001'), labels.join(' '));
		assert.ok(!labels.includes('TASK-008'), 'a task was offered itself');
		const first = list.items.find(({ label }) => typeof label !== 'string' && label.label === 'TASK-001');
		assert.deepEqual(first?.label, { label: 'TASK-001', description: 'Database schema design' });
	});

	it('completion offers fields that are missing', async () => {
		const list = await vscode.commands.executeCommand<vscode.CompletionList>(
			'vscode.executeCompletionItemProvider',
			file,
			at('type:', 2),
		);
		const labels = list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
		assert.ok(labels.includes('timeout_minutes'), labels.join(' '));
		assert.ok(!labels.includes('dependencies'), 'a field was offered twice');
	});

	it('definition and references lead to other files', async () => {
		const position = at('[TASK-004]', 3);
		const found = await vscode.commands.executeCommand<vscode.Location[]>(
			'vscode.executeDefinitionProvider',
			file,
			position,
		);
		assert.deepEqual(
			found.map(({ uri }) => uri.path.split('/').at(-1)),
			['TASK-004.yaml'],
		);
		const all = await vscode.commands.executeCommand<vscode.Location[]>(
			'vscode.executeReferenceProvider',
			file,
			position,
		);
		const names = new Set(all.map(({ uri }) => uri.path.split('/').at(-1)));
		assert.ok(names.has('TASK-008.yaml') && names.has('TASK-004.yaml'), [...names].join(' '));
		assert.ok(
			[...names].some((name) => name?.startsWith('SPRINT-')),
			[...names].join(' '),
		);
	});

	it('a rename reaches every file and the name of the file', async () => {
		const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
			'vscode.executeDocumentRenameProvider',
			file,
			at('[TASK-004]', 3),
			'TASK-400',
		);
		assert.ok(edit.entries().length >= 3);
		for (const [, edits] of edit.entries()) {
			for (const { newText } of edits) {
				assert.equal(newText, 'TASK-400');
			}
		}
	});

	it('symbols, folding, hints and links answer', async () => {
		const symbols = await vscode.commands.executeCommand<vscode.SymbolInformation[]>(
			'vscode.executeWorkspaceSymbolProvider',
			'TASK-017',
		);
		assert.ok(symbols.some(({ name }) => name.startsWith('TASK-017 ')));
		const folds = await vscode.commands.executeCommand<vscode.FoldingRange[]>(
			'vscode.executeFoldingRangeProvider',
			file,
		);
		assert.ok(folds.length >= 2);
		const hints = await vscode.commands.executeCommand<vscode.InlayHint[]>(
			'vscode.executeInlayHintProvider',
			file,
			new vscode.Range(0, 0, document.lineCount, 0),
		);
		assert.match(String(hints[0]?.label), /^layer \d+ · (critical|slack)/);
	});
});

/** The text of the hover at a position, empty where there is none. */
async function hover(file: vscode.Uri, position: vscode.Position): Promise<string> {
	const found = await vscode.commands.executeCommand<vscode.Hover[]>(
		'vscode.executeHoverProvider',
		file,
		position,
	);
	return found
		.flatMap(({ contents }) => contents)
		.map((part) => (typeof part === 'string' ? part : part.value))
		.join('\n');
}
