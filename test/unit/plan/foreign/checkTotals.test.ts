import { expect, test } from 'vitest';
import { readInPlace } from '../../../../src/core/plan/foreign/readInPlace.ts';

const tasks = [
	{ id: 'TASK-001', title: 'a', estimatedHours: 3, dependencies: [], acceptanceCriteria: ['x'] },
	{ id: 'TASK-002', title: 'b', estimatedHours: 6, dependencies: ['TASK-001'] },
	{ id: 'TASK-003', title: 'c', estimatedHours: 2, dependencies: [] },
];

/** What is said about the figures of a plan that another tool wrote. */
function check(figures: object, more: readonly object[] = tasks): string[] {
	const text = JSON.stringify({ ...figures, tasks: more }, null, 2);
	const id = { rootUri: 'file:///w', key: 'ui-tasks' };
	return readInPlace(id, [{ uri: 'file:///w/ui-tasks.json', text }])
		.problems.filter(({ code }) => code === 'SY319')
		.map(({ message, range }) => `${range.start.line + 1}: ${message}`);
}

test.each([
	[{ totalTasks: 3, totalHours: 11, criticalPathHours: 9 }, []],
	[{ totalTasks: 4 }, ['2: `totalTasks` does not hold: the tasks that it speaks of give 3.']],
	[{ totalHours: 12 }, ['2: `totalHours` does not hold: the tasks that it speaks of give 11 hours.']],
	[
		{ criticalPathHours: 11 },
		['2: `criticalPathHours` does not hold: the tasks that it speaks of give 9 hours.'],
	],
	[{ criticalPath: { tasks: ['TASK-001', 'TASK-002'], totalHours: 9 } }, []],
	[
		{ criticalPath: { path: ['TASK-001', 'TASK-002'], total_hours: 8 } },
		['7: `total_hours` does not hold: the tasks that it speaks of give 9 hours.'],
	],
	[{ sprintBreakdown: { sprint1: { tasks: ['TASK-001', 'TASK-999'], totalHours: 1 } } }, []],
	[{ time: { sequential: '11 hours (1.4 days)', with2Developers: '9 hours' } }, []],
	[
		{ time: { sequential: '12 hours', with2Developers: '6 hours' } },
		[
			'3: `sequential` does not hold: the tasks that it speaks of give 11 hours.',
			'4: `with2Developers` cannot hold: the tasks take at least 9 hours that way.',
		],
	],
	[{ totalHours: 'many', totalTasks: null }, []],
])('%j', (figures, expected) => {
	expect(check(figures)).toEqual(expected);
});

test('without every estimate no sum is known', () => {
	const [first, ...others] = tasks;
	expect(
		check({ totalHours: 99, totalTasks: 9 }, [{ ...first, estimatedHours: undefined }, ...others]),
	).toEqual(['3: `totalTasks` does not hold: the tasks that it speaks of give 3.']);
});
