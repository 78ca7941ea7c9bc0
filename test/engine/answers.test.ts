import { afterEach, beforeEach, expect, test } from 'vitest';
import { summariseGates } from '../../src/core/run/summariseGate.ts';
import { EngineWorkspace } from '../support/engineWorkspace.ts';

let ws: EngineWorkspace;

beforeEach(() => {
	ws = new EngineWorkspace();
});

afterEach(() => ws.dispose());

test('a gate that did not pass is skipped from the command line, counts as skipped, and lets the next sprint begin', async () => {
	ws.plan([{ id: 'A' }, { id: 'B', dependencies: ['A'] }], {
		sprints: [
			{ id: 'S1', track: 1, tasks: ['A'], validation: { pm: { run: ['false'] } } },
			{ id: 'S2', track: 1, tasks: ['B'] },
		],
	});
	expect((await ws.cli('run')).code).toBe(3);
	const status = await ws.cli('status');
	expect(status.out).toContain('  switchyard retry S1:gate   or   switchyard skip S1:gate');
	for (const [args, message] of [
		[['skip', 'S9:gate'], 'The run has no task and no gate S9:gate. It has: A, B, S1:gate'],
		[['skip', 'A'], 'A: the task is completed.'],
		[['retry', 'B'], 'B is blocked: there is nothing to try again.'],
	] as const) {
		const refused = await ws.cli(...args);
		expect([refused.code, refused.err]).toEqual([2, expect.stringContaining(message)]);
	}
	const skipped = await ws.cli('skip', 'S1:gate', '--by', 'Ada', '--reason', 'The shop is closed.');
	expect([skipped.code, skipped.out]).toEqual([0, expect.stringContaining('Skipped S1:gate')]);
	expect((await ws.cli('run')).code).toBe(0);
	expect(await ws.statuses()).toMatchObject({ B: 'completed' });
	expect(summariseGates(await ws.table())).toMatchObject([
		{ status: 'skipped', reason: 'Skipped by Ada: The shop is closed.' },
	]);
});
