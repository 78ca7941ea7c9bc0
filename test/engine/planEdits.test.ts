import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { EngineWorkspace, work } from '../support/engineWorkspace.ts';
import { waitFor } from '../support/waitFor.ts';

let ws: EngineWorkspace;

beforeEach(() => {
	ws = new EngineWorkspace();
});

afterEach(() => ws.dispose());

/** Goes on until the file `go` is there: a test decides when. */
function waits(id: string, more: object = {}) {
	return { id, run: ['sh', '-c', `sh work.sh 0; until test -f go; do sleep 0.05; done`], ...more };
}

describe('D6: the plan is edited while it runs', () => {
	test('a task that is added joins what was asked for, finished ones stay finished', async () => {
		ws.plan([{ id: 'A' }, waits('B')]);
		const run = ws.start('run');
		await ws.waitForLog('end', 'A');
		await ws.waitForLog('end', 'B');
		ws.plan([{ id: 'A' }, waits('B'), { id: 'C', dependencies: ['A'] }]);
		await ws.waitForLog('end', 'C');
		ws.write('go', '');
		const { code, out, err } = await run.ended;
		expect([code, err]).toEqual([0, 'The plan changed; the run goes on with the new version.\n']);
		expect(out).toContain('3/3 completed');
		expect(ws.count('start')).toEqual({ A: 1, B: 1, C: 1 });
	});

	test('a task that is saved in the moment in which the last one ends joins the run, too', async () => {
		ws.plan([waits('B')]);
		const run = ws.start('run');
		await ws.waitForLog('end', 'B');
		ws.plan([waits('B'), { id: 'C', dependencies: ['B'] }]);
		ws.write('go', '');
		expect((await run.ended).code).toBe(0);
		expect(ws.count('end')).toEqual({ B: 1, C: 1 });
	});

	test('a task added outside of what was asked for is known, and not run', async () => {
		const sprint = (tasks: string[]) => ({
			sprints: [{ id: 'S1', track: 1, sprint_number: 1, name: 's', tasks }],
		});
		ws.plan([waits('B')], sprint(['B']));
		const run = ws.start('run', 'S1');
		await ws.waitForLog('end', 'B');
		ws.plan([waits('B'), { id: 'IN' }, { id: 'OUT' }], sprint(['B', 'IN']));
		await ws.waitForLog('end', 'IN');
		ws.write('go', '');
		expect((await run.ended).code).toBe(0);
		expect(await ws.statuses()).toEqual({ B: 'completed', IN: 'completed', OUT: 'ready' });
	});

	test('while it has errors its last good version stays in force, and that is said with file and line', async () => {
		ws.plan([waits('B'), { id: 'C', dependencies: ['B'] }]);
		const run = ws.start('run');
		await ws.waitForLog('end', 'B');
		ws.plan([waits('B'), { id: 'C', dependencies: ['NOBODY'] }]);
		await waitFor('the message', () => run.err.includes('last good version'));
		expect(run.err).toMatch(
			/The plan has errors; its last good version stays in force\. demo\.plan\.yaml:4:\d+ /,
		);
		ws.write('go', '');
		expect((await run.ended).code).toBe(0);
		expect(ws.count('end')).toEqual({ B: 1, C: 1 });
		const refused = await ws.cli('run');
		expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('NOBODY')]);
	});

	test('a removed task that runs keeps the version before in force until it ended, and that is said', async () => {
		ws.plan([waits('A'), { id: 'B', run: work(6) }]);
		const run = ws.start('run');
		await ws.waitForLog('end', 'A');
		ws.plan([{ id: 'B', run: work(6) }, { id: 'C' }]);
		await waitFor('the message', () => run.err.includes('no longer has A'));
		expect(run.err).toContain('stop it: switchyard stop --task A');
		expect(ws.count('start')).toEqual({ A: 1, B: 1 });
		await waitFor('the question', async () =>
			(await ws.cli('status')).out.includes('switchyard stop --task A'),
		);
		const asked = await ws.cli('status', '--json');
		expect([asked.code, JSON.parse(asked.out).questions]).toMatchObject([
			3,
			[{ kind: 'removed', task: 'A' }],
		]);
		ws.write('go', '');
		await ws.waitForLog('end', 'C');
		expect((await run.ended).code).toBe(0);
		expect(await ws.statuses()).toEqual({ B: 'completed', C: 'completed' });
		const after = await ws.cli('status');
		expect([after.code, after.out]).toEqual([0, expect.not.stringContaining('Waiting for you')]);
	});

	test('what a version adds runs although the last task ends in the moment in which it may be taken', async () => {
		ws.plan([waits('A')]);
		const run = ws.start('run');
		await ws.waitForLog('end', 'A');
		ws.plan([{ id: 'C' }]);
		await waitFor('the message', () => run.err.includes('no longer has A'));
		ws.write('go', '');
		expect((await run.ended).code).toBe(0);
		expect(await ws.statuses()).toEqual({ C: 'completed' });
	});

	test('a removed task that is put back asks nothing any more', async () => {
		ws.plan([waits('A')]);
		const run = ws.start('run');
		await ws.waitForLog('end', 'A');
		ws.plan([{ id: 'B' }]);
		await waitFor('the question', async () => (await ws.cli('status')).code === 3);
		ws.plan([waits('A')]);
		await waitFor('the question to go', async () => (await ws.cli('status')).code === 0);
		ws.write('go', '');
		expect((await run.ended).code).toBe(0);
	});

	test('a finished task that vanishes while one with the same definition appears asks: renamed?', async () => {
		const twin = (id: string) => ({ id, name: 'Build', run: work(0) });
		for (const [answer, runs] of [
			[['renamed', 'A', 'A2'], 1],
			[['renamed', 'A', 'A2', '--not-same'], 2],
		] as const) {
			ws.plan([twin('A')]);
			expect((await ws.cli('run', '--new')).code).toBe(0);
			const before = ws.log.length;
			ws.plan([twin('A2'), { id: 'B', name: 'B', run: work(0) }]);
			const asked = await ws.cli('run');
			expect(asked.err).toContain('The plan no longer has A, which is completed, and has A2');
			expect(Object.keys(await ws.statuses())).toEqual(['A']);
			const status = await ws.cli('status');
			expect(status.code).toBe(3);
			expect(status.out).toContain('    switchyard renamed A A2   or   switchyard renamed A A2 --not-same');
			expect((await ws.cli(...answer)).code).toBe(0);
			const after = await ws.cli('run');
			expect([after.code, after.err]).toEqual([0, expect.not.stringContaining('no longer has')]);
			expect(await ws.statuses()).toEqual({ A2: 'completed', B: 'completed' });
			expect((ws.log.length - before) / 2).toBe(runs);
		}
	});

	test('a finished task that is changed is stale until it is as it was, and nothing runs again because of it', async () => {
		ws.plan([{ id: 'A', run: work(0) }, { id: 'B' }]);
		expect((await ws.cli('run')).code).toBe(0);
		const status = async () => (await ws.cli('status')).out;
		expect(await status()).not.toContain('stale');
		ws.plan([
			{ id: 'A', run: work(0.01) },
			{ id: 'B', estimated_hours: 3 },
		]);
		await ws.cli('run');
		expect(await status()).toMatch(/A .*stale: the task in the plan changed since/);
		expect(await status()).not.toMatch(/B .*stale/);
		ws.plan([{ id: 'A', run: work(0) }, { id: 'B' }]);
		await ws.cli('run');
		expect(await status()).not.toContain('stale');
		expect(ws.count('start')).toEqual({ A: 1, B: 1 });
	});

	test('a changed command holds for the next attempt', async () => {
		ws.plan([{ id: 'A', run: work(0, 1) }]);
		expect((await ws.cli('run')).code).toBe(1);
		ws.plan([{ id: 'A', run: work(0, 0) }]);
		const again = await ws.cli('run');
		expect([again.code, again.err]).toEqual([0, 'The plan changed; the run goes on with the new version.\n']);
		expect((await ws.table()).tasks.get('A')?.attempts).toHaveLength(2);
	});

	test('a plan that is deleted under a run does not end it', async () => {
		ws.plan([waits('B'), { id: 'C', dependencies: ['B'] }]);
		const run = ws.start('run');
		await ws.waitForLog('end', 'B');
		rmSync(join(ws.root, 'demo.plan.yaml'));
		await waitFor('the message', () => run.err.includes('stays in force'));
		ws.write('go', '');
		expect((await run.ended).code).toBe(0);
		expect((await ws.cli('run')).code).toBe(2);
	});

	test('the state file beside a folder’s plan is no edit of it', async () => {
		ws.write('docs/planning/tasks/A.yaml', `id: A\nname: A\nrun: ${JSON.stringify(waits('A').run)}\n`);
		for (const id of ['B', 'C', 'D', 'E']) {
			const after = id === 'B' ? '' : `dependencies: [${String.fromCharCode(id.charCodeAt(0) - 1)}]\n`;
			ws.write(
				`docs/planning/tasks/${id}.yaml`,
				`id: ${id}\nname: ${id}\n${after}run: [sh, work.sh, "0.6"]\n`,
			);
		}
		ws.write('docs/planning/PROJECT_PRD.yaml', 'project: {name: Shop}\n');
		ws.write('docs/planning/switchyard.yaml', 'plan: {strategy: dynamic}\n');
		ws.env['SWITCHYARD_DEBUG'] = '1';
		const run = ws.start('run');
		await ws.waitForLog('end', 'E');
		ws.write('go', '');
		const { code } = await run.ended;
		expect(code).toBe(0);
		// Once at most, for what came while the plan was read first.
		expect(run.err.split('The plan is read again.').length - 1).toBeLessThanOrEqual(1);
	});

	test('a file that comes into the planning folder is part of it from then on', async () => {
		ws.write('docs/planning/PROJECT_PRD.yaml', 'project: {name: Shop}\n');
		ws.write('docs/planning/switchyard.yaml', 'plan: {strategy: dynamic}\n');
		ws.write('docs/planning/tasks/A.yaml', `id: A\nname: A\nrun: ${JSON.stringify(waits('A').run)}\n`);
		const run = ws.start('run');
		await ws.waitForLog('end', 'A');
		ws.write('docs/planning/tasks/B.yaml', 'id: B\nname: B\nrun: [sh, work.sh, "0"]\n');
		await ws.waitForLog('end', 'B');
		ws.write('go', '');
		expect((await run.ended).code).toBe(0);
	});
});
