import { expect } from 'vitest';
import { readPlan } from '../../src/core/plan/readPlan.ts';
import type { RunPlan } from '../../src/core/run/runPlan.ts';
import { toRunPlan } from '../../src/core/run/toRunPlan.ts';
import type { Task } from './engineWorkspace.ts';

const ok = { run: ['ok'] };

/** Checks, iterations after a failed work and after a failed check, steps, and questions to a person. */
export function lives(strategy: string): RunPlan {
	return runPlan({
		plan: { name: 'Lives', strategy, jobs: 3 },
		tasks: [
			{ id: 'A', ...ok },
			{ id: 'B', run: ['slow'], verify: [ok, ok] },
			{ id: 'C', run: ['once'], retries: 1, dependencies: ['A'] },
			{
				id: 'D',
				steps: [
					{ name: 'one', ...ok, verify: [ok] },
					{ name: 'two', run: ['slow'] },
				],
				verify: [ok],
			},
			{ id: 'E', ...ok, retries: 1, verify: [{ run: ['once'] }], dependencies: ['A'], approval: 'before' },
			{ id: 'F', ...ok, verify: [ok], approval: 'after', dependencies: ['B'] },
		],
	});
}

/** Two sprints, with an integration, validators that find something, the repair of it, and a review by language. */
export function pipeline(strategy: string): RunPlan {
	return runPlan({
		plan: { name: 'Pipeline', strategy, jobs: 3 },
		agents: { engineer: { run: ['ok'] } },
		sprints: [
			{
				id: 'S1',
				track: 1,
				tasks: ['A', 'B'],
				integration: { name: 'Integration', ...ok },
				validation: { pm: ok, performance: { run: ['repaired'] } },
			},
			{
				id: 'S2',
				track: 1,
				tasks: ['C'],
				dependencies: ['S1'],
				validation: { pm: { run: ['ok', '{language}'] } },
			},
		],
		tasks: [
			{ id: 'A', agent: 'engineer', touches: ['a.txt'] },
			{ id: 'B', run: ['slow'] },
			{ id: 'C', agent: 'engineer', verify: [ok], dependencies: ['A'] },
		],
	});
}

function runPlan({ tasks, ...head }: { tasks: readonly Task[]; [key: string]: unknown }): RunPlan {
	const full = { ...head, tasks: tasks.map((task) => ({ name: `Name of ${task.id}`, ...task })) };
	const id = { rootUri: 'file:///w', key: 'demo' };
	const { plan, problems } = readPlan(id, [{ uri: 'file:///w/demo.plan.yaml', text: JSON.stringify(full) }]);
	expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
	const { runPlan: made, faults } = toRunPlan(plan, { agents: [] });
	expect(faults).toEqual([]);
	return made;
}
