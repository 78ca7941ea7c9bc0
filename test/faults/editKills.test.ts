import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { expectDocumented } from '../support/documentedFaults.ts';
import type { Task } from '../support/engineWorkspace.ts';
import { EngineWorkspace } from '../support/engineWorkspace.ts';
import { expectUnbroken } from '../support/invariants.ts';
import { waitFor } from '../support/waitFor.ts';

vi.setConfig({ testTimeout: 120_000 });

/** Says what it does in the log, and goes on until the file `go` is there. */
const waiting = ['sh', '-c', 'sh work.sh 0; until test -f go; do sleep 0.05; done'];
const own = (text: string) => ['sh', '-c', `sh work.sh 0; : ${text}`];

/** A is finished, W runs, and L waits for W, when the plan is edited. */
const before: readonly Task[] = [
	{ id: 'A', run: own('a') },
	{ id: 'W', run: waiting },
	{ id: 'L', dependencies: ['W'] },
];
const [a, w, l] = before as readonly [Task, Task, Task];

interface Edit {
	readonly name: string;
	readonly after: readonly Task[];
	/** How often each task is begun in the end. */
	readonly starts: Readonly<Record<string, number>>;
	/** What is said before the version is taken, for edits that have to wait. */
	readonly says?: RegExp;
	/** What a person answers on the command line. */
	readonly answer?: readonly string[];
}

/** Every kind of edit that D6 speaks of. */
const edits: readonly Edit[] = [
	{ name: 'a task is added', after: [...before, { id: 'N' }], starts: { A: 1, W: 1, L: 1, N: 1 } },
	{ name: 'a waiting task is removed', after: [a, w, { id: 'N' }], starts: { A: 1, W: 1, N: 1 } },
	{
		name: 'a waiting task gets other work and another predecessor',
		after: [a, w, { ...l, run: own('other'), dependencies: ['W', 'N'] }, { id: 'N' }],
		starts: { A: 1, W: 1, L: 1, N: 1 },
	},
	{
		name: 'a finished task is changed: it is stale, and not done again',
		after: [{ ...a, run: own('changed') }, w, l, { id: 'N' }],
		starts: { A: 1, W: 1, L: 1, N: 1 },
	},
	{
		name: 'the command of a running task is changed: it keeps the one it began with',
		after: [a, { ...w, run: own('changed') }, l, { id: 'N' }],
		starts: { A: 1, W: 1, L: 1, N: 1 },
	},
	{
		name: 'a running task is removed: it asks, and the version waits for its end',
		after: [a, { id: 'N' }],
		starts: { A: 1, W: 1, N: 1 },
		says: /no longer has W/,
	},
	{
		name: 'a finished task has another id: asks whether it was renamed',
		after: [{ ...a, id: 'A2', name: 'Name of A' }, w, l, { id: 'N' }],
		starts: { A: 1, W: 1, L: 1, N: 1 },
		says: /A2/,
		answer: ['renamed', 'A', 'A2'],
	},
];

/** Where the engine dies: before it has seen the new version, or with the line that puts it in force. */
const moments = ['at once', 'with its line', 'with half its line'] as const;

function environmentOf(ws: EngineWorkspace, moment: (typeof moments)[number]): Record<string, string> {
	const root = { SY_KILL_ROOT: ws.root };
	switch (moment) {
		case 'at once':
			return root;
		case 'with its line':
			return { ...root, SY_KILL_LINE: '1', SY_KILL_KIND: 'plan-changed' };
		case 'with half its line':
			return { ...root, SY_KILL_LINE: '1', SY_KILL_KIND: 'plan-changed', SY_KILL_LEAVES: 'torn' };
	}
}

let kills = 0;

async function editAndKill(ws: EngineWorkspace, edit: Edit, moment: (typeof moments)[number]): Promise<void> {
	ws.plan(before);
	const env = environmentOf(ws, moment);
	const engine = ws.startWith({ preload: 'kill.cjs', env }, 'run');
	await ws.waitForLog('end', 'W');
	await waitFor('A to be recorded', async () => (await ws.statuses())['A'] === 'completed');
	ws.plan(edit.after);
	if (moment === 'at once' || edit.says !== undefined) {
		await (edit.says === undefined ? null : waitFor('a question', () => edit.says?.test(engine.err)));
		engine.kill('SIGKILL');
	}
	expect((await engine.ended).signal).toBe('SIGKILL');
	kills++;
	ws.write('go', '');
	if (edit.answer !== undefined) {
		expect((await ws.cli(...edit.answer)).code).toBe(0);
	}
	const resumed = await ws.cli('run');
	expect(resumed.code, resumed.err).toBe(0);
	expect(ws.count('start')).toEqual(edit.starts);
	const statuses = await ws.statuses();
	expect(statuses).toEqual(Object.fromEntries(edit.after.map(({ id }) => [id, 'completed'])));
	await expectUnbroken(ws, { badLines: 'any' });
}

describe.concurrent('D6: the plan is edited in mid-run, and the engine is killed', () => {
	test.each(edits)('$name', async (edit) => {
		// What has to wait for a person comes into force only after the kill.
		const count = edit === edits[0] ? 3 : edit.says === undefined ? 2 : 1;
		for (const moment of moments.slice(0, count)) {
			const ws = new EngineWorkspace();
			try {
				await editAndKill(ws, edit, moment);
			} catch (error) {
				throw new Error(`killed ${moment}`, { cause: error });
			} finally {
				ws.dispose();
			}
		}
	});

	test('what the plan says after errors and a deletion comes into force with the next engine', async () => {
		const ws = new EngineWorkspace();
		try {
			ws.plan(before);
			const engine = ws.start('run');
			await ws.waitForLog('end', 'W');
			const good = readFileSync(join(ws.root, 'demo.plan.yaml'), 'utf8');
			ws.write('demo.plan.yaml', good.replace('[W]', '[NOBODY]').replace('["W"]', '["NOBODY"]'));
			await waitFor('the errors', () => engine.err.includes('last good version'));
			engine.kill('SIGKILL');
			await engine.ended;
			kills++;
			expect((await ws.cli('run')).code).toBe(1);
			ws.write('demo.plan.yaml', `${good}  - {id: N, name: n, run: [sh, work.sh, "0"]}\n`).write('go', '');
			expect((await ws.cli('run')).code).toBe(0);
			expect(ws.count('start')).toEqual({ A: 1, W: 1, L: 1, N: 1 });
			await expectUnbroken(ws);
		} finally {
			ws.dispose();
		}
	});
});

afterAll(() => expectDocumented('plan edited in mid-run', kills));
