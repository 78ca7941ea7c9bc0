import { afterEach, expect, test } from 'vitest';
import type { DocumentHighlight, Location, WorkspaceEdit, WorkspaceSymbol } from 'vscode-languageserver/node';
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

const tasks = 'docs/planning/tasks';
const folder: Readonly<Record<string, string>> = {
	[`${tasks}/A.yaml`]: '# first\nid: A # the id\nname: First\nrun: [x]\n',
	[`${tasks}/B.yaml`]: 'id: B\r\nrun: [x]\r\ndependencies:\r\n  - "A" # quoted\r\n',
	[`${tasks}/C.yaml`]: "id: 'C'\nrun: [x]\ndependencies: [A,   B]\n",
	'docs/sprints/S1.yaml': 'id: S1\ntrack: 1\ntasks: [A, B]\n',
	'docs/sprints/S2.yaml': 'id: S2\ntrack: 2\ntasks: [C]\ndependencies: [S1]\n',
};
const at = (path: string, from: string, to: string) => {
	const text = folder[path] ?? '';
	expect(text).toContain(from);
	return { ...folder, [path]: text.replace(from, to) };
};

const line = ({ uri, range }: Location) =>
	`${uri.slice(root.length + 1)}:${range.start.line}:${range.start.character}-${range.end.character}`;

test('definition and references lead through all files of the plan', async () => {
	const window = await open(at(`${tasks}/C.yaml`, '[A,', '[A‸,'));
	expect((await window.ask<Location[]>('textDocument/definition')).map(line)).toEqual([
		`${tasks}/A.yaml:1:4-5`,
	]);
	const all = await window.ask<Location[]>('textDocument/references', {
		context: { includeDeclaration: true },
	});
	expect(all.map(line).sort()).toEqual([
		'docs/planning/tasks/A.yaml:1:4-5',
		'docs/planning/tasks/B.yaml:3:4-7',
		'docs/planning/tasks/C.yaml:2:15-16',
		'docs/sprints/S1.yaml:2:8-9',
	]);
	const uses = await window.ask<Location[]>('textDocument/references', {
		context: { includeDeclaration: false },
	});
	expect(uses.length).toBe(3);
});

test('definition of nothing is nothing', async () => {
	const window = await open(at(`${tasks}/C.yaml`, 'run', 'r‸un'));
	expect(await window.ask('textDocument/definition')).toEqual([]);
	expect(await window.ask('textDocument/documentHighlight')).toEqual([]);
	expect(await window.ask('textDocument/prepareRename')).toBeNull();
	expect(await window.ask('textDocument/rename', { newName: 'X' })).toBeNull();
});

test('highlights stay in the file', async () => {
	const window = await open({
		'a.plan.yaml': 'tasks:\n  - {id: A‸, run: [x]}\n  - {id: B, run: [x], dependencies: [A]}\n',
	});
	const found = await window.ask<DocumentHighlight[]>('textDocument/documentHighlight');
	expect(found.map(({ range, kind }) => [range.start.line, kind])).toEqual([
		[1, 3],
		[2, 2],
	]);
});

test('a rename changes the bytes of the id and the name of its file, nothing else', async () => {
	const window = await open(at(`${tasks}/C.yaml`, '[A,', '[A‸,'));
	const edit = await window.ask<WorkspaceEdit>('textDocument/rename', { newName: 'schema' });
	expect(window.after(edit)).toEqual({
		[`${tasks}/schema.yaml`]: '# first\nid: schema # the id\nname: First\nrun: [x]\n',
		[`${tasks}/B.yaml`]: 'id: B\r\nrun: [x]\r\ndependencies:\r\n  - "schema" # quoted\r\n',
		[`${tasks}/C.yaml`]: "id: 'C'\nrun: [x]\ndependencies: [schema,   B]\n",
		'docs/sprints/S1.yaml': 'id: S1\ntrack: 1\ntasks: [schema, B]\n',
	});
});

test('a sprint is renamed with its file', async () => {
	const window = await open(at('docs/sprints/S2.yaml', '[S1]', '[‸S1]'));
	expect(window.after(await window.ask('textDocument/rename', { newName: 'SPRINT-1' }))).toEqual({
		'docs/sprints/SPRINT-1.yaml': 'id: SPRINT-1\ntrack: 1\ntasks: [A, B]\n',
		'docs/sprints/S2.yaml': 'id: S2\ntrack: 2\ntasks: [C]\ndependencies: [SPRINT-1]\n',
	});
});

test('an agent is renamed where it is declared and named', async () => {
	const text = (name: string) =>
		`plan: {defaults: {agent: ${name}}}\nagents:\n  ${name}: {run: [x]}\ntasks:\n  - {id: A, agent: ${name}}\n`;
	const window = await open({ 'a.plan.yaml': text('bot').replace('agent: bot}\n', 'agent: bo‸t}\n') });
	expect(window.after(await window.ask('textDocument/rename', { newName: 'critic' }))).toEqual({
		'a.plan.yaml': text('critic'),
	});
});

test('an id that YAML would read as a number gets quotes; anchors and half-typed files stay', async () => {
	const window = await open({
		'a.plan.yaml':
			'tasks:\n- id: &one A\n- {id: B, dependencies: [*one, A‸]}\n- id: C\n  dependencies: [A,\n',
	});
	expect(window.after(await window.ask('textDocument/rename', { newName: '007' }))).toEqual({
		'a.plan.yaml':
			'tasks:\n- id: &one "007"\n- {id: B, dependencies: [*one, "007"]}\n- id: C\n  dependencies: ["007",\n',
	});
});

test.each([
	['B', /already/],
	['a/b', /path separator/],
	['', /empty/],
])('a rename to %j is refused in words', async (newName, message) => {
	const window = await open(at(`${tasks}/C.yaml`, '[A,', '[A‸,'));
	await expect(window.ask('textDocument/rename', { newName })).rejects.toThrow(message);
});

test('symbols of all plans, by letters of id and name', async () => {
	const window = await open({ ...folder, 'x.plan.yaml': 'tasks: [{id: ‸API, name: Login, run: [x]}]' });
	const find = async (query: string) =>
		(await window.client.ask<WorkspaceSymbol[]>('workspace/symbol', { query })).map(({ name }) => name);
	expect(await find('login')).toEqual(['API Login']);
	expect(await find('first')).toEqual(['A First']);
	expect((await find('')).sort()).toEqual(['A First', 'API Login', 'B', 'C', 'S1', 'S2']);
});
