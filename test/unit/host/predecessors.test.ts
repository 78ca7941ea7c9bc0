import { describe, expect, it } from 'vitest';
import { unmetPredecessors } from '../../../src/host/runs/predecessors.ts';
import { planModel, sprintView, summary, taskView } from './planViews.ts';

const plan = planModel({
	tasks: [
		taskView('A'),
		taskView('B', { dependencies: ['A', 'ghost'] }),
		taskView('C'),
		taskView('D', { dependencies: ['B'] }),
		taskView('E', { dependencies: ['E'] }),
		taskView('F'),
	],
	sprints: [
		sprintView('S1', ['A', 'C']),
		sprintView('S2', ['B']),
		sprintView('S3', ['D'], { track: 2 }),
		sprintView('S4', ['F'], { track: 3, dependencies: ['S2', 'ghost'] }),
	],
});

function check(requested: readonly string[], done: readonly string[], expected: readonly string[]): void {
	const run = {
		task: (id: string) => summary(id, { status: done.includes(id) ? 'completed' : 'pending' }),
	};
	expect(unmetPredecessors(plan, requested, run)).toEqual(expected);
}

describe('S5: unmet predecessors of a request', () => {
	it('are its dependencies at any distance and the sprints before', () => {
		check(['A'], [], []);
		check(['D'], [], ['A', 'B', 'C']);
		check(['B'], ['A'], ['C']);
		check(['D'], ['B'], []);
		check(['B', 'A', 'C'], [], []);
		check(['E'], [], []);
		check(['F'], [], ['A', 'B', 'C']);
	});
});
