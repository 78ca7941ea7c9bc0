import { describe, expect, test, vi } from 'vitest';
import { strategyNames } from '../../src/core/plan/headerFields.ts';
import type { KillPlace, Leaves } from '../support/realKills.ts';
import { killEverywhere, unharmed } from '../support/realKills.ts';
import { realLives, realPipeline } from '../support/realPlans.ts';

vi.setConfig({ testTimeout: 3_600_000 });

const leaves: readonly Leaves[] = ['whole', 'torn', 'unsynced'];
/** `SWITCHYARD_SHARD=2/5` kills at every fifth place, from the second: five of them, anywhere, are all places. */
const [shard = 1, shards = 1] = (process.env['SWITCHYARD_SHARD'] ?? '1/1').split('/').map(Number);
let killed = 0;

async function killAt(
	name: string,
	plan: ReturnType<typeof realLives>,
	kind: 'line' | 'step',
): Promise<void> {
	const say = (line: string) => process.stdout.write(`\n${name}, ${kind}s: ${line}`);
	const { ends, places } = await unharmed(plan);
	const count = places.filter((place) => place.startsWith(`${kind} `)).length;
	const all = Array.from({ length: count }, (_, index): KillPlace => {
		return kind === 'step'
			? { step: index + 1 }
			: { line: index + 1, leaves: leaves[(index + count) % 3] ?? 'whole' };
	});
	const ours = all.filter((_, index) => index % shards === shard - 1);
	const { kills, broken } = await killEverywhere(plan, ours, { expected: ends, atOnce: 3, say });
	killed += kills;
	say(`${kills} engines killed, at ${ours.length} of ${all.length} places (${killed} in all)\n`);
	expect(broken).toEqual([]);
	// The last lines come in another order from time to time, and some places are then not there.
	expect(kills).toBeGreaterThan(ours.length * 0.8 - 1);
}

describe('SIGKILL of a real engine with every line of its journal', () => {
	test.each(strategyNames)('%s: checks, iterations, steps and approvals', (strategy) =>
		killAt(`${strategy}, lives`, realLives(strategy), 'line'),
	);

	test.each(strategyNames)('%s: integrations, validators and repairs', (strategy) =>
		killAt(`${strategy}, pipeline`, realPipeline(strategy), 'line'),
	);
});

describe('SIGKILL of a real engine before everything else that it writes', () => {
	test('hybrid: checks, iterations, steps and approvals', () =>
		killAt('hybrid, lives', realLives('hybrid'), 'step'));
	test('batches: integrations, validators and repairs', () =>
		killAt('batches, pipeline', realPipeline('batches'), 'step'));
});

test('more than 500 engines were killed, of which this is a share', () => {
	expect(killed).toBeGreaterThan(500 / shards);
});
