import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkPlans } from '../../src/cli/checkCommand.ts';
import type { FileContent } from '../support/withFolder.ts';
import { withFolder } from '../support/withFolder.ts';

/** Runs `switchyard check` on files and returns what it prints, with its exit code or its complaint. */
async function check(
	files: Readonly<Record<string, FileContent>>,
	{ path = '.', format = 'text' as 'text' | 'json', isGithub = false } = {},
): Promise<{ code: number | string; text: string }> {
	return await withFolder(files, async (folder) => {
		let text = '';
		const output = {
			out: (part: string) => {
				text += part;
			},
			...{ hasColours: false, isGithub },
		};
		try {
			return { code: await checkPlans(join(folder, path), { format }, output), text };
		} catch (error) {
			expect(error).toMatchObject({ name: 'UsageError' });
			return { code: (error as Error).message.replaceAll(folder, ''), text };
		}
	});
}

const sound = 'tasks: [{id: A, run: ["true"]}]\n';

test('a sound plan', async () => {
	expect(await check({ 'x.plan.yaml': sound })).toEqual({
		code: 0,
		text: '1 task in 1 file: no problems.\n',
	});
});

test('problems by file, with every place of a circle, and a count', async () => {
	const files = {
		'docs/planning/tasks/A.yaml': 'id: A\nrun: ["true"]\ndependencies: [B]\n',
		'docs/planning/tasks/B.yaml': 'id: B\nrun: ["true"]\ndependencies: [A]\ncolour: red\n',
	};
	expect(await check(files)).toEqual({
		code: 1,
		text: [
			'docs/planning/tasks/A.yaml:3:16 error SY304 These tasks wait for each other in a circle: A → B → A (→ means: needs first). Remove one of these dependencies.',
			'    docs/planning/tasks/A.yaml:3:16 A needs B',
			'    docs/planning/tasks/B.yaml:3:16 B needs A',
			'',
			'docs/planning/tasks/B.yaml:4:1 hint SY200 A task has no field `colour`: it is kept, and nothing reads it.',
			'',
			'2 tasks in 2 files: 1 error, 1 hint.',
			'',
		].join('\n'),
	});
});

test('JSON counts lines and columns from one, with exclusive ends', async () => {
	const { code, text } = await check({ 'x.plan.yaml': 'tasks:\n  - name: x\n' }, { format: 'json' });
	expect(code).toBe(1);
	expect(JSON.parse(text)).toEqual({
		files: 1,
		tasks: 0,
		problems: [
			{
				file: 'x.plan.yaml',
				line: 2,
				column: 5,
				endLine: 2,
				endColumn: 9,
				code: 'SY203',
				severity: 'error',
				message: 'This task has no id, so nothing can depend on it or run it. Add `id: TASK-…`.',
			},
		],
	});
});

test('warnings and hints alone are no failure', async () => {
	expect(await check({ 'x.plan.yaml': 'tasks: [{id: A}]\n' })).toMatchObject({ code: 0 });
});

test('any file that is named by hand is a plan in one file', async () => {
	expect(await check({ 'notes.yaml': sound }, { path: 'notes.yaml' })).toMatchObject({ code: 0 });
	expect(await check({ 'plan.yaml': 'stages: []\n' }, { path: 'plan.yaml' })).toMatchObject({ code: 0 });
});

test('a file or folder inside docs means the plan it belongs to', async () => {
	const files = {
		'p/docs/planning/tasks/A.yaml': 'id: A\nrun: [x]\n',
		'p/docs/sprints/S.yaml': 'id: S\ntasks: [A, B]\n',
	};
	for (const path of [
		'.',
		'p',
		'p/docs/planning',
		'p/docs/sprints',
		'p/docs/sprints/S.yaml',
		'p/docs/planning/tasks/A.yaml',
	]) {
		const { text } = await check(files, { path });
		expect(text).toContain('docs/sprints/S.yaml:2:12 error SY306');
	}
});

test('several plans with roots of their own are told apart by their paths', async () => {
	const { text } = await check({
		'a/x.plan.yaml': 'tasks: [{id: A, colour: red}]',
		'b/x.plan.yaml': 'tasks: [{id: B}]',
	});
	expect(text).toContain('a/x.plan.yaml:1:17 hint SY200');
	expect(text).toContain('b/x.plan.yaml:1:14 warning SY315');
});

