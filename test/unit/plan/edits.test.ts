import { describe, expect, test } from 'vitest';
import { addTask } from '../../../src/core/plan/edits/addTask.ts';
import { changeDependency } from '../../../src/core/plan/edits/changeDependency.ts';
import { moveToSprint } from '../../../src/core/plan/edits/moveToSprint.ts';
import { renameIds } from '../../../src/core/plan/edits/renameIds.ts';
import { renumbered } from '../../../src/core/plan/edits/renumber.ts';
import type { EditedPlan, FileChange } from '../../../src/core/plan/edits/textChange.ts';
import { applyChanges } from '../../../src/core/plan/edits/textChange.ts';
import { classify } from '../../../src/core/plan/planFiles.ts';
import { readPart } from '../../../src/core/plan/readPart.ts';
import { checkParts } from '../../../src/core/plan/readPlan.ts';

type Texts = Readonly<Record<string, string>>;

/** A plan of files by path, as edits see it. */
function edited(texts: Texts): EditedPlan {
	const parts = Object.entries(texts).map(([path, text]) =>
		readPart({ uri: `file:///w/${path}`, text }, classify(path) ?? 'one-file'),
	);
	const key = 'x.plan.yaml' in texts ? 'x' : 'planning';
	const { plan } = checkParts({ rootUri: 'file:///w', key }, parts);
	return { plan, parts, textOf: (uri) => Promise.resolve(texts[uri.slice(10)] ?? null) };
}

/** The files that changes leave, by path; those that did not change are left out. */
function after(texts: Texts, changes: readonly FileChange[]): Record<string, string> {
	const result: Record<string, string> = {};
	const nameOf = (uri: string) => uri.slice(10);
	for (const change of changes) {
		const name = nameOf(change.uri);
		const before = result[name] ?? texts[name] ?? '';
		if (change.kind === 'edit') {
			result[name] = applyChanges(before, change.edits);
		} else if (change.kind === 'create') {
			result[name] = change.text;
		} else {
			delete result[name];
			result[nameOf(change.newUri)] = before;
		}
	}
	return result;
}

const oneFile = (...lines: string[]) => ({ 'x.plan.yaml': lines.join('\n') });

/** What an edit of a one-file plan makes of it, or why it is refused. */
async function check(
	text: string,
	edit: (plan: EditedPlan) => Promise<FileChange[] | { readonly fault: string }>,
): Promise<string> {
	const texts = { 'x.plan.yaml': text };
	const changes = await edit(edited(texts));
	return 'fault' in changes ? changes.fault : (after(texts, changes)['x.plan.yaml'] ?? 'unchanged');
}

