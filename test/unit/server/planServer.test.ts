import { afterEach, expect, test, vi } from 'vitest';
import { MemoryFiles } from '../../support/memoryFiles.ts';
import { PlanClient } from '../../support/planClient.ts';

// Every test waits for a condition; the limit is for one that never comes.
vi.setConfig({ testTimeout: 60_000 });

const w = 'file:///w';
const task = (id: string, more = '') => `id: ${id}\nname: Task ${id}\nrun: ["true"]\n${more}`;
const created = 1;
const changed = 2;
const deleted = 3;

const clients: PlanClient[] = [];
const open = async (files: MemoryFiles, folders: readonly string[] = [w]) => {
	const client = await PlanClient.open(files, folders);
	clients.push(client);
	return client;
};
afterEach(() => {
	for (const client of clients.splice(0)) {
		client.dispose();
	}
});

test('a fault appears while it is typed and goes when it is repaired', async () => {
	const uri = `${w}/a.plan.yaml`;
	const text = 'tasks:\n  - {id: A, run: ["true"]}\n  - {id: B, run: ["true"], dependencies: [A]}\n';
	const at = (text.split('\n')[2] ?? '').indexOf('A]');
	const client = await open(new MemoryFiles({ [uri]: text }));
	expect(client.published.size).toBe(0);
	await client.openText(uri, text);
	await client.type(uri, 2, [2, at, at + 1], 'C');
	await client.until(() => client.codes(uri).includes('SY302'));
	expect(client.shown.get(uri)?.[0]).toMatchObject({
		source: 'switchyard',
		severity: 1,
		range: { start: { line: 2, character: at }, end: { line: 2, character: at + 1 } },
	});
	await client.type(uri, 3, [2, at, at + 1], 'A');
	await client.until(() => client.codes(uri).length === 0 && client.updates.at(-1)?.errors === 0);
	expect(client.updates.at(-1)).toMatchObject({ reset: false, errors: 0 });
});

test('what is open counts, and what is saved counts again when it is closed', async () => {
	const uri = `${w}/a.plan.yaml`;
	const files = new MemoryFiles({ [uri]: 'tasks: [{id: A, run: [x]}]' });
	const client = await open(files);
	await client.openText(uri, 'tasks: [{id: A}]');
	await client.until(() => client.codes(uri).includes('SY315'));
	files.write(uri, 'tasks: [{id: A, run: [y]}]');
	await client.filesChanged([{ uri, type: changed }]);
	await client.settle();
	expect(client.codes(uri)).toEqual(['SY315']);
	await client.closeText(uri);
	await client.until(() => client.codes(uri).length === 0);
});

test('a problem in one file is told in the files it concerns, and taken back from each', async () => {
	const uri = (id: string) => `${w}/docs/planning/tasks/${id}.yaml`;
	const files = new MemoryFiles({ [uri('A')]: task('A'), [uri('B')]: task('A') });
	const client = await open(files);
	expect([client.codes(uri('A')), client.codes(uri('B'))]).toEqual([['SY300'], ['SY300']]);
	files.write(uri('B'), task('B'));
	await client.filesChanged([{ uri: uri('B'), type: changed }]);
	await client.until(() => client.codes(uri('A')).length === 0 && client.codes(uri('B')).length === 0);
});

test('an edit parses and sends only what changed', async () => {
	const names = Array.from({ length: 50 }, (_, i) => `T${i}`);
	const files = new MemoryFiles(
		Object.fromEntries(names.map((id) => [`${w}/docs/planning/tasks/${id}.yaml`, task(id)])),
	);
	const client = await open(files);
	expect(client.updates.at(-1)).toMatchObject({ reset: true, tasks: { length: 50 } });
	const [uri, before, reads] = [
		`${w}/docs/planning/tasks/T7.yaml`,
		client.updates.length,
		files.reads.length,
	];
	await client.openText(uri, task('T7'));
	await client.type(uri, 2, [1, 6, 10], 'Duty');
	await client.until(() => client.updates.length > before);
	expect(client.updates.at(-1)).toMatchObject({
		reset: false,
		taskOrder: null,
		tasks: [{ id: 'T7', name: 'Duty T7' }],
		sprints: [],
		version: (client.updates.at(-2)?.version ?? 0) + 1,
	});
	expect(files.reads.length).toBe(reads);
});

