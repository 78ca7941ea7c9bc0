import { expect, test } from 'vitest';
import type { WorkspaceEdit } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { openMarked, root } from '../../../support/markedFiles.ts';

const text = [
	'plan: {name: "Shop", defaults: {agent: bot}} # head',
	'agents:',
	'  bot: {run: [my-agent]}',
	'sprints: [{id: S1, track: 1, tasks: [A, B]}]',
	'tasks:',
	'- &a',
	'  id: A',
	'  description: |',
	'    id: not one',
	'  verify:',
	'    - run: [npm, test]',
	'- {<<: *a, id: B, dependencies: [A, "gone"]}',
	"- id: 'C'",
	'  dependencies:',
	'    - A',
	'    - C',
	'',
].join('\r\n');

test('every feature answers at the end of every half of a file', async () => {
	const window = await openMarked({ 'z.plan.yaml': '‸' });
	const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
	const options = { tabSize: 2, insertSpaces: true };
	for (let end = 0; end <= text.length; end += 3) {
		const uri = `${root}/p${end}.plan.yaml`;
		const half = text.slice(0, end);
		await window.client.openText(uri, half);
		const position = TextDocument.create(uri, 'yaml', 1, half).positionAt(end);
		const at = {
			textDocument: { uri },
			position,
			range,
			options,
			newName: 'new-id',
			context: { diagnostics: [], includeDeclaration: true },
		};
		for (const method of [
			'hover',
			'completion',
			'definition',
			'references',
			'documentHighlight',
			'prepareRename',
			'rename',
			'foldingRange',
			'inlayHint',
			'documentLink',
			'formatting',
			'documentSymbol',
			'codeAction',
		]) {
			await window.client.ask(`textDocument/${method}`, at).catch((error: unknown) => {
				throw new Error(`${method} after ${JSON.stringify(half.slice(-30))}: ${String(error)}`);
			});
		}
		await window.client.fixes(uri);
	}
	window.client.dispose();
});

/** A plan that somebody is typing in: a bracket is open, a task has no id yet, a line has only begun. */
const half = [
	'sprints:',
	'  - {id: S1, tasks: [A, B]}',
	'tasks:',
	'  - id: A # first',
	'    name: One   ',
	'    run: [x]',
	'  - id: B',
	'    run: [x]',
	'    dependencies: [A',
	'  - id: C',
	'    agent: claude',
	'    depen‸',
	'',
];

interface Place {
	readonly range: { readonly start: { readonly line: number } };
}

test('in a file with an open bracket and a line that has only begun, each feature answers what can be known', async () => {
	const window = await openMarked({ 'z.plan.yaml': half.join('\n') });
	const at = (line: number, character: number) => ({ position: { line, character } });
	const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
	const options = { tabSize: 2, insertSpaces: true };

	const completion = await window.ask<{ items: { label: string }[] }>('textDocument/completion');
	expect(completion.items.map(({ label }) => label)).toContain('dependencies');
	const ids = await window.ask<{ items: { label: string }[] }>('textDocument/completion', at(8, 20));
	expect(ids.items.map(({ label }) => label)).toContain('A');
	const hover = await window.ask<{ contents: { value: string } }>('textDocument/hover', at(3, 8));
	expect(hover.contents.value).toContain('One');
	const definition = await window.ask<Place[]>('textDocument/definition', at(1, 22));
	expect(definition.map(({ range: found }) => found.start.line)).toEqual([3]);
	const more = { ...at(3, 8), context: { includeDeclaration: true } };
	const references = await window.ask<Place[]>('textDocument/references', more);
	expect(references.map(({ range: found }) => found.start.line).sort()).toEqual([1, 3, 8]);
	const renamed = await window.ask<WorkspaceEdit>('textDocument/rename', { ...at(3, 8), newName: 'A1' });
	expect(Object.values(window.after(renamed)).join()).toContain('tasks: [A1, B]');
	const symbols = await window.client.symbols(window.uri);
	expect(symbols.map(({ name }) => name)).toEqual(expect.arrayContaining(['S1', 'A', 'B']));
	const folds = await window.ask<{ startLine: number }[]>('textDocument/foldingRange');
	expect(folds.map(({ startLine }) => startLine)).toEqual(expect.arrayContaining([2, 3]));
	const hints = await window.ask<{ position: { line: number } }[]>('textDocument/inlayHint', { range });
	expect(hints.map(({ position: { line } }) => line)).toContain(3);
	const edits = await window.ask<Place[]>('textDocument/formatting', { options });
	expect(edits.map(({ range: found }) => found.start.line)).toEqual([4]);
	const actions = await window.ask<{ title: string }[]>('textDocument/codeAction', {
		range: { start: { line: 3, character: 8 }, end: { line: 3, character: 8 } },
		context: { diagnostics: [], only: ['refactor'] },
	});
	expect(actions.map(({ title }) => title)).toContain('Add a dependency to A…');
	window.client.dispose();
});

test('a saved file with a byte order mark is renamed in at the right place', async () => {
	const window = await openMarked({
		'docs/planning/tasks/A.yaml': '\uFEFFid: A\nrun: [x]\n',
		'docs/planning/tasks/B.yaml': 'id: B\nrun: [x]\ndependencies: [‸A]\n',
	});
	const edit = await window.ask<WorkspaceEdit>('textDocument/rename', { newName: 'A2' });
	const ranges = (edit.documentChanges ?? []).flatMap((change) =>
		'edits' in change ? change.edits.map(({ range }: { range: unknown }) => range) : [],
	);
	expect(ranges).toContainEqual({ start: { line: 0, character: 4 }, end: { line: 0, character: 5 } });
	window.client.dispose();
});
