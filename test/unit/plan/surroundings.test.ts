import { expect, test } from 'vitest';
import { completedTasks } from '../../../src/core/plan/completedTasks.ts';
import { checkPlan, readFiles } from '../../support/checkPlan.ts';

test('a completed task that the plan no longer has is a remark at its place in the state file', () => {
	const { problems } = checkPlan(`
		=== docs/planning/tasks/A.yaml
		id: A
		=== docs/planning/.project-state.yaml
		version: "1.0"
		tasks:
		  A:
		    status: completed
		  gone:
		  ^^^^ SY325 The plan has no task \`gone\`
		    track: 1
		    status: completed
		  never:
		    status: pending
		  "1e3":
		  ^^^^^ SY325 The plan has no task \`1e3\`
		    status: completed
		sprints:
		  S:
		    status: completed
	`);
	expect(problems.map(({ severity }) => severity)).toEqual(['info', 'info']);
});

test('while a file of the plan cannot be read, nobody is called removed', () => {
	const { problems } = readFiles({
		'docs/planning/tasks/A.yaml': 'id: A\nname: [',
		'docs/planning/.project-state.yaml': 'tasks:\n  B:\n    status: completed\n',
	});
	expect(problems.map(({ code }) => code)).not.toContain('SY325');
});

test.each([
	['', []],
	['tasks: {A: {status: completed}}\n', []],
	['tasks:\r\n  A:\r\n    status: completed\r\n', ['A']],
	['\uFEFFtasks:\n# a remark\n  A:\n\n    status: "completed"\n', ['A']],
	['tasks:\n  \'a b\':\n    status: completed\n  "\\x41":\n    status: completed\n', ['a b', '\\x41']],
	['other:\n  A:\n    status: completed\n', []],
] as const)('state file %j', (text, ids) => {
	expect(completedTasks('file:///s', text).map(({ value }) => value)).toEqual(ids);
});

test('a prompt in a file that is neither there nor produced', () => {
	const there = new Set(['prompts/a.md']);
	checkPlan(
		`
		tasks:
		  - {id: A, agent: claude, prompt: {file: prompts/a.md}}
		  - {id: B, agent: claude, prompt: {file: prompts/b.md}}
		                                          ^^^^^^^^^^^^ SY324 There is no file \`prompts/b.md\`
		  - {id: C, agent: claude, prompt: {file: made.md}, dependencies: [D]}
		  - {id: D, run: [x], produces: [made.md]}
	`,
		{ hasFile: (path) => there.has(path) },
	);
});

test('where nobody can look, no file is missing', () => {
	checkPlan('tasks: [{id: A, agent: claude, prompt: {file: nowhere.md}}]');
});