test('tasks that come, go and move are told by id and order', async () => {
	const uri = `${w}/a.plan.yaml`;
	const client = await open(new MemoryFiles({ [uri]: 'tasks:\n- {id: A, run: [x]}\n- {id: B, run: [x]}\n' }));
	const told = client.updates.length;
	await client.openText(uri, 'tasks:\n- {id: C, run: [x]}\n- {id: A, run: [x]}\n');
	await client.until(() => client.updates.length > told);
	const update = client.updates.at(-1);
	expect(update).toMatchObject({ removedTasks: ['B'], taskOrder: ['C', 'A'] });
	expect(update?.tasks.map(({ id }) => id)).toEqual(['C', 'A']);
});

test('a plan that is created in an open window, also in a subfolder', async () => {
	const files = new MemoryFiles({ [`${w}/readme.md`]: '' });
	const client = await open(files);
	expect(client.updates).toEqual([]);
	const uri = `${w}/services/shop/docs/planning/tasks/A.yaml`;
	files.write(uri, task('A', 'dependencies: [B]\n'));
	await client.filesChanged([{ uri, type: created }]);
	await client.until(() => client.codes(uri).includes('SY302') && client.updates.length > 0);
	expect(client.updates.at(-1)?.plan).toEqual({ rootUri: `${w}/services/shop`, key: 'planning' });
});

test('two plans of one folder do not know each other', async () => {
	const client = await open(
		new MemoryFiles({
			[`${w}/a.plan.yaml`]: 'tasks: [{id: A, run: [x]}]',
			[`${w}/b.plan.yaml`]: 'tasks: [{id: A, run: [x]}, {id: B, run: [x], dependencies: [C]}]',
			[`${w}/docs/planning/tasks/A.yaml`]: task('A'),
		}),
	);
	expect(client.updates.map(({ plan }) => plan.key).sort()).toEqual(
		expect.arrayContaining(['a', 'b', 'planning']),
	);
	expect([...client.published]).toEqual([`${w}/b.plan.yaml`]);
});

test('a deleted file takes its diagnostics with it, and the others learn of it', async () => {
	const uri = (id: string) => `${w}/docs/planning/tasks/${id}.yaml`;
	const files = new MemoryFiles({
		[uri('A')]: task('A'),
		[uri('B')]: task('B', 'dependencies: [A]\ncolour: red\n'),
	});
	const client = await open(files);
	expect(client.codes(uri('B'))).toEqual(['SY200']);
	files.remove(uri('A'));
	await client.filesChanged([{ uri: uri('A'), type: deleted }]);
	await client.until(() => client.codes(uri('B')).includes('SY302'));
	files.remove(`${w}/docs`);
	await client.filesChanged([{ uri: `${w}/docs`, type: deleted }]);
	await client.until(() => client.codes(uri('B')).length === 0 && client.updates.at(-1)?.removed === true);
	expect(client.updates.at(-1)).toMatchObject({ removed: true, plan: { key: 'planning' } });
});

test('only planning files are claimed', async () => {
	const other = `${w}/config.yaml`;
	const foreign = `${w}/deploy/plan.yaml`;
	const files = new MemoryFiles({
		[other]: 'a: [',
		[foreign]: 'stages: [\n',
		[`${w}/.work/x.plan.yaml`]: 'tasks: [',
	});
	const client = await open(files);
	await client.openText(other, 'a: [');
	await client.openText(foreign, 'stages: [\n');
	await client.settle();
	expect(client.published.size).toBe(0);
	await client.type(foreign, 2, [0, 0, 9], 'tasks:\n  - {');
	await client.until(() => client.codes(foreign).length > 0);
	await client.type(foreign, 3, [0, 0, 5], 'stage');
	await client.until(() => client.codes(foreign).length === 0);
	expect([...client.published]).toEqual([foreign]);
});

test('every folder of a window has its plans, and takes them along when it goes', async () => {
	const [a, b] = [`${w}/a.plan.yaml`, 'file:///v/b.plan.yaml'];
	const files = new MemoryFiles({ [a]: 'tasks: [{id: A}]', [b]: 'tasks: [{id: B}]' });
	const client = await open(files);
	expect([...client.published]).toEqual([a]);
	await client.foldersChanged(['file:///v'], []);
	await client.until(() => client.codes(b).length > 0);
	await client.foldersChanged([], [w]);
	await client.until(() => client.codes(a).length === 0);
	expect(client.codes(b)).toEqual(['SY315']);
});

test('a folder within a folder owns its plans, so that each is told once', async () => {
	const uri = `${w}/inner/a.plan.yaml`;
	const client = await open(new MemoryFiles({ [uri]: 'tasks: [{id: A, run: [x]}]' }), [w, `${w}/inner`]);
	await client.settle();
	expect(new Set(client.updates.map(({ plan }) => plan.rootUri))).toEqual(new Set([`${w}/inner`]));
	expect(client.updates.filter(({ version }) => version === 1).length).toBe(1);
});

