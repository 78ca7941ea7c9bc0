import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { Chance } from '../support/chance.ts';
import type { CliProcess } from '../support/engineWorkspace.ts';
import { EngineWorkspace, work } from '../support/engineWorkspace.ts';
import { expectDoneOnce } from '../support/invariants.ts';

vi.setConfig({ testTimeout: 3_600_000 });

let ws: EngineWorkspace;

afterEach(() => ws.dispose());

const killsEach = 50;

/** Three tracks of chains, each task with a check, and locks between the tracks. */
const ids = [1, 2, 3].flatMap((track) =>
	Array.from({ length: 60 }, (_, index) => `T${track}-${String(index + 1).padStart(2, '0')}`),
);
const tasks = ids.map((id, index) => ({
	id,
	run: work(0.3),
	dependencies: index % 60 === 0 ? [] : [ids[index - 1] ?? ''],
	verify: [{ run: ['sh', '-c', 'sleep 0.05; test -f log'] }],
	...(index % 7 === 0 ? { locks: ['shared'] } : {}),
}));

test('3 engines, each killed 50 times at random moments and started again: each task once, and no verdict lost', async () => {
	const chance = new Chance('many kills');
	ws = new EngineWorkspace();
	ws.plan(tasks);
	let kills = 0;
	let over = false;
	const keepKilling = async (): Promise<void> => {
		for (let round = 0; round < killsEach && !over; round++) {
			const engine = ws.start('run');
			await Promise.race([delay(300 + chance.below(1_500)), engine.ended]);
			engine.kill('SIGKILL');
			const { signal, code, err } = await engine.ended;
			expect(signal === 'SIGKILL' || code === 0, `${code} ${err}`).toBe(true);
			kills += signal === 'SIGKILL' ? 1 : 0;
			over = code === 0;
		}
	};
	await Promise.all([1, 2, 3].map(keepKilling));
	const last: CliProcess = ws.start('run');
	const { code, err } = await last.ended;
	process.stdout.write(`\n${kills} engines killed\n`);
	expect([code, err]).toEqual([0, '']);
	await expectDoneOnce(ws, ids);
	expect(kills).toBeGreaterThan(3 * killsEach * 0.9);
});
