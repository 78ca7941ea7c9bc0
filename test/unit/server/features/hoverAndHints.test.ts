import { afterEach, expect, test } from 'vitest';
import type {
	DocumentLink,
	FoldingRange,
	Hover,
	InlayHint,
	MarkupContent,
	TextEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { MarkedWindow } from '../../../support/markedFiles.ts';
import { openMarked, root } from '../../../support/markedFiles.ts';

const windows: MarkedWindow[] = [];
const open = async (files: Readonly<Record<string, string>>) => {
	const window = await openMarked(files);
	windows.push(window);
	return window;
};
afterEach(() => {
	for (const { client } of windows.splice(0)) {
		client.dispose();
	}
});

const plan = [
	'agents: {bot: {run: [my-agent, --fast]}}',
	'tracks: {1: {name: Backend}}',
	'sprints: [{id: S1, track: 1, name: Base, goal: To begin, tasks: [A, B]}]',
	'tasks:',
	'  - {id: A, name: "First *one*", type: backend, estimated_hours: 2, run: [x]}',
	'  - {id: B, name: Second, estimated_hours: 1, dependencies: [A], agent: bot}',
	'  - {id: C, estimated_hours: 3, dependencies: [A], run: [x]}',
	'  - {id: D, dependencies: [B, C, E], run: [x]}',
	'',
].join('\n');

async function hover(from: string, to: string, text = plan): Promise<string> {
	expect(text).toContain(from);
	const window = await open({ 'a.plan.yaml': text.replace(from, to) });
	const found = await window.ask<Hover | null>('textDocument/hover');
	return found === null ? 'nothing' : (found.contents as MarkupContent).value;
}

test.each([
	[
		'a task',
		'dependencies: [A], agent',
		'dependencies: [‸A], agent',
		[
			'**A** First \\*one\\*',
			'backend · 2 h · sprint `S1` · track 1 Backend',
			'Layer 1 · on the critical path',
			'Waits for nothing.',
			'`B` Second, `C` wait for it, 3 with all that follows.',
		],
	],
	[
		'a task with slack',
		'id: B',
		'id: B‸',
		[
			'**B** Second',
			'1 h · agent `bot` · sprint `S1` · track 1 Backend',
			'Layer 2 · slack 2 h',
			'Waits for `A` First \\*one\\*.',
			'`D` waits for it.',
		],
	],
	['an unknown task', 'E]', 'E‸]', ['There is no task `E` in this plan.']],
	[
		'a sprint',
		'id: S1',
		'id: S‸1',
		[
			'**S1** Base',
			'sprint · track 1 Backend · 2 tasks · 3 h',
			'To begin',
			'Tasks: `A` First \\*one\\*, `B` Second.',
		],
	],
	[
		'an agent',
		'agent: bot',
		'agent: b‸ot',
		['**bot** · agent', 'Runs `my-agent --fast`.', '1 task names it.'],
	],
	[
		'a field of a task',
		'estimated_hours: 1',
		'estimated‸_hours: 1',
		[
			'**estimated_hours** — How long it will take, in hours.',
			'Must be a number.',
			'Also written `estimatedHours`, `estimate_hours`.',
		],
	],
	[
		'a field of the file',
		'sprints:',
		'spr‸ints:',
		['**sprints** — The sprints, in order.', 'Must be a list of sprints.'],
	],
	['a value that is no id', 'Second', 'Sec‸ond', ['nothing']],
] as const)('the card of %s', async (_, from, to, expected) => {
	expect((await hover(from, to)).split('\n\n')).toEqual(expected);
});

test('tasks in a circle, and half of a file', async () => {
	const circle = 'tasks:\n- {id: A, dependencies: [B]}\n- {id: B, dependencies: [A]}\n- id: ‸';
	expect(await hover('id: A', 'id: A‸', circle.replace('‸', ''))).toContain('in a circle');
	expect(await hover('[A]}\n- id: ', '[A‸]}\n- id: ', circle.replace('‸', ''))).toContain('**A**');
	expect(await hover('tasks', 'ta‸sks', 'tasks: [')).toContain('**tasks**');
});

test('hints tell layer and slack behind each id, and nothing where nothing waits', async () => {
	const window = await open({ 'a.plan.yaml': `${plan}‸` });
	const range = { start: { line: 4, character: 0 }, end: { line: 7, character: 0 } };
	const hints = await window.ask<InlayHint[]>('textDocument/inlayHint', { range });
	expect(hints.map(({ position, label }) => [position.line, position.character, label])).toEqual([
		[4, 10, 'layer 1 · critical'],
		[5, 10, 'layer 2 · slack 2 h'],
		[6, 10, 'layer 2 · critical'],
		[7, 10, 'layer 3 · critical'],
	]);
	const flat = await open({ 'b.plan.yaml': '‸tasks: [{id: A, run: [x]}, {id: B, run: [x]}]' });
	expect(await flat.ask('textDocument/inlayHint', { range })).toEqual([]);
});

test('blocks, compact lists and comments fold', async () => {
	const text = '# one\n# two\nplan:\n  name: x\ntasks:\n- id: A\n  run: [x]\n\n- id: B\n‸';
	const window = await open({ 'a.plan.yaml': text });
	const found = await window.ask<FoldingRange[]>('textDocument/foldingRange');
	expect(found.map(({ startLine, endLine, kind }) => [startLine, endLine, kind ?? 'block'])).toEqual([
		[0, 1, 'comment'],
		[2, 3, 'block'],
		[4, 8, 'block'],
		[5, 6, 'block'],
	]);
});

test('links lead to prompts and products that exist', async () => {
	const window = await open({
		'a.plan.yaml':
			'tasks:\n  - id: A\n    agent: x\n    prompt: {file: docs/a.md}\n    produces: [out/b.json, out/none.json, "*.md"]\n‸',
		'docs/a.md': '',
		'out/b.json': '',
	});
	const links = await window.ask<DocumentLink[]>('textDocument/documentLink');
	expect(links.map(({ target, range }) => [target, range.start])).toEqual([
		[`${root}/docs/a.md`, { line: 3, character: 19 }],
		[`${root}/out/b.json`, { line: 4, character: 15 }],
	]);
});

test.each([
	['a: 1  \nb:\t\nc: # x \n', 'a: 1\nb:\nc: # x\n'],
	['d: |\n  kept  \n\ne: f', 'd: |\n  kept  \n\ne: f\n'],
	["x: 'two  \n  lines'  \r\ny:  {a:   1}\r\nz: 1", "x: 'two  \n  lines'\r\ny:  {a:   1}\r\nz: 1\r\n"],
	['plain  \n  text  \n', 'plain  \n  text\n'],
	['tasks: [  \n  {id: A,  \n', 'tasks: [\n  {id: A,\n'],
	['a: |+\n  x\n\n', 'a: |+\n  x\n\n'],
	['', ''],
])('formatting %j touches white space between tokens only', async (text, expected) => {
	const window = await open({ 'a.plan.yaml': `‸${text}` });
	const edits = await window.ask<TextEdit[]>('textDocument/formatting', {
		options: { tabSize: 2, insertSpaces: true },
	});
	expect(TextDocument.applyEdits(TextDocument.create('', '', 1, text), edits)).toBe(expected);
});
