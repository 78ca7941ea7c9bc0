import { describe, expect, test, vi } from 'vitest';
import { strategyNames } from '../../src/core/plan/headerFields.ts';
import type { KillPlace, Leaves } from '../support/realKills.ts';
import { killEverywhere, unharmed } from '../support/realKills.ts';
import { realLives, realPipeline } from '../support/realPlans.ts';

vi.setConfig({ testTimeout: 3_600_000 });

const leaves: readonly Leaves[] = ['whole', 'torn', 'unsynced'];
let killed = 0;

async function killAt(plan: ReturnType<typeof realLives>, kind: 'line' | 'step'): Promise<void> {
	const { ends, places } = await unharmed(plan);
	const count = places.filter((name) => name.startsWith(`${kind} `)).length;
	const all = Array.from({ length: count }, (_, index): KillPlace => {
		return kind === 'step'
			? { step: index + 1 }
			: { line: index + 1, leaves: leaves[(index + count) % 3] ?? 'whole' };
	});
	const { kills, broken } = await killEverywhere(plan, all, { expected: ends, atOnce: 3 });
	killed += kills;
	process.stdout.write(`\n${kills} engines killed, of ${all.length} places (${killed} in all)\n`);
	expect(broken).toEqual([]);
	// The last lines come in another order from time to time, and some places are then not there.
	expect(kills).toBeGreaterThan(count * 0.8);
}

describe('SIGKILL of a real engine with every line of its journal', () => {
	test.each(strategyNames)('%s: checks, iterations, steps and approvals', (strategy) =>
		killAt(realLives(strategy), 'line'),
	);

	test.each(strategyNames)('%s: integrations, validators and repairs', (strategy) =>
		killAt(realPipeline(strategy), 'line'),
	);
});

describe('SIGKILL of a real engine before everything else that it writes', () => {
	test('hybrid: checks, iterations, steps and approvals', () => killAt(realLives('hybrid'), 'step'));
	test('batches: integrations, validators and repairs', () => killAt(realPipeline('batches'), 'step'));
});

test('more than 500 engines were killed', () => {
	expect(killed).toBeGreaterThan(500);
});
