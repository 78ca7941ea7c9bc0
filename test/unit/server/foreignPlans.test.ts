import { afterEach, expect, test } from 'vitest';
import { closeForeignRequest, openForeignRequest } from '../../../src/protocol/lsp.ts';
import { MemoryFiles } from '../../support/memoryFiles.ts';
import { PlanClient } from '../../support/planClient.ts';

const tasks = 'file:///w/.taskmaster/tasks/tasks.json';

function taskMaster(...list: { id: number; dependencies?: number[] }[]): string {
	return JSON.stringify({
		tasks: list.map(({ id, dependencies = [] }) => ({
			id,
			title: `Task ${id}`,
			status: 'done',
			dependencies,
		})),
	});
}

let client: PlanClient;
afterEach(() => client.dispose());

/** The last thing that was said of each plan, by its key. */
function plans() {
	return Object.fromEntries(
		client.updates.map(({ plan, foreign, removed, files, taskOrder }) => [
			plan.key,
			removed ? 'removed' : { foreign, files: files?.length, tasks: taskOrder },
		]),
	);
}

test('plans of other tools are found in their places, and told apart from those of ours', async () => {
	const files = new MemoryFiles({
		'file:///w/x.plan.yaml': 'tasks: [{id: A, run: [make]}]\n',
		[tasks]: taskMaster({ id: 1 }, { id: 2, dependencies: [1] }),
		'file:///w/backlog/tasks/task-1 - One.md': '---\nid: task-1\ntitle: One\nstatus: To Do\n---\n',
		'file:///w/backlog/completed/task-2 - Two.md':
			'---\nid: task-2\ntitle: Two\nstatus: Done\ndependencies: [task-1]\n---\n',
		'file:///w/plan.md': '# A plan\n\nNothing that any tool wrote.\n',
		'file:///w/data.json': taskMaster({ id: 1 }),
	});
	client = await PlanClient.open(files, ['file:///w']);
	expect(plans()).toEqual({
		x: { files: 1, tasks: ['A'] },
		'tasks.json': { foreign: 'taskmaster', files: 1, tasks: ['1', '2'] },
		backlog: { foreign: 'backlog', files: 2, tasks: ['task-2', 'task-1'] },
	});
	expect([...client.shown.values()].flat().map(({ code }) => code)).toEqual([]);
});

test('what is wrong in them is shown where it is, but not that nothing runs their tasks', async () => {
	const files = new MemoryFiles({ [tasks]: taskMaster({ id: 1 }, { id: 2, dependencies: [9] }) });
	client = await PlanClient.open(files, ['file:///w']);
	expect(client.codes(tasks)).toEqual(['SY302']);
});

test('they follow their files', async () => {
	const files = new MemoryFiles({ [tasks]: taskMaster({ id: 1 }) });
	client = await PlanClient.open(files, ['file:///w']);
	files.write(tasks, taskMaster({ id: 1 }, { id: 2 }));
	await client.filesChanged([{ uri: tasks, type: 2 }]);
	await client.until(() => client.updates.at(-1)?.tasks.some(({ id }) => id === '2') === true);
	files.remove(tasks);
	await client.filesChanged([{ uri: tasks, type: 3 }]);
	await client.until(() => client.updates.at(-1)?.removed === true);
	files.write(tasks, taskMaster({ id: 3 }));
	await client.filesChanged([{ uri: tasks, type: 1 }]);
	await client.until(() => client.updates.at(-1)?.tasks.some(({ id }) => id === '3') === true);
});

test('a folder of another tool that comes as a whole is looked into', async () => {
	const files = new MemoryFiles({ 'file:///w/README.md': '' });
	client = await PlanClient.open(files, ['file:///w']);
	files.write(tasks, taskMaster({ id: 1 }));
	await client.filesChanged([{ uri: 'file:///w/.taskmaster', type: 1 }]);
	await client.until(() => client.updates.at(-1)?.foreign === 'taskmaster');
});

test('any file of a known tool can be opened by hand, wherever it lies', async () => {
	const uri = 'file:///elsewhere/data.json';
	const files = new MemoryFiles({ [uri]: taskMaster({ id: 7 }), 'file:///elsewhere/no.json': '{}' });
	client = await PlanClient.open(files, ['file:///w']);
	const open = (name: string) => client.ask(openForeignRequest.method, { uris: [name] });
	expect(await open(uri)).toEqual({ rootUri: 'file:///elsewhere', key: 'data.json' });
	expect(await open('file:///elsewhere/no.json')).toBeNull();
	await client.settle();
	expect(plans()).toEqual({ 'data.json': { foreign: 'taskmaster', files: 1, tasks: ['7'] } });
	expect(client.updates.at(-1)).toMatchObject({ opened: true, tasks: [{ id: '7', stated: 'done' }] });
	await client.ask(closeForeignRequest.method, { uris: [uri] });
	await client.until(() => client.updates.at(-1)?.removed === true);
});
