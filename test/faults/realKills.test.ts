import { expect, test, vi } from 'vitest';
import { Chance } from '../support/chance.ts';
import { expectDocumented } from '../support/documentedFaults.ts';
import type { KillPlace, Leaves } from '../support/realKills.ts';
import { job, killEverywhere, unharmed } from '../support/realKills.ts';

vi.setConfig({ testTimeout: 300_000 });

/** A check, an iteration after a failure, steps, and something that waits. */
const plan = {
	tasks: [
		{ id: 'A', run: job('work'), verify: [{ run: job('c1') }] },
		{ id: 'B', run: job('work', 'once'), retries: 1 },
		{
			id: 'C',
			steps: [{ name: 'one', run: job('s1') }],
			verify: [{ run: job('c1') }],
			dependencies: ['A', 'B'],
		},
	],
};

const kills = 30;
/** Some lines are left out where a job is short, and others come in another order: their places are then not met. */
const spare = 6;

test('SIGKILL of a real engine at 30 places of its journal and of all it writes: no verdict lost, nothing done twice', async () => {
	const chance = new Chance('real kills');
	const { ends, places } = await unharmed(plan);
	const leaves: readonly Leaves[] = ['whole', 'torn', 'unsynced'];
	const lines = places.filter((name) => name.startsWith('line ')).length;
	const steps = places.length - lines;
	const all: KillPlace[] = [
		...Array.from({ length: lines }, (_, index) => ({
			line: index + 1,
			leaves: leaves[index % 3] ?? 'whole',
		})),
		...Array.from({ length: steps - 2 }, (_, index) => ({ step: index + 1 })),
	];
	const first = chance.below(all.length);
	const chosen = Array.from({ length: kills + spare }, (_, index) => {
		const at = (first + Math.round((index * all.length) / (kills + spare))) % all.length;
		return all[at] ?? { step: 1 };
	});
	const done = await killEverywhere(plan, chosen, { expected: ends, atOnce: 3 });
	process.stdout.write(`\n${done.kills} engines killed, of ${all.length} places\n`);
	expect(done.broken).toEqual([]);
	expect(done.kills).toBeGreaterThanOrEqual(kills);
	expectDocumented('SIGKILL of a real engine', kills);
});
