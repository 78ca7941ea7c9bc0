import type { RealPlan } from './realKills.ts';
import { job } from './realKills.ts';

/** Checks, an iteration after a failed work and one after a failed check, steps, and questions to a person. */
export function realLives(strategy: string): RealPlan {
	return {
		tasks: [
			{ id: 'A', run: job('work') },
			{ id: 'B', run: job('work'), verify: [{ run: job('c1') }, { run: job('c2') }] },
			{ id: 'C', run: job('work', 'once'), retries: 1, dependencies: ['A'] },
			{
				id: 'D',
				steps: [
					{ name: 'one', run: job('s1'), verify: [{ run: job('s1c') }] },
					{ name: 'two', run: job('s2') },
				],
				verify: [{ run: job('c1') }],
			},
			{
				id: 'E',
				run: job('work'),
				retries: 1,
				verify: [{ run: job('c1', 'once') }],
				dependencies: ['A'],
				approval: 'before',
			},
			{ id: 'F', run: job('work'), verify: [{ run: job('c1') }], dependencies: ['B'], approval: 'after' },
		],
		more: { plan: { strategy } },
	};
}

/** Two sprints, with an integration, validators that find something, and the repair of it by an agent. */
export function realPipeline(strategy: string): RealPlan {
	return {
		tasks: [
			{ id: 'A', agent: 'engineer', prompt: 'x', touches: ['a.txt'] },
			{ id: 'B', run: job('work') },
			{ id: 'C', agent: 'engineer', prompt: 'x', verify: [{ run: job('c1') }], dependencies: ['A'] },
		],
		more: {
			plan: { strategy },
			agents: { engineer: { run: job('work') } },
			sprints: [
				{
					id: 'S1',
					track: 1,
					name: 'One',
					tasks: ['A', 'B'],
					integration: { name: 'Integration', run: job('work') },
					validation: { pm: { run: job('work') }, performance: { run: job('work', 'repaired') } },
				},
				{
					id: 'S2',
					track: 1,
					name: 'Two',
					tasks: ['C'],
					dependencies: ['S1'],
					validation: { pm: { run: job('work') } },
				},
			],
		},
	};
}
