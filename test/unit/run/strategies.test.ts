import { describe, expect, test } from 'vitest';
import { strategyNames } from '../../../src/core/plan/headerFields.ts';
import { layersOf } from '../../../src/core/run/layersOf.ts';
import { stageAfterLayer, stageOfLayer, withStages } from '../../../src/core/run/stagesOf.ts';
import { defaultStrategy, rulesOf } from '../../../src/core/run/strategies.ts';
import { planOf } from './story.ts';

test('S1: the strategy table', () => {
	const rows = strategyNames.map((name) => {
		const { agents, barrier, marginPercent, minutes, gates, iterations } = rulesOf(name, 4);
		return [name, agents, barrier, marginPercent, minutes, gates, iterations].join(' ');
	});
	expect(rows).toEqual([
		'aggressive 5 none 5 20 basic 1',
		'conservative 2 layers 30 60 strict 5',
		'hybrid 3 small-layers-in-turn 15 30 standard 5',
		'sequential 1 none 0 45 strict 5',
		'tracks 4 none 15 30 standard 5',
		'batches 3 batches 15 30 standard 5',
		'dynamic 3 none 15 30 standard 5',
	]);
	expect(strategyNames.filter((name) => rulesOf(name, 2).oneATrack)).toEqual(['tracks']);
	expect(strategyNames.filter((name) => rulesOf(name, 2).replansAfterEach)).toEqual(['dynamic']);
	expect(rulesOf('tracks', 0).agents).toBe(1);
	expect(rulesOf('unheard-of', 2)).toEqual(rulesOf('hybrid', 2));
});

test('S1: without a word of the plan it is tracks with more than one track, else hybrid', () => {
	expect([[], [1], [1, 2]].map((tracks) => defaultStrategy({ tracks }))).toEqual([
		'hybrid',
		'hybrid',
		'tracks',
	]);
});

describe('P1: layers are Kahn levels of dependencies and of the order of sprints', () => {
	function check(words: Parameters<typeof planOf>[0], expected: string) {
		const plan = planOf(words);
		const layers = layersOf(plan);
		expect(plan.tasks.map(({ id }, index) => `${id}${layers[index]}`).join(' ')).toBe(expected);
	}

	test('of dependencies alone', () => check({ tasks: 'A B<A C<A D<B,C E' }, 'A1 B2 C2 D3 E1'));
	test('a sprint comes after everything in the sprint before it', () =>
		check({ tasks: 'A B<A C D<C', sprints: { S1: 'A B', S2: 'C D' } }, 'A1 B2 C3 D4'));
	test('a sprint without tasks hands on what it waits for', () =>
		check({ tasks: 'A B', sprints: { S1: 'A', S2: '', S3: 'B' } }, 'A1 B2'));
	test('sprints of two tracks lie beside each other', () =>
		check({ tasks: 'A B C<A', sprints: { S1: 'A', S2: 'B C' }, trackOf: { S1: 1, S2: 2 } }, 'A1 B1 C2'));
	test('what waits in a circle does not hold up the rest', () =>
		check({ tasks: 'A<B B<A C<A D' }, 'A1 B1 C2 D1'));
});

describe('S1: stages of the barriers', () => {
	function check(barrier: Parameters<typeof withStages>[1]['barrier'], expected: Record<string, unknown>) {
		const plan = planOf({
			tasks: 'A B<A C<A D<A E<B F<B G',
			sprints: { S1: 'A B C D', S2: 'E F' },
			trackOf: {},
			more: { F: { priority: 1 } },
		});
		const sprints = plan.sprints.map((sprint) =>
			sprint.id === 'S1'
				? {
						...sprint,
						batches: [
							{ tasks: ['A'], inTurn: false },
							{ tasks: ['C', 'B'], inTurn: true },
						],
					}
				: sprint,
		);
		const tasks = withStages(plan.tasks, { sprints, barrier });
		expect(Object.fromEntries(tasks.map(({ id, stage }) => [id, stage]))).toEqual(expected);
	}
	const [one, two, three] = [stageOfLayer(1), stageOfLayer(2), stageOfLayer(3)];

	test('none', () => check('none', { A: null, B: null, C: null, D: null, E: null, F: null, G: null }));
	test('layers', () => check('layers', { A: one, B: two, C: two, D: two, E: three, F: three, G: one }));
	test('hybrid: tasks of layers of one or two come one after another, the best first (S2)', () =>
		check('small-layers-in-turn', { A: one, B: two, C: two, D: two, E: three + 1, F: three, G: one + 1 }));
	test('batches as stated, in turn where it is stated; what is in none of them waits for none', () =>
		check('batches', { A: one, B: two + 1, C: two, D: null, E: three, F: three, G: one }));
	test('a gate fits between two layers', () => {
		expect(stageAfterLayer(2)).toBeGreaterThan(two + 1_000);
		expect(stageAfterLayer(2)).toBeLessThan(three);
	});
});
