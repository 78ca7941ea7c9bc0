import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { silentLogger } from '../../src/core/base/ports.ts';
import type { RunChange } from '../../src/engine/journal/runFollower.ts';
import { RunFollower } from '../../src/engine/journal/runFollower.ts';
import { answerTask, requestDrain, requestStop } from '../../src/engine/journal/runRequests.ts';
import { EngineWorkspace, work } from '../support/engineWorkspace.ts';
import { waitFor } from '../support/waitFor.ts';

let ws: EngineWorkspace;
let follower: RunFollower;
let changes: RunChange[];

beforeEach(async () => {
	ws = new EngineWorkspace();
	changes = [];
	follower = new RunFollower({ rootPath: ws.root, planKey: 'demo', logger: silentLogger });
	follower.onDidChange((change) => changes.push(change));
	await follower.start();
});

afterEach(() => {
	follower.dispose();
	ws.dispose();
});

function waitForState(state: string | null): Promise<unknown> {
	return waitFor(`the state ${state}`, () => (follower.current?.state ?? null) === state);
}

test('a run is seen from its first line to its end, whoever drives it', async () => {
	ws.plan([
		{ id: 'A', run: work(1.5) },
		{ id: 'B', dependencies: ['A'] },
	]);
	expect(follower.current).toBeNull();
	const run = ws.start('run');
	await waitForState('running');
	await waitFor('A running', () => follower.current?.task('A')?.status === 'running');
	expect(follower.current?.engines).toMatchObject([{ face: 'terminal' }]);
	expect(follower.current?.task('B')).toMatchObject({ status: 'pending', reason: 'Waits for A.' });
	await run.ended;
	await waitForState('completed');
	expect(follower.current?.totals).toMatchObject({ total: 2, completed: 2, running: 0 });
	expect(follower.current?.attempts('A')).toHaveLength(1);
	await waitFor('no engine', () => follower.current?.engines.length === 0);
	expect(new Set(changes.flatMap(({ tasks }) => [...tasks]))).toEqual(new Set(['A', 'B']));
});

test('a killed engine is noticed although it writes nothing; a resumed one too', async () => {
	ws.plan([
		{ id: 'A', run: work(1.5) },
		{ id: 'B', dependencies: ['A'] },
	]);
	const run = ws.start('run');
	await ws.waitForLog('start', 'A');
	await waitForState('running');
	run.kill('SIGKILL');
	await run.ended;
	await waitForState('interrupted');
	const resumed = ws.start('run', '--face', 'editor');
	await waitForState('running');
	expect(follower.current?.engines).toMatchObject([{ face: 'editor' }]);
	expect((await resumed.ended).code).toBe(0);
	await waitForState('completed');
});

test('what a person asks goes the other way as a line: drain, stop, retry, skip', async () => {
	ws.plan([
		{ id: 'A', run: work(2) },
		{ id: 'B', dependencies: ['A'] },
		{ id: 'X', run: ['sh', '-c', 'exit 1'] },
	]);
	const run = ws.start('run');
	await ws.waitForLog('start', 'A');
	await waitForState('running');
	const folder = follower.current?.folder ?? '';
	await requestDrain(folder, 'the editor');
	await waitForState('stopping');
	await run.ended;
	await waitFor('A completed and B left', () => follower.current?.task('A')?.status === 'completed');
	expect(follower.current?.task('B')?.status).toBe('ready');
	await answerTask(folder, { task: 'X', answer: 'skip', by: 'Ada' });
	await waitFor('X skipped', () => follower.current?.task('X')?.status === 'skipped');
	expect(follower.current?.task('X')?.reason).toBe('Skipped by Ada.');
	await requestStop(folder, 'all', 'Ada');
	await waitForState('idle');
});

test('a run that vanishes is no longer shown; another of the same name is', async () => {
	ws.plan([{ id: 'A' }]);
	await ws.cli('run');
	await waitForState('completed');
	rmSync(join(ws.root, '.switchyard'), { recursive: true });
	await waitForState(null);
	ws.plan([{ id: 'A', run: work(0, 1) }]);
	await ws.cli('run');
	await waitForState('idle');
	expect(follower.current?.totals).toMatchObject({ failed: 1 });
});

test('a newer run takes the place of the one before', async () => {
	ws.plan([{ id: 'A' }]);
	await ws.cli('run');
	await waitForState('completed');
	const before = follower.current?.run;
	ws.plan([{ id: 'A', run: work(0, 1) }]);
	await ws.cli('run', '--new');
	await waitFor(
		'the new run',
		() => follower.current?.run !== before && follower.current?.totals.failed === 1,
	);
});

test('a run that is opened is shown at once, and then what became of its evidence', async () => {
	ws.plan([
		{ id: 'A', run: ['sh', '-c', 'echo one > made'], produces: ['made'], verify: [{ run: ['true'] }] },
	]);
	expect((await ws.cli('run')).code).toBe(0);
	ws.write('made', 'two');
	const seen: unknown[] = [];
	const later = new RunFollower({ rootPath: ws.root, planKey: 'demo', logger: silentLogger });
	try {
		later.onDidChange(({ run }) => seen.push(run?.task('A')?.validation));
		await later.start();
		expect(seen).toEqual(['checks', 'stale']);
	} finally {
		later.dispose();
	}
});
