import { describe, expect, test, vi } from 'vitest';
import { expectTestsDocumented } from '../support/documentedFaults.ts';
import type { CliProcess } from '../support/engineWorkspace.ts';
import { EngineWorkspace, work } from '../support/engineWorkspace.ts';
import { expectDoneOnce } from '../support/invariants.ts';
import { kill } from '../support/processTable.ts';
import { waitFor } from '../support/waitFor.ts';

vi.setConfig({ testTimeout: 120_000 });

/** Side by side, because they mostly wait: each has a workspace of its own. */
async function inWorkspace(use: (ws: EngineWorkspace) => Promise<void>): Promise<void> {
	const ws = new EngineWorkspace();
	try {
		await use(ws);
	} finally {
		ws.dispose();
	}
}

/** Runs with another engine, which may say that the frozen one stands still, and nothing else. */
async function runBeside(ws: EngineWorkspace, ...args: readonly string[]) {
	const { code, err, out } = await ws.cli('run', ...args);
	expect(err).toMatch(/^(An engine \(process \d+\) stands still: what it had is taken up here\.\n)?$/);
	return { code, out };
}

/** Wakes a frozen engine up: it must end well and change nothing any more. */
async function wakeUp(frozen: CliProcess): Promise<void> {
	frozen.kill('SIGCONT');
	const { code, err } = await frozen.ended;
	expect([code, err]).toEqual([0, '']);
}

const check = [{ run: ['sh', '-c', 'test -f log'] }];

describe.concurrent('D3: a frozen engine (SIGSTOP) stops nobody', () => {
	expectTestsDocumented('SIGSTOP of an engine');

	test('the others record its finished task, make its checks, and go on', () =>
		inWorkspace(async (ws) => {
			ws.plan([
				{ id: 'A', run: work(0.6), verify: check },
				{ id: 'B', dependencies: ['A'] },
				{ id: 'C', dependencies: ['B'], verify: check },
			]);
			const frozen = ws.start('run');
			await ws.waitForLog('start', 'A');
			frozen.kill('SIGSTOP');
			const other = await runBeside(ws);
			expect(other.code).toBe(0);
			await wakeUp(frozen);
			await expectDoneOnce(ws, ['A', 'B', 'C']);
		}));

	test('S1: a barrier does not wait for what only it was asked for', () =>
		inWorkspace(async (ws) => {
			ws.plan([{ id: 'A', run: work(0.5) }, { id: 'X' }, { id: 'B', dependencies: ['A'] }], {
				plan: { strategy: 'hybrid', jobs: 1 },
			});
			const frozen = ws.start('run');
			await ws.waitForLog('start', 'A');
			frozen.kill('SIGSTOP');
			const other = await runBeside(ws, '--task', 'B');
			expect(other.code).toBe(0);
			expect(ws.count('end')).toEqual({ A: 1, B: 1 });
			await wakeUp(frozen);
			await expectDoneOnce(ws, ['A', 'B', 'X']);
		}));

	test('S5: what only it was asked for is not waited for: a person is needed, until it wakes up', () =>
		inWorkspace(async (ws) => {
			ws.plan([
				{ id: 'A', run: work(0.5) },
				{ id: 'B', dependencies: ['A'] },
				{ id: 'C', dependencies: ['B'] },
			]);
			const frozen = ws.start('run');
			await ws.waitForLog('start', 'A');
			frozen.kill('SIGSTOP');
			const other = await runBeside(ws, '--task', 'C');
			expect([other.code, other.out]).toEqual([3, expect.stringContaining('C waits for B')]);
			await wakeUp(frozen);
			await expectDoneOnce(ws, ['A', 'B', 'C']);
		}));

	test.each([
		['before its first claim', { SY_KILL_LINE: '1', SY_KILL_KIND: 'task-claimed' }],
		['before the runner of what it claimed', { SY_KILL_STEP: '1', SY_KILL_STEP_NAME: 'spawn' }],
		['before it records how a task ended', { SY_KILL_LINE: '1', SY_KILL_KIND: 'attempt-ended' }],
		['before it writes evidence', { SY_KILL_LINE: '1', SY_KILL_KIND: 'evidence-written' }],
	])('%s: another one does it, once', (_, place) =>
		inWorkspace(async (ws) => {
			ws.plan([
				{ id: 'A', verify: check },
				{ id: 'B', dependencies: ['A'] },
			]);
			const env = { SY_KILL_ROOT: ws.root, SY_KILL_BY: 'SIGSTOP', ...place };
			const frozen = ws.startWith({ preload: 'kill.cjs', env }, 'run');
			await waitFor('the freeze', () => frozen.isFrozen);
			const other = await runBeside(ws);
			expect(other.code).toBe(0);
			await wakeUp(frozen);
			await expectDoneOnce(ws, ['A', 'B']);
		}),
	);

	test('a person stops everything while it is frozen: it takes nothing up when it wakes up', () =>
		inWorkspace(async (ws) => {
			ws.plan(
				[
					{ id: 'A', run: work(0.3) },
					{ id: 'B', dependencies: ['A'] },
				],
				{ plan: { jobs: 1 } },
			);
			const frozen = ws.start('run');
			await ws.waitForLog('start', 'A');
			frozen.kill('SIGSTOP');
			await ws.waitForLog('end', 'A');
			await ws.cli('stop');
			frozen.kill('SIGCONT');
			await frozen.ended;
			expect(ws.count('start')).toEqual({ A: 1 });
		}));
});