test('a plan file that is opened from nowhere stands alone', async () => {
	const client = await open(new MemoryFiles(), []);
	await client.openText('file:///elsewhere/a.plan.yaml', 'tasks: [{id: A}]');
	await client.until(() => client.codes('file:///elsewhere/a.plan.yaml').includes('SY315'));
	await client.closeText('file:///elsewhere/a.plan.yaml');
	await client.until(() => client.updates.at(-1)?.removed === true);
});

test('links: inside is read once, outside is a problem, circles end', async () => {
	const uri = (id: string) => `${w}/docs/planning/tasks/${id}.yaml`;
	const client = await open(
		new MemoryFiles({
			[uri('A')]: task('A'),
			[uri('B')]: { link: null },
			[`${w}/docs/again`]: { link: `${w}/docs` },
			[`${w}/other/docs`]: { link: null },
		}),
	);
	expect(client.codes(uri('B'))).toEqual(['SY109']);
	expect(client.codes(`${w}/other/docs`)).toEqual(['SY109']);
	expect([...client.published].sort()).toEqual([uri('B'), `${w}/other/docs`]);
});

test('an unreadable file is a problem of its own', async () => {
	const uri = (id: string) => `${w}/docs/planning/tasks/${id}.yaml`;
	const files = new MemoryFiles({ [uri('A')]: { unreadable: 'no permission' }, [uri('B')]: task('B') });
	const client = await open(files);
	expect(client.codes(uri('A'))).toEqual(['SY108']);
	expect(client.updates.at(-1)?.tasks.map(({ id }) => id)).toEqual(['B']);
});

test('the outline and the quick fixes of a file', async () => {
	const uri = `${w}/a.plan.yaml`;
	const text = [
		'tasks:',
		'  - id: TASK-001',
		'    run: npm run build',
		'  - {id: TASK-002, name: Two, run: [x], depends: [TASK-1]}',
		'sprints: [{id: S, tasks: [TASK-001, TASK-003]}]',
		'',
	].join('\n');
	const client = await open(new MemoryFiles({ [uri]: text }));
	const symbols = await client.symbols(uri);
	expect(symbols.map(({ name, detail }) => [name, detail])).toEqual([
		['S', undefined],
		['TASK-001', undefined],
		['TASK-002', 'Two'],
	]);
	const fixes = await client.fixes(uri);
	expect(fixes.map(({ title, edit }) => [title, edit?.changes?.[uri]?.[0]?.newText])).toEqual([
		['Write the list [npm, run, build]', '[npm, run, build]'],
		['Add shell: true', '\n    shell: true'],
		['Replace with depends_on', 'depends_on'],
		['Replace with TASK-001', 'TASK-001'],
		['Add TASK-002 to S', ', TASK-002'],
		['Create the task TASK-003', '\n  - id: TASK-003\n    name: TASK-003'],
		['Remove TASK-003 from the tasks of S', ''],
	]);
});

test('a prompt without its file is found after a look at the files, and follows them', async () => {
	const uri = 'file:///w/x.plan.yaml';
	const files = new MemoryFiles({
		[uri]: 'tasks: [{id: A, agent: claude, prompt: {file: p/a.md}}]\n',
		'file:///w/p/b.md': '',
	});
	const client = await PlanClient.open(files, ['file:///w']);
	try {
		await client.until(() => client.codes(uri).includes('SY324'));
		files.write('file:///w/p/a.md', '');
		await client.filesChanged([{ uri: 'file:///w/p/a.md', type: 1 }]);
		await client.until(() => !client.codes(uri).includes('SY324'));
		files.remove('file:///w/p');
		await client.filesChanged([{ uri: 'file:///w/p', type: 3 }]);
		await client.until(() => client.codes(uri).includes('SY324'));
	} finally {
		client.dispose();
	}
});

test('a file that the editor renames is known by its new name at once, without a watcher', async () => {
	const [before, after] = ['file:///w/a.plan.yaml', 'file:///w/b.plan.yaml'];
	const files = new MemoryFiles({ [before]: 'tasks: [{id: A, run: [x], dependencies: [gone]}]\n' });
	const client = await PlanClient.open(files, ['file:///w']);
	try {
		files.write(after, 'tasks: [{id: A, run: [x], dependencies: [gone]}]\n');
		files.remove(before);
		await client.tell('workspace/didRenameFiles', { files: [{ oldUri: before, newUri: after }] });
		await client.until(() => client.codes(after).includes('SY302') && client.codes(before).length === 0);
	} finally {
		client.dispose();
	}
});