describe('a task moves to another sprint', () => {
	const move = (text: string, sprint: string | null) =>
		check(text, (plan) => moveToSprint(plan, { task: 'B', sprint }));

	test('in lists of every form; comments, order and quotes of everything else stay', async () => {
		const tasks = 'tasks: [{id: A}, {id: "B"}] # all\n';
		expect(
			await move(`sprints:\n  - {id: S1, tasks: [A, B]} # one\n  - {id: S2, tasks: []}\n${tasks}`, 'S2'),
		).toBe(`sprints:\n  - {id: S1, tasks: [A]} # one\n  - {id: S2, tasks: [B]}\n${tasks}`);
		expect(
			await move(
				`sprints:\n  - id: S1\n    tasks:\n      - A # a\n      - 'B' # b\n  - id: S2\n    goal: g\n${tasks}`,
				'S2',
			),
		).toBe(
			`sprints:\n  - id: S1\n    tasks:\n      - A # a\n  - id: S2\n    tasks: [B]\n    goal: g\n${tasks}`,
		);
		expect(await move(`sprints:\r\n  - id: S1\r\n    tasks:\r\n      - A\r\n${tasks}`, 'S1')).toBe(
			`sprints:\r\n  - id: S1\r\n    tasks:\r\n      - A\r\n      - B\r\n${tasks}`,
		);
	});

	test('out of all, and nothing where it is there already', async () => {
		const text = 'sprints: [{id: S1, tasks: [B]}, {id: S2, tasks: [A, B]}]\ntasks: [{id: A}, {id: B}]\n';
		expect(await move(text, null)).toBe(
			'sprints: [{id: S1, tasks: []}, {id: S2, tasks: [A]}]\ntasks: [{id: A}, {id: B}]\n',
		);
		const single = 'sprints: [{id: S2, tasks: [A, B]}]\ntasks: [{id: A}, {id: B}]\n';
		expect(await move(single, 'S2')).toBe('unchanged');
		expect(await move(single, 'S9')).toBe('There is no sprint `S9`.');
	});

	test('a list that an alias shares with others is not touched', async () => {
		const text = 'x: &all [A, B]\nsprints: [{id: S1, tasks: *all}, {id: S2}]\ntasks: [{id: A}, {id: B}]\n';
		expect(await move(text, 'S2')).toMatch(/cannot be changed by itself/);
	});

	test('in JSON and with a byte order mark the file stays what it is', async () => {
		const sprint = '{\n  "id": "S1",\n  "goal": "g"\n}\n';
		const texts = {
			'docs/planning/tasks/B.json': '{"id": "B"}',
			'docs/sprints/S1.json': `\uFEFF${sprint}`,
		};
		const changes = await moveToSprint(edited(texts), { task: 'B', sprint: 'S1' });
		const result = 'fault' in changes ? {} : after(texts, changes);
		expect(result).toEqual({
			'docs/sprints/S1.json': '\uFEFF{\n  "id": "S1", "tasks": ["B"],\n  "goal": "g"\n}\n',
		});
	});
});

describe('a dependency', () => {
	const change = (text: string, isNeeded: boolean, task = 'B', needs = 'A') =>
		check(text, (plan) => changeDependency(plan, { task, needs, isNeeded }));

	test.each([
		[
			'tasks:\n  - id: A\n  - id: B # b\n    name: x\n',
			'tasks:\n  - id: A\n  - id: B # b\n    dependencies: [A]\n    name: x\n',
		],
		['tasks: [{id: A}, {id: B}]\n', 'tasks: [{id: A}, {id: B, dependencies: [A]}]\n'],
		['tasks: [{id: A}, {id: B, depends_on: []}]\n', 'tasks: [{id: A}, {id: B, depends_on: [A]}]\n'],
		[
			'tasks:\n  - id: A\n  - id: C\n  - id: B\n    depends_on: # why\n      - C\n',
			'tasks:\n  - id: A\n  - id: C\n  - id: B\n    depends_on: # why\n      - C\n      - A\n',
		],
		[
			'tasks: [{id: A}, {id: C}, {id: B, dependencies: C}]\n',
			'tasks: [{id: A}, {id: C}, {id: B, dependencies: [C, A]}]\n',
		],
	])('%j gets one: %j', async (before, expected) => {
		expect(await change(before, true)).toBe(expected);
	});

	test('is taken out, and what is so already stays', async () => {
		const text = 'tasks: [{id: A}, {id: C}, {id: B, dependencies: [C,  A]}]\n';
		expect(await change(text, false)).toBe('tasks: [{id: A}, {id: C}, {id: B, dependencies: [C]}]\n');
		expect(await change(text, true)).toBe('unchanged');
	});

	test('that closes a circle is refused', async () => {
		const text = 'tasks: [{id: A}, {id: C, dependencies: [A]}, {id: B, dependencies: [C]}]\n';
		expect(await change(text, true, 'A', 'B')).toMatch(/`B` waits for `A` already/);
		expect(await change(text, true, 'A', 'A')).toMatch(/cannot wait for itself/);
		expect(await change(text, true, 'X', 'A')).toMatch(/no task `X`/);
	});
});

