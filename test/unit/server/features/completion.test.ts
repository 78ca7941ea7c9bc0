import { afterEach, expect, test } from 'vitest';
import type { CompletionItem, CompletionList, TextEdit } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { MarkedWindow } from '../../../support/markedFiles.ts';
import { openMarked } from '../../../support/markedFiles.ts';

const windows: MarkedWindow[] = [];
afterEach(() => {
	for (const { client } of windows.splice(0)) {
		client.dispose();
	}
});

async function complete(files: Readonly<Record<string, string>>) {
	const window = await openMarked(files);
	windows.push(window);
	const list = await window.ask<CompletionList | null>('textDocument/completion');
	const items = [...(list?.items ?? [])].sort((a, b) => ((a.sortText ?? '') < (b.sortText ?? '') ? -1 : 1));
	const accept = (label: string): string => {
		const edit = items.find((item: CompletionItem) => item.label === label)?.textEdit as TextEdit;
		const text = window.texts.get(window.uri) ?? '';
		return TextDocument.applyEdits(TextDocument.create('', '', 1, text), [edit]);
	};
	return { labels: items.map(({ label }) => label), items, accept };
}

const plan = (tail: string) =>
	[
		'agents: {bot: {run: [x]}}',
		'tracks: {1: {name: Backend}, 2: {name: Frontend}}',
		'sprints:',
		'  - {id: S1, track: 1, tasks: [db, api]}',
		'  - {id: S2, track: 2, tasks: [page]}',
		'tasks:',
		'  - {id: db, name: Database, type: backend, run: [x]}',
		'  - {id: api, name: Login, type: backend, dependencies: [db], run: [x]}',
		'  - {id: page, name: Login page, type: frontend, dependencies: [api], run: [x]}',
		tail,
	].join('\n');

test.each([
	['the first fields of a file', { 'a.plan.yaml': '‸' }, ['plan', 'agents', 'tracks']],
	[
		'fields of a task that are not there',
		{ 'docs/planning/tasks/A.yaml': 'id: A\nname: x\n‸\n' },
		['description', 'type', 'estimated_hours'],
	],
	[
		'names that count as the same',
		{ 'docs/planning/tasks/A.yaml': 'id: A\ntitle: x\ntask_type: y\ndescription: z\nestimatedHours: 1\n‸' },
		['estimated_minutes', 'duration', 'dependencies'],
	],
	['fields of a sprint', { 'docs/sprints/S.yaml': 'id: S\nna‸' }, ['name', 'goal', 'track']],
	[
		'fields of a check',
		{ 'docs/planning/tasks/A.yaml': 'id: A\nverify:\n  - run: [x]\n    ‸' },
		['shell', 'timeout_minutes', 'expect'],
	],
	['fields of the plan', { 'a.plan.yaml': 'plan: {name: x, ‸' }, ['strategy', 'jobs', 'evidence']],
	['fields below an empty plan', { 'a.plan.yaml': 'plan:\n  ‸' }, ['name', 'strategy', 'jobs']],
	[
		'fields of an agent',
		{ 'docs/planning/switchyard.yaml': 'agents:\n  bot:\n    ‸' },
		['run', 'env', 'fallback'],
	],
	['strategies', { 'a.plan.yaml': 'plan:\n  strategy: ‸' }, ['aggressive', 'conservative', 'hybrid']],
	['flags', { 'docs/planning/tasks/A.yaml': 'id: A\nidempotent: ‸' }, ['true', 'false']],
	['agents', { 'a.plan.yaml': plan('  - {id: new, agent: ‸}') }, ['shell', 'bot']],
	[
		'types of the plan, then known ones',
		{ 'a.plan.yaml': plan('  - {id: new, type: ‸}') },
		['backend', 'frontend', 'database'],
	],
	['tracks', { 'a.plan.yaml': plan('').replace('S2, track: 2', 'S2, track: ‸') }, ['1', '2']],
	[
		'ids, of one type first',
		{ 'a.plan.yaml': plan('  - {id: new, type: frontend, dependencies: [‸]}') },
		['page', 'db', 'api'],
	],
	[
		'ids of a half-typed list',
		{ 'a.plan.yaml': plan('  - id: new\n    type: backend\n    dependencies: [page, ‸\n') },
		['api', 'db'],
	],
	[
		'ids in lines',
		{ 'a.plan.yaml': plan('  - id: new\n    dependencies:\n      - db\n      - ‸\n') },
		['api', 'page'],
	],
	[
		'no id that would close a circle',
		{ 'a.plan.yaml': plan('').replace('[api], run', '[‸], run') },
		['db', 'api'],
	],
	[
		'nothing for what all wait for',
		{ 'a.plan.yaml': plan('').replace('name: Database,', 'name: Database, dependencies: [‸],') },
		[],
	],
	['words of a name', { 'a.plan.yaml': plan('  - {id: new, dependencies: [page‸]}') }, ['page']],
	[
		'ids in place of another',
		{ 'a.plan.yaml': plan('  - {id: new, type: backend, dependencies: [‸page]}') },
		['api', 'db', 'page'],
	],
	[
		'tasks of no sprint first',
		{ 'a.plan.yaml': plan('  - {id: new, run: [x]}').replace('[page]', '[page, ‸]') },
		['new', 'db', 'api'],
	],
	['sprints', { 'a.plan.yaml': plan('').replace('tasks: [page]', 'dependencies: [‸]') }, ['S1']],
	[
		'CR LF',
		{ 'a.plan.yaml': plan('  - id: new\n    dependencies: [‸').replaceAll('\n', '\r\n') },
		['db', 'api', 'page'],
	],
	['a value that is free', { 'docs/planning/tasks/A.yaml': 'id: A\nname: ‸' }, []],
	['a comment', { 'docs/planning/tasks/A.yaml': 'id: A # ‸' }, []],
	['a long text', { 'docs/planning/tasks/A.yaml': 'id: A\ndescription: |\n  ‸' }, []],
	['another file', { 'other.yaml': '‸' }, []],
])('completes %s', async (_, files, first) => {
	const { labels } = await complete(files);
	const found = labels.filter((label) => !label.startsWith('new '));
	if (first.length === 0) {
		expect(found).toEqual([]);
	} else if (/^(ids|no id|sprints|words|agents|flags|tracks|CR)/.test(_)) {
		expect(found.toSorted()).toEqual(first.toSorted());
		expect(found[0]).toBe(first[0]);
	} else {
		expect(found.slice(0, first.length)).toEqual(first);
	}
});

