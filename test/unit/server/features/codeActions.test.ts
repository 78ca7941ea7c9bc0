import { afterEach, expect, test } from 'vitest';
import type { CodeAction } from 'vscode-languageserver/node';
import type { MarkedWindow } from '../../../support/markedFiles.ts';
import { openMarked } from '../../../support/markedFiles.ts';

const windows: MarkedWindow[] = [];
afterEach(() => {
	for (const { client } of windows.splice(0)) {
		client.dispose();
	}
});

async function actions(files: Readonly<Record<string, string>>) {
	const window = await openMarked(files);
	windows.push(window);
	await window.client.until(() => window.client.codes(window.uri).length > 0);
	const found: CodeAction[] = await window.client.fixes(window.uri);
	const apply = (title: string) => {
		const action = found.find((each) => each.title === title);
		expect(action, `${title} in ${found.map((each) => each.title).join(' | ')}`).toBeDefined();
		return window.after(action?.edit ?? null);
	};
	return { titles: found.map(({ title }) => title), apply };
}

const one = 'a.plan.yaml';
const tasks = 'docs/planning/tasks';

test.each([
	['in brackets', '[A, gone, B]', '[A, B]'],
	['at the end', '[A, gone]', '[A]'],
	['alone', '[gone]', '[]'],
	['without a list', 'gone', '[]'],
	['in lines', '\n      - A\n      - gone # why\n      - B', '\n      - A\n      - B'],
	['the only line', '\n      - gone', ' []'],
])('a dangling id goes, %s', async (_, before, after) => {
	const text = (list: string) =>
		`tasks:\n  - {id: A, run: [x]}\n  - {id: B, run: [x]}\n  - id: C\n    dependencies: ${list}\n    run: [x] # stays\n`
			.replace(': \n', ':\n')
			.replace(':  []', ': []');
	const { apply } = await actions({ [one]: `${text(before)}‸` });
	expect(apply('Remove gone from the dependencies of C')).toEqual({ [one]: text(after) });
});

test.each([
	[
		'behind the last one',
		'tasks:\r\n  - id: A\r\n    dependencies: [new]\r\n    run: [x]\r\n‸',
		'tasks:\r\n  - id: A\r\n    dependencies: [new]\r\n    run: [x]\r\n  - id: new\r\n    name: new\r\n',
	],
	[
		'in brackets',
		'tasks: [{id: A, dependencies: [new], run: [x]}]‸',
		'tasks: [{id: A, dependencies: [new], run: [x]}, {id: new, name: new}]',
	],
])('a missing task is created %s', async (_, before, after) => {
	const { apply } = await actions({ [one]: before });
	expect(apply('Create the task new')).toEqual({ [one]: after });
});

test('a missing task of a folder becomes a file beside the others', async () => {
	const { apply } = await actions({ [`${tasks}/A.yaml`]: 'id: A\nrun: [x]\ndependencies: [B-1]‸\n' });
	expect(apply('Create the task B-1')).toEqual({ [`${tasks}/B-1.yaml`]: 'id: B-1\nname: B-1\n' });
});

test('batches and dependencies that contradict each other part at the dependency', async () => {
	const text = (needs: string) =>
		[
			'plan: {name: Demo, strategy: batches}',
			'tasks:',
			`  - {id: A, run: [x], dependencies: ${needs}}`,
			'  - {id: B, run: [x]}',
			'sprints:',
			'  - {id: S, tasks: [A, B], batches: [[A‸], [B]]}',
			'',
		].join('\n');
	const { titles, apply } = await actions({ [one]: text('[B]') });
	const title = 'Break the circle: remove B from the dependencies of A';
	expect(titles).toContain(title);
	expect(apply(title)).toEqual({ [one]: text('[]').replace('‸', '') });
});

test('a circle breaks at any of its edges, also in another file, the backward one first', async () => {
	const { titles, apply } = await actions({
		[`${tasks}/A.yaml`]: 'id: A‸\nrun: [x]\ndependencies: [B]\n',
		[`${tasks}/B.yaml`]: 'id: B\nrun: [x]\ndependencies: [A, A2]\n',
		[`${tasks}/A2.yaml`]: 'id: A2\nrun: [x]\n',
	});
	expect(titles).toEqual([
		'Break the circle: remove B from the dependencies of A',
		'Break the circle: remove A from the dependencies of B',
	]);
	expect(apply(titles[1] ?? '')).toEqual({ [`${tasks}/B.yaml`]: 'id: B\nrun: [x]\ndependencies: [A2]\n' });
});