describe('a new task', () => {
	test('stands behind the last one and gets the next number', async () => {
		const texts = oneFile(
			'tasks:',
			'  - id: T-09 # nine',
			'    name: x',
			'sprints: [{id: S1, tasks: [T-09]}]',
			'',
		);
		const added = await addTask(edited(texts), { name: 'Say: hello', sprint: 'S1' });
		expect('fault' in added ? added : after(texts, added.changes)).toEqual(
			oneFile(
				...['tasks:', '  - id: T-09 # nine', '    name: x', '  - id: T-10', '    name: "Say: hello"'],
				...['sprints: [{id: S1, tasks: [T-09, T-10]}]', ''],
			),
		);
	});

	test('is a file of its own in a folder', async () => {
		const texts = { 'docs/planning/tasks/TASK-001.yaml': 'id: TASK-001\n' };
		const added = await addTask(edited(texts), { name: 'Two' });
		expect('fault' in added ? added : after(texts, added.changes)).toEqual({
			'docs/planning/tasks/TASK-002.yaml': 'id: TASK-002\nname: Two\n',
		});
		expect(await addTask(edited(texts), { id: 'TASK-001' })).toHaveProperty('fault');
		expect(await addTask(edited(texts), { id: 'a/b' })).toHaveProperty('fault');
	});
});

describe('new numbers', () => {
	const numbers = (plan: string, keep: readonly string[] = []) =>
		[...renumbered(edited({ 'x.plan.yaml': plan }).plan, new Set(keep))].map((pair) => pair.join('→'));

	test('follow the order of work, then that of the plan; ids without a number stay', () => {
		const plan =
			'tasks: [{id: T-3, dependencies: [T-9]}, {id: T-5}, {id: setup}, {id: T-9}, {id: Q1, dependencies: [T-3]}]';
		expect(numbers(plan)).toEqual(['T-5→T-1', 'T-9→T-2']);
		expect(numbers('tasks: [{id: T-01}, {id: T-05}]')).toEqual(['T-05→T-02']);
		expect(numbers('tasks: [{id: T1}, {id: T2}]')).toEqual([]);
	});

	test('leave tasks that were begun, and their numbers, alone', () => {
		expect(numbers('tasks: [{id: T-1, dependencies: [T-2]}, {id: T-2}, {id: T-4}]', ['T-2'])).toEqual([
			'T-4→T-3',
		]);
	});

	test('a circle has no order of work, so its tasks follow as they stand', () => {
		const plan = 'tasks: [{id: T4, dependencies: [T3]}, {id: T3, dependencies: [T4]}, {id: T9}]';
		expect(numbers(plan)).toEqual(['T9→T1', 'T4→T2']);
	});

	test('are exchanged in all files at once, with their names and the state file', async () => {
		const texts = {
			'docs/planning/tasks/T-1.yaml': 'id: T-1\ndependencies: [T-2] # first\n',
			'docs/planning/tasks/T-2.yaml': 'id: "T-2"\n',
			'docs/sprints/S.yaml': 'id: S\ntasks:\n  - T-1\n  - T-2\n',
			'docs/planning/.project-state.yaml':
				'tasks:\n  T-1:\n    status: pending\n  "T-2":\n    status: completed\n',
		};
		const plan = edited(texts);
		const names = renumbered(plan.plan, new Set());
		expect(after(texts, await renameIds(plan, { kind: 'task', names }))).toEqual({
			'docs/planning/tasks/T-2.yaml': 'id: T-2\ndependencies: [T-1] # first\n',
			'docs/planning/tasks/T-1.yaml': 'id: "T-1"\n',
			'docs/sprints/S.yaml': 'id: S\ntasks:\n  - T-2\n  - T-1\n',
			'docs/planning/.project-state.yaml':
				'tasks:\n  T-2:\n    status: pending\n  "T-1":\n    status: completed\n',
		});
	});
});
