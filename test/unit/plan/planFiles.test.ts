import { expect, test } from 'vitest';
import {
	classify,
	compareNames,
	groupPlans,
	isClaimed,
	isSkippedPath,
} from '../../../src/core/plan/planFiles.ts';
import { searchPlans } from '../../../src/core/plan/searchPlans.ts';
import { encodePath, joinUri, relativePath } from '../../../src/core/plan/uris.ts';
import { MemoryFiles } from '../../support/memoryFiles.ts';

test.each([
	['docs/planning/PROJECT_PRD.yaml', 'prd'],
	['a/docs/planning/FEATURE_001_PRD.yaml', 'prd'],
	['docs/planning/ISSUE_9_PRD.json', 'prd'],
	['docs/planning/switchyard.yaml', 'header'],
	['docs/planning/tasks/TASK-001.yaml', 'task'],
	['docs/planning/tasks/any-slug.yml', 'task'],
	['docs/planning/tasks/TASK-001.json', 'task'],
	['docs/sprints/SPRINT-001-01.yaml', 'sprint'],
	['x/docs/planning/sprints/SPRINT-001.yaml', 'sprint'],
	['docs/planning/.project-state.yaml', 'state'],
	['docs/planning/.feature-001-state.yaml', 'state'],
	['checkout.plan.yaml', 'one-file'],
	['deep/er/plan.yaml', 'one-file'],
	['switchyard.yaml', 'one-file'],
	['docs/planning/tasks/sub/TASK-001.yaml', null],
	['docs/planning/tasks/.hidden.yaml', null],
	['docs/planning/TASK_SUMMARY.md', 'summary'],
	['docs/sprints/SPRINT_OVERVIEW.md', 'summary'],
	['docs/planning/README.md', null],
	['docs/planning/notes.yaml', null],
	['mydocs/sprints/S.yaml', null],
	['myplan.yaml', null],
	['.plan.yaml', null],
	['plan.yml', null],
	['config.yaml', null],
])('%s is %s', (path, kind) => {
	expect(classify(path)).toBe(kind);
});

test.each([
	['plan:\n  name: X\n', true],
	['plan: {name: X}\n', true],
	['tasks:\n  - id: A\n', true],
	['# c\ntasks: # all\n\n- id: A\n', true],
	['tasks: [{id: A}]\n', true],
	['"tasks": [\n', true],
	['', false],
	['stages: []\n', false],
	['plan: basic\n', false],
	['tasks:\n  build: {}\n', false],
	['job:\n  tasks:\n    - x\n', false],
	['tasks: 3\n', false],
])('a plan.yaml with %j is a plan: %s', (text, expected) => {
	expect(isClaimed('a/plan.yaml', text)).toBe(expected);
	expect(isClaimed('a/x.plan.yaml', text)).toBe(true);
});

test('files are sorted into plans by their root', () => {
	const groups = groupPlans('file:///w', [
		'docs/sprints/S-10.yaml',
		'docs/sprints/S-9.yaml',
		'docs/planning/tasks/T-10.yaml',
		'docs/planning/tasks/T-9.json',
		'docs/planning/PROJECT_PRD.yaml',
		'docs/planning/.project-state.yaml',
		'apps/my shop/docs/planning/tasks/A.yaml',
		'apps/other/docs/sprints/S.yaml',
		'gone/docs/planning/.project-state.yaml',
		'a.plan.yaml',
		'planning.plan.yaml',
		'sub/plan.yaml',
		'README.md',
	]);
	expect(
		groups.map(({ id, form, files }) => [id.rootUri, id.key, form, files.map((uri) => uri.slice(10))]),
	).toEqual([
		[
			'file:///w',
			'planning',
			'folder',
			[
				'docs/planning/PROJECT_PRD.yaml',
				'docs/planning/tasks/T-9.json',
				'docs/planning/tasks/T-10.yaml',
				'docs/sprints/S-9.yaml',
				'docs/sprints/S-10.yaml',
				'docs/planning/.project-state.yaml',
			],
		],
		['file:///w/apps/my%20shop', 'planning', 'folder', ['apps/my%20shop/docs/planning/tasks/A.yaml']],
		['file:///w', 'a', 'file', ['a.plan.yaml']],
		['file:///w', 'planning.plan', 'file', ['planning.plan.yaml']],
		['file:///w/sub', 'plan', 'file', ['sub/plan.yaml']],
	]);
});

test('names are compared as people count', () => {
	const names = ['T-10', 'T-9', 'T-09', 'T', 'a', 'T-9b'];
	expect([...names].sort(compareNames)).toEqual(['T', 'T-09', 'T-9', 'T-9b', 'T-10', 'a']);
});