test('where there is no plan, it says what was looked for', async () => {
	const { code } = await check({
		'plan.yaml': 'stages: []\n',
		'.work/x.plan.yaml': sound,
		'node_modules/x.plan.yaml': sound,
	});
	expect(code).toContain('Looked in it and below for docs/planning');
	expect((await check({}, { path: 'nowhere' })).code).toBe(
		'There is no /nowhere. Name a workspace folder or a plan file.',
	);
});

test('links are followed inside the folder only', async () => {
	const { code, text } = await check({
		'docs/planning/tasks/A.yaml': { link: '../../../real.txt' },
		'docs/planning/tasks/B.yaml': { link: '/etc/hostname' },
		'docs/planning/tasks/C.yaml': { link: 'C.yaml' },
		'docs/sprints': { link: '/etc' },
		'real.txt': 'id: A\nrun: [x]\n',
		loop: { link: '.' },
	});
	expect(code).toBe(1);
	expect(
		text
			.split('\n')
			.filter((line) => line !== '')
			.map((line) => line.split(' ').slice(0, 3).join(' ')),
	).toEqual([
		'docs/sprints:1:1 error SY109',
		'docs/planning/tasks/B.yaml:1:1 error SY109',
		'docs/planning/tasks/C.yaml:1:1 error SY108',
		'1 task in',
	]);
	expect(text).toContain('its links go round in a circle');
	expect(text).toContain('1 task in 3 files: 3 errors.');
});

test('the file of a prompt is looked for below the root', async () => {
	const task = (id: string, file: string) => `id: ${id}\nagent: claude\nprompt:\n  file: ${file}\n`;
	const { code, text } = await check({
		'docs/planning/tasks/A.yaml': task('A', 'docs/a.md'),
		'docs/planning/tasks/B.yaml': task('B', 'docs/b.md'),
		'docs/a.md': 'Do it.\n',
	});
	expect(code).toBe(0);
	expect(text).toContain('docs/planning/tasks/B.yaml:4:9 warning SY324 There is no file `docs/b.md`');
	expect(text).toContain('2 tasks in 2 files: 1 warning.');
});

test('plans of other tools are checked in place where there is none of ours', async () => {
	const files = {
		'.taskmaster/tasks/tasks.json': '{"tasks": [{"id": 1, "title": "A", "dependencies": [9]}]}',
		'backlog/tasks/task-1 - One.md': '---\nid: task-1\ntitle: One\nstatus: To Do\n---\n',
		'backlog/completed/task-2 - Two.md':
			'---\nid: task-2\ntitle: Two\nstatus: Done\ndependencies: [task-1, task-3]\n---\n',
	};
	const all = await check(files);
	expect(all.code).toBe(1);
	expect(all.text).toContain('SY302');
	for (const path of ['backlog', 'backlog/tasks', 'backlog/tasks/task-1 - One.md']) {
		const { text } = await check(files, { path, format: 'json' });
		const { files: count, tasks, problems } = JSON.parse(text);
		const dangling = problems.filter(({ code }: { code: string }) => code === 'SY302');
		expect([path, count, tasks, dangling.length]).toEqual([path, 2, 2, 1]);
	}
	expect((await check({ ...files, 'x.plan.yaml': sound })).code).toBe(0);
});

test('where GitHub runs it, errors and warnings are shown at their lines of a pull request', async () => {
	const files = {
		'a, b/x.plan.yaml': 'tasks:\n  - {id: A, agent: claude, dependencies: [B], colour: 100}\n  - {id: C}\n',
	};
	const { code, text } = await check(files, { isGithub: true });
	expect(code).toBe(1);
	const lines = text.split('\n').filter((line) => line.startsWith('::'));
	expect(lines.map((line) => line.split('::')[1])).toEqual([
		'error file=x.plan.yaml,line=2,endLine=2,col=43,endColumn=44,title=SY302',
		'warning file=x.plan.yaml,line=3,endLine=3,col=10,endColumn=11,title=SY315',
	]);
	expect((await check(files)).text).not.toContain('::');
});