describe.concurrent('T3: a frozen runner (SIGSTOP)', () => {
	expectTestsDocumented('SIGSTOP of a runner');

	const tasks = [
		{ id: 'A', run: work(0.5), timeout_minutes: 0.05 },
		{ id: 'B', dependencies: ['A'] },
	];

	async function freezeRunner(ws: EngineWorkspace): Promise<readonly number[]> {
		await ws.waitForLog('start', 'A');
		const pids = await waitFor('the runner and its work', () => ws.orphans.length >= 3 && ws.orphans);
		for (const pid of pids) {
			kill(pid, 'SIGSTOP');
		}
		return pids;
	}

	test('that wakes up in time does its work once', () =>
		inWorkspace(async (ws) => {
			ws.plan([
				{ id: 'A', run: work(0.5) },
				{ id: 'B', dependencies: ['A'] },
			]);
			const engine = ws.start('run');
			const pids = await freezeRunner(ws);
			engine.kill('SIGSTOP');
			for (const pid of pids) {
				kill(pid, 'SIGCONT');
			}
			await ws.waitForLog('end', 'A');
			engine.kill('SIGCONT');
			expect((await engine.ended).code).toBe(0);
			await expectDoneOnce(ws, ['A', 'B']);
		}));

	test('past its timeout is ended, with everything it started, and the task says so', () =>
		inWorkspace(async (ws) => {
			ws.plan(tasks);
			const engine = ws.start('run');
			await freezeRunner(ws);
			const { code, out } = await engine.ended;
			expect([code, out]).toEqual([1, expect.stringContaining('No end after')]);
			await waitFor('no process', () => ws.orphans.length === 0);
			expect(await ws.statuses()).toEqual({ A: 'failed', B: 'blocked' });
		}));

	test('and its engine, both past the timeout: the engine that wakes up ends it', () =>
		inWorkspace(async (ws) => {
			ws.plan(tasks);
			const engine = ws.start('run');
			await freezeRunner(ws);
			engine.kill('SIGSTOP');
			const other = await runBeside(ws);
			expect([other.code, other.out]).toEqual([1, expect.stringContaining('No end after')]);
			engine.kill('SIGCONT');
			expect((await engine.ended).code).toBe(1);
			expect([ws.orphans, await ws.statuses()]).toEqual([[], { A: 'failed', B: 'blocked' }]);
			expect(ws.count('start')).toEqual({ A: 1 });
		}));
});