test.each([
	['in brackets', 'tasks: [A]', 'tasks: [A, B]'],
	['in lines', 'tasks:\n  - A # one', 'tasks:\n  - A # one\n  - B'],
	['into an empty list', 'tasks: []', 'tasks: [B]'],
	['into nothing', 'tasks:', 'tasks: [B]'],
	['without a list', 'goal: x', 'tasks: [B]\ngoal: x'],
])('a task joins a sprint %s', async (_, before, after) => {
	const { apply } = await actions({
		[`${tasks}/A.yaml`]: 'id: A\nrun: [x]\n',
		[`${tasks}/B.yaml`]: 'id: B‸\nrun: [x]\n',
		'docs/sprints/S.yaml': `id: S\n${before}\n`,
	});
	expect(apply('Add B to S')).toEqual({ 'docs/sprints/S.yaml': `id: S\n${after}\n` });
});

test('all problems of one code in a file', async () => {
	const text = (lists: readonly string[], name: string) =>
		`tasks:\n  - {id: A, dependencies: ${lists[0]}, run: [x], ${name}: 1}\n  - {id: B, dependencies: ${lists[1]}, run: [x], ${name}: 2}\n`;
	const { apply } = await actions({ [one]: `${text(['[x1, B, x2, x3]', '[y1, y2]'], 'estimated_hour')}‸` });
	expect(apply('Remove all 5 entries with SY302 in this file')).toEqual({
		[one]: text(['[B]', '[]'], 'estimated_hour'),
	});
	expect(apply('Fix all 2 problems of SY201 in this file')).toEqual({
		[one]: text(['[x1, B, x2, x3]', '[y1, y2]'], 'estimated_hours'),
	});
});

test('half of a file has no actions that fail', async () => {
	const { titles } = await actions({ [one]: 'tasks:\n  - id: A\n    dependencies: [B, ‸\n  - id' });
	expect(titles.every((title) => title.length > 0)).toBe(true);
});

test('figures, numbers, order and files have their repairs', async () => {
	const plan = [
		'tasks:',
		'  - {id: A, estimated_hours: 4, run: [x], touches: [src/a.ts]}',
		'  - {id: B, estimated_hours: 2, run: [x], touches: [src/*.ts]}',
		'  - {id: C, agent: claude, estimated_hours: 1, dependencies: [A], prompt: {file: p/c.md}, name: See}',
		'sprints:',
		'  - {id: S1, track: 1, sprint_number: 1, tasks: [A, B], duration_hours: 9}',
		'  - {id: "S2", track: 1, sprint_number: 1, tasks: [C]}‸',
		'',
	];
	const file = plan.join('\n').replace('‸', '');
	const { apply } = await actions({ [one]: plan.join('\n') });
	const expected = (from: string, to: string) => ({ [one]: file.replace(from, to) });
	expect(apply('Write 6, the sum of the tasks')).toEqual(expected('duration_hours: 9', 'duration_hours: 6'));
	expect(apply('Write 4, their longest chain')).toEqual(expected('duration_hours: 9', 'duration_hours: 4'));
	expect(apply('Number it 2')).toEqual(
		expected('sprint_number: 1, tasks: [C]', 'sprint_number: 2, tasks: [C]'),
	);
	expect(apply('Let B wait for A')).toEqual(expected('{id: B, ', '{id: B, dependencies: [A], '));
});

test('a second task with an id gets a free one, and a missing prompt its file', async () => {
	const text =
		"tasks:\n  - {id: T-1, agent: claude, prompt: {file: p/c.md}, name: See}\n  - {id: 'T-1', run: [x]}\n";
	const window = await openMarked({ [one]: `${text}‸` });
	windows.push(window);
	await window.client.until(() => window.client.codes(window.uri).includes('SY324'));
	const found = await window.client.fixes(window.uri);
	const edits = found
		.filter(({ title }) => /^(Give|Create)/.test(title))
		.map(({ edit }) => window.after(edit ?? null));
	expect(edits).toContainEqual({ [one]: text.replace("'T-1'", "'T-2'") });
	expect(edits).toContainEqual({ 'p/c.md': '# See\n' });
});