test('an id carries its name, a field its documentation', async () => {
	const ids = await complete({ 'a.plan.yaml': plan('  - {id: new, dependencies: [‸]}') });
	expect(ids.items.find(({ label }) => label === 'api')).toMatchObject({
		detail: 'Login',
		filterText: 'api Login',
	});
	const fields = await complete({ 'docs/planning/tasks/A.yaml': 'id: A\nlo‸' });
	expect(fields.items.find(({ label }) => label === 'locks')?.documentation).toMatchObject({
		value: expect.stringContaining('Names of shared things'),
	});
});

test.each([
	['a.plan.yaml', plan('  - {id: new, dependencies: [pa‸]}'), 'page', /dependencies: \[page\]\}$/],
	['a.plan.yaml', plan('  - {id: new, dependencies: ["p‸"]}'), 'page', /dependencies: \["page"\]\}$/],
	['docs/planning/tasks/A.yaml', 'id: A\ndep‸', 'dependencies', /^id: A\ndependencies: \[\$0\]$/],
	['docs/planning/tasks/A.yaml', 'id: A\ndep‸: [B]', 'dependencies', /^id: A\ndependencies: \[B\]$/],
	[
		'docs/planning/tasks/A.json',
		'{"id": "A", "dep‸": []}',
		'dependencies',
		/^\{"id": "A", "dependencies": \[\]\}$/,
	],
	['docs/planning/tasks/TASK-007.yaml', '‸', 'new task', /^id: \$\{1:TASK-007\}\nname: /],
	[
		'a.plan.yaml',
		'tasks:\n  - {id: T-09, run: [x]}\n  - ‸',
		'new task',
		/ {2}- id: \$\{1:T-10\}\n {2}name: /,
	],
	['a.plan.yaml', 'sprints:\n  - ‸', 'new sprint', / {2}- id: \$\{1:SPRINT-001-01\}\n/],
	[
		'docs/planning/tasks/A.yaml',
		'id: A\nverify:\n  - ‸',
		'new check',
		/\n {2}- run: \[\$\{1:npm\}, \$\{2:test\}\]$/,
	],
])('in %s %j accepts %s', async (path, text, label, expected) => {
	const { accept } = await complete({ [path]: text });
	expect(accept(label)).toMatch(expected);
});

test('ten thousand tasks give a short list that says there are more', async () => {
	const tasks = Array.from({ length: 10_000 }, (_, i) => `  - {id: T${i}, run: [x]}`).join('\n');
	const window = await openMarked({ 'a.plan.yaml': `tasks:\n${tasks}\n  - {id: new, dependencies: [T99‸]}` });
	windows.push(window);
	const list = await window.ask<CompletionList>('textDocument/completion');
	expect(list.isIncomplete).toBe(true);
	expect(list.items.length).toBe(200);
});
