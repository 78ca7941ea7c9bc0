import { readdir, readFile, realpath, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runImport } from '../../src/cli/importCommand.ts';
import type { RunPlan } from '../../src/core/run/runPlan.ts';
import { loadRunPlan } from '../../src/engine/loader/loadRunPlan.ts';
import { importedCompletions } from '../../src/engine/run/importState.ts';
import type { FileContent } from '../support/withFolder.ts';
import { withFolder } from '../support/withFolder.ts';

/** `switchyard import` in a folder: what it prints, and its exit code or its complaint. */
async function runIn(
	folder: string,
	path: string,
	flags: { readonly dryRun?: boolean; readonly json?: boolean; readonly force?: boolean } = {},
): Promise<{ code: number | string; text: string }> {
	const options = { to: join(folder, 'out'), dryRun: false, json: false, force: false, ...flags };
	let text = '';
	try {
		const code = await runImport(join(folder, path), options, (part) => {
			text += part;
		});
		return { code, text };
	} catch (error) {
		expect(error).toMatchObject({ name: 'UsageError' });
		return { code: (error as Error).message.replaceAll(folder, ''), text };
	}
}

async function outOf(folder: string): Promise<string[]> {
	return await readdir(join(folder, 'out')).catch(() => []);
}

test('tasks that are finished in the other tool are not run again', async () => {
	const done =
		'{"tasks": [{"id": 1, "title": "A", "status": "done"}, {"id": 2, "title": "B", "dependencies": [1]}]}';
	await withFolder({ 'shop/tasks.json': done }, async (folder) => {
		const { text } = await runIn(folder, 'shop/tasks.json');
		expect(text).toContain('1 of them is finished there and will not be run again');
		const out = await realpath(join(folder, 'out'));
		const state = join(out, '.switchyard/state/shop.yaml');
		const before = await readFile(state, 'utf8');
		const plan = { form: 'file', key: 'shop', tasks: [{ id: '1' }, { id: '2' }] } as unknown as RunPlan;
		expect(await readFile(join(out, '.switchyard/.gitignore'), 'utf8')).toBe('*\n');
		expect(await importedCompletions(out, plan)).toMatchObject([{ kind: 'task-imported', task: '1' }]);
		// The same again changes nothing, and what a run wrote is left to the run.
		await runIn(folder, 'shop/tasks.json');
		expect(await readFile(state, 'utf8')).toBe(before);
		await writeFile(state, 'version: "1.0"\n');
		await runIn(folder, 'shop/tasks.json');
		expect(await readFile(state, 'utf8')).toBe('version: "1.0"\n');
	});
});

const tasks = '{"tasks": [{"id": 1, "title": "A"}, {"id": 2, "title": "B", "dependencies": [1, 9]}]}';
const files: Readonly<Record<string, FileContent>> = { 'shop/.taskmaster/tasks/tasks.json': tasks };
const path = 'shop/.taskmaster/tasks/tasks.json';

test('imports once, changes nothing the second time, and follows the source', async () => {
	await withFolder(files, async (folder) => {
		const first = await runIn(folder, path);
		expect(first.code).toBe(0);
		expect(first.text).toContain('Task Master tasks: 2 tasks, 1 dependency, 0 sprints.');
		expect(first.text).toContain('tasks.json:1:81 dangling-dependency: `2` depends on `9`');
		expect(await outOf(folder)).toEqual(['shop.plan.yaml']);
		const before = await readFile(join(folder, 'out/shop.plan.yaml'), 'utf8');
		expect((await runIn(folder, path)).text).toContain('is up to date: nothing was written.');
		expect(await readFile(join(folder, 'out/shop.plan.yaml'), 'utf8')).toBe(before);
		await writeFile(join(folder, path), tasks.replace('"B"', '"Better"'));
		expect(await runIn(folder, path)).toMatchObject({ code: 0 });
		expect(await readFile(join(folder, 'out/shop.plan.yaml'), 'utf8')).toContain('name: Better');
	});
});

test('overwrites what a hand changed, or wrote, only with --force', async () => {
	await withFolder(files, async (folder) => {
		const target = join(folder, 'out/shop.plan.yaml');
		await runIn(folder, path);
		const edited = `${await readFile(target, 'utf8')}# mine\n`;
		await writeFile(target, edited);
		expect(await runIn(folder, path)).toMatchObject({
			code: 1,
			text: expect.stringContaining('was changed by hand'),
		});
		await writeFile(target, 'tasks: []\n');
		expect(await runIn(folder, path)).toMatchObject({
			code: 1,
			text: expect.stringContaining('is no imported plan'),
		});
		expect(await readFile(target, 'utf8')).toBe('tasks: []\n');
		expect(await runIn(folder, path, { force: true })).toMatchObject({ code: 0 });
		expect(`${await readFile(target, 'utf8')}# mine\n`).toBe(edited);
	});
});

test('a dry run shows the plan and writes nothing', async () => {
	await withFolder(files, async (folder) => {
		const { code, text } = await runIn(folder, path, { dryRun: true });
		expect(code).toBe(0);
		expect(text).toContain('\ntasks:\n  - id: "1"\n    name: A\n');
		expect(text).toContain('Would write');
		expect(await outOf(folder)).toEqual([]);
	});
});

test('as JSON', async () => {
	await withFolder(files, async (folder) => {
		const { text } = await runIn(folder, path, { json: true });
		expect(JSON.parse(text)).toMatchObject({
			format: 'taskmaster',
			action: 'write',
			tasks: 2,
			dependencies: 1,
			repairs: [{ kind: 'dangling-dependency', line: 1, column: 81 }],
			problems: [],
		});
	});
});

test('a folder with one file a task is one plan, also when one of its files is named', async () => {
	const backlog = {
		'app/backlog/tasks/task-2 - b.md':
			'---\nid: task-2\ntitle: B\nstatus: To Do\ndependencies: [task-1]\n---\n',
		'app/backlog/completed/task-1 - a.md': '---\nid: task-1\ntitle: A\nstatus: Done\n---\n',
	};
	await withFolder(backlog, async (folder) => {
		expect(await runIn(folder, 'app')).toMatchObject({ code: 0 });
		expect(await outOf(folder)).toContain('app.plan.yaml');
		const { text } = await runIn(folder, 'app/backlog/tasks/task-2 - b.md');
		expect(text).toContain('2 tasks, 1 dependency');
		expect(text).toContain('is up to date');
	});
});

test('says what is wrong with a path', async () => {
	const odd = {
		...files,
		'a.md': '# Nothing\n',
		'specs/x/tasks.md': '- [ ] T001 A\n',
		'empty.json': '{"tasks": [3], "id": 1, "title": 2}',
	};
	await withFolder(odd, async (folder) => {
		expect((await runIn(folder, 'none.md')).code).toBe('There is no /none.md. Name a file of another tool.');
		expect((await runIn(folder, 'a.md')).code).toContain(
			'There is no plan of another tool in /a.md. Known are: Orca plan,',
		);
		expect((await runIn(folder, 'empty.json')).code).toContain('holds no task');
		const several = (await runIn(folder, '.')).code;
		expect(several).toContain('holds several plans of other tools. Name one:');
		expect(several).toContain('(spec-kit tasks)');
	});
});

test('a plan of another tool is not run: the message says what to do', async () => {
	await withFolder(files, async (folder) => {
		expect(await loadRunPlan({ path: join(folder, path) })).toEqual({
			kind: 'no-plan',
			message: `${join(folder, path)} is a plan of another tool (Task Master tasks), which can be checked but not run. Write it as a plan with: switchyard import ${join(folder, path)}`,
		});
	});
});
