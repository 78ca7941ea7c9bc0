import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { EngineWorkspace } from '../support/engineWorkspace.ts';

let ws: EngineWorkspace;

beforeEach(() => {
	ws = new EngineWorkspace();
});

afterEach(() => ws.dispose());

const tasks = [{ id: 'A' }, { id: 'B' }, { id: 'C' }, { id: 'D' }];

describe('S1: what a person chooses for a run', () => {
	test('strategy and number of agents take the place of what the plan says', async () => {
		const { code, out } = await ws
			.plan(tasks)
			.cli('run', '--dry-run', '--strategy', 'dynamic', '--agents', '4');
		expect(code).toBe(0);
		expect(out).toContain('strategy dynamic, at most 4 at once');
		await ws.plan(tasks).cli('run', '--strategy', 'sequential');
		expect((await ws.table()).plan).toMatchObject({ strategy: 'sequential', jobs: 1 });
	});

	test('D5: who joins without a choice goes by that of the run, and so does a plan that is saved again', async () => {
		await ws.plan(tasks.slice(0, 2)).cli('run', '--strategy', 'aggressive', '--agents', '2', '--task', 'A');
		const { code, err } = await ws.plan(tasks).cli('run');
		expect([code, err]).toEqual([0, expect.not.stringContaining('keeps to it')]);
		const { plan } = await ws.table();
		expect(plan).toMatchObject({ strategy: 'aggressive', jobs: 2 });
		expect(plan.tasks.map(({ id }) => id)).toEqual(['A', 'B', 'C', 'D']);
	});

	test('D5: a joiner with another choice is told that the run keeps its own', async () => {
		await ws.plan(tasks, { plan: { strategy: 'hybrid' } }).cli('run', '--task', 'A');
		const { code, err } = await ws.cli('run', '--strategy', 'dynamic', '--agents', '4');
		expect(code).toBe(0);
		expect(err).toContain('The open run goes by strategy hybrid, 3 at once, and keeps to it.');
		expect((await ws.table()).plan).toMatchObject({ strategy: 'hybrid', jobs: 3 });
	});

	test('who works where a task names nobody is chosen too, and the run keeps to it', async () => {
		ws.plan([{ id: 'A' }, { id: 'B', run: undefined }, { id: 'C', run: undefined, dependencies: ['B'] }]);
		ws.write('agents.json', JSON.stringify({ one: { run: ['true'] }, two: { run: ['false'] } }));
		const agents = ['--agents-file', 'agents.json'];
		const refused = await ws.cli('run', ...agents);
		expect([refused.code, refused.err]).toEqual([
			1,
			expect.stringContaining('B has neither run nor an agent'),
		]);
		expect((await ws.cli('run', '--agent', 'one', '--task', 'B', ...agents)).code).toBe(0);
		const { code, err } = await ws.cli('run', '--agent', 'two', ...agents);
		expect([code, err]).toEqual([0, expect.stringContaining('with the agent one, and keeps to it')]);
		expect((await ws.table()).tasks.get('C')?.attempts.map(({ agent }) => agent)).toEqual(['one']);
	});

	test.each([
		[['--strategy', 'wild'], 'There is no strategy “wild”.'],
		[['--agents', '0'], '--agents takes a whole number from 1'],
	])('run %j is a usage error', async (args, words) => {
		const { code, err } = await ws.plan(tasks).cli('run', ...args);
		expect(code).toBe(2);
		expect(err).toContain(words);
	});
});