test('paths and URIs are translated both ways, in the spelling of the editor', () => {
	const path = "a b/(ü)/100%/it's.yaml";
	expect(encodePath(path)).toBe('a%20b/%28%C3%BC%29/100%25/it%27s.yaml');
	expect(relativePath('file:///w', joinUri('file:///w', path))).toBe(path);
	expect(relativePath('file:///w', 'file:///wide/x')).toBeNull();
	expect(relativePath('file:///w', 'file:///w/100%')).toBe('100%');
	expect(encodePath('\uD800')).toBe('%EF%BF%BD');
});

test.each([
	['.work/x.plan.yaml', true],
	['a/node_modules/b/plan.yaml', true],
	['a/b/plan.yaml', false],
])('%s is skipped: %s', (path, expected) => {
	expect(isSkippedPath(path)).toBe(expected);
});

test('the search leaves out worktrees, dot folders and packages, and follows links within the folder', async () => {
	const files = new MemoryFiles({
		'file:///w/docs/planning/tasks': { link: 'file:///w/my-tasks' },
		'file:///w/my-tasks/A.yaml': '',
		'file:///w/sub/x.plan.yaml': '',
		'file:///w/tree/.git': 'gitdir: /w/.git/worktrees/tree\n',
		'file:///w/tree/x.plan.yaml': '',
		'file:///w/module/.git': 'gitdir: ../.git/modules/module\n',
		'file:///w/module/x.plan.yaml': '',
		'file:///w/.switchyard/x.plan.yaml': '',
		'file:///w/node_modules/x.plan.yaml': '',
		'file:///w/up': { link: 'file:///w' },
	});
	const { paths, problems } = await searchPlans(files.tree('file:///w'), 'file:///w');
	expect(paths).toEqual(['docs/planning/tasks/A.yaml', 'module/x.plan.yaml', 'sub/x.plan.yaml']);
	expect(problems).toEqual([]);
});

test('a planning folder that cannot be listed is a problem, any other is not', async () => {
	const tree = new MemoryFiles({
		'file:///w/docs/planning/tasks/A.yaml': '',
		'file:///w/private/x': '',
	}).tree('file:///w');
	const list = (folder: string) =>
		/tasks$|private$/.test(folder) ? Promise.reject(new Error('no permission')) : tree.list(folder);
	const { problems } = await searchPlans({ ...tree, list }, 'file:///w');
	expect(problems.map(({ code, range }) => [code, range.uri])).toEqual([
		['SY108', 'file:///w/docs/planning/tasks'],
	]);
});

test('the search leaves out what git ignores, but not the plan of the folder itself', async () => {
	const files = new MemoryFiles({
		'file:///w/.gitignore': '/dist/\n*.local.plan.yaml\n/docs/planning/\n',
		'file:///w/.git/info/exclude': 'private\n',
		'file:///w/dist/a.plan.yaml': '',
		'file:///w/my.local.plan.yaml': '',
		'file:///w/docs/planning/tasks/A.yaml': '',
		'file:///w/docs/planning/.project-state.yaml': '',
		'file:///w/private/b.plan.yaml': '',
		'file:///w/sub/dist/c.plan.yaml': '',
		'file:///w/sub/.gitignore': 'old\n!kept.local.plan.yaml\n',
		'file:///w/sub/old/d.plan.yaml': '',
		'file:///w/sub/kept.local.plan.yaml': '',
		'file:///w/sub/docs/planning/tasks/B.yaml': '',
	});
	const { paths } = await searchPlans(files.tree('file:///w'), 'file:///w');
	expect(paths).toEqual([
		'docs/planning/.project-state.yaml',
		'docs/planning/tasks/A.yaml',
		'sub/dist/c.plan.yaml',
		'sub/docs/planning/tasks/B.yaml',
		'sub/kept.local.plan.yaml',
	]);
});

test('the search notes where other tools keep their plans', async () => {
	const files = new MemoryFiles(
		Object.fromEntries(
			[
				'.taskmaster/tasks/tasks.json',
				'.taskmaster/docs/plan.md',
				'.beads/issues.jsonl',
				'.work/foundation/architecture/DEPENDENCIES.md',
				'.work/milestones/plan.md',
				'.git/plan.md',
				'node_modules/x/plan.md',
				'app/backlog/tasks/task-1 - A.md',
				'app/backlog/docs/x.md',
				'specs/001-core/tasks.md',
				'specs/001-core/spec.md',
				'plan.md',
				'README.md',
			].map((path) => [`file:///w/${path}`, '']),
		),
	);
	const { paths, foreign } = await searchPlans(files.tree('file:///w'), 'file:///w');
	expect(paths).toEqual([]);
	expect(foreign).toEqual([
		'.beads/issues.jsonl',
		'.taskmaster/tasks/tasks.json',
		'.work/foundation/architecture/DEPENDENCIES.md',
		'app/backlog/tasks/task-1 - A.md',
		'plan.md',
		'specs/001-core/tasks.md',
	]);
});
