import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { expectTestsDocumented } from '../support/documentedFaults.ts';
import { EngineWorkspace, work } from '../support/engineWorkspace.ts';
import { expectDoneOnce } from '../support/invariants.ts';
import { kill } from '../support/processTable.ts';
import { waitFor } from '../support/waitFor.ts';

vi.setConfig({ testTimeout: 120_000 });

let ws: EngineWorkspace;

beforeEach(() => {
	ws = new EngineWorkspace();
});

afterEach(() => ws.dispose());

async function killRunner(): Promise<void> {
	await waitFor('the runner', () => ws.orphans.length >= 3);
	for (const pid of ws.orphans) {
		kill(pid, 'SIGKILL');
	}
	await waitFor('its end', () => ws.orphans.length === 0);
}

describe('D4: SIGKILL of a runner', () => {
	expectTestsDocumented('SIGKILL of a runner, also of an agent');

	const tasks = [
		{
			id: 'A',
			run: ['sh', '-c', 'if test -f go; then sh work.sh 0; else echo "try A 1 0" >> log; sleep 300; fi'],
		},
		{ id: 'B', dependencies: ['A'] },
		{ id: 'C', run: work(0.2) },
	];

	test('needs a person: a plain run does not repeat it, one that names it does', async () => {
		ws.plan(tasks);
		const engine = ws.start('run');
		await ws.waitForLog('try', 'A');
		await ws.waitForLog('end', 'C');
		await killRunner();
		const ended = await engine.ended;
		expect([ended.code, ended.out]).toEqual([
			3,
			expect.stringContaining('needs you: Its runner vanished without a result'),
		]);
		expect(await ws.statuses()).toEqual({ A: 'blocked', B: 'blocked', C: 'completed' });
		ws.write('go', '');
		const plain = await ws.cli('run');
		expect([plain.code, ws.count('start')]).toEqual([3, { C: 1 }]);
		expect((await ws.cli('status')).code).toBe(3);
		expect((await ws.cli('run', '--task', 'A')).code).toBe(0);
		expect((await ws.cli('run')).code).toBe(0);
		await expectDoneOnce(ws, ['A', 'B', 'C']);
		expect(ws.log.filter(({ kind }) => kind === 'try')).toHaveLength(1);
	});

	test('is repeated by itself where the plan says that this is safe', async () => {
		ws.plan([{ ...tasks[0], id: 'A', idempotent: true }, tasks[1] ?? { id: 'B' }]);
		const engine = ws.start('run');
		await ws.waitForLog('try', 'A');
		ws.write('go', '');
		await killRunner();
		expect((await engine.ended).code).toBe(0);
		await expectDoneOnce(ws, ['A', 'B']);
	});

	test('and of its engine, as when the machine goes down: the next engine asks', async () => {
		ws.plan(tasks);
		const engine = ws.start('run');
		await ws.waitForLog('try', 'A');
		await ws.waitForLog('end', 'C');
		engine.kill('SIGKILL');
		await engine.ended;
		await killRunner();
		// The pid may be somebody else's after a boot.
		const [run = ''] = readdirSync(join(ws.root, '.switchyard/runs'));
		const start = join(ws.root, '.switchyard/runs', run, 'attempts/A/1/start');
		const [, startTime = ''] = readFileSync(start, 'utf8').split(' ');
		writeFileSync(start, `${process.pid} ${startTime} 00000000-0000-0000-0000-000000000000\n`);
		const resumed = await ws.cli('run');
		expect([resumed.code, await ws.statuses()]).toEqual([3, { A: 'blocked', B: 'blocked', C: 'completed' }]);
	});

	test('of a check: the check is made again, the work is not', async () => {
		const slow = 'echo "check A 1 0" >> log; test -f go || sleep 300';
		ws.plan([
			{ id: 'A', verify: [{ run: ['sh', '-c', slow] }] },
			{ id: 'B', dependencies: ['A'] },
		]);
		const engine = ws.start('run');
		await ws.waitForLog('check', 'A');
		ws.write('go', '');
		await killRunner();
		expect((await engine.ended).code).toBe(0);
		await expectDoneOnce(ws, ['A', 'B']);
		expect(ws.log.filter(({ kind }) => kind === 'check')).toHaveLength(2);
	});

	test('of an agent’s runner: the agent goes with it', async () => {
		const agents = {
			mine: { run: ['sh', '-c', 'cat > /dev/null; echo "try A 1 0" >> log; sleep 300 & sleep 301'] },
		};
		ws.plan([{ id: 'A', agent: 'mine', prompt: 'x' }], { agents });
		const engine = ws.start('run');
		await ws.waitForLog('try', 'A');
		const [run = ''] = readdirSync(join(ws.root, '.switchyard/runs'));
		const start = readFileSync(join(ws.root, '.switchyard/runs', run, 'attempts/A/1/start'), 'utf8');
		kill(Number(start.split(' ')[0]), 'SIGKILL');
		await waitFor('the end of the agent', () => ws.orphans.length === 0);
		expect((await engine.ended).code).toBe(3);
	});
});
