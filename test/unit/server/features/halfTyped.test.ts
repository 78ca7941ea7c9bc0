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
		const at = { textDocument: { uri }, position, range, options, newName: 'new-id', context: {} };
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
		]) {
			await window.client.ask(`textDocument/${method}`, at).catch((error: unknown) => {
				throw new Error(`${method} after ${JSON.stringify(half.slice(-30))}: ${String(error)}`);
			});
		}
		await window.client.fixes(uri);
	}
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
