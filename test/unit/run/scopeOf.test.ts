import { describe, expect, test } from 'vitest';
import type { ScopeRequest } from '../../../src/core/run/scopeOf.ts';
import { predecessorsIn, scopeOf, unfinishedScope } from '../../../src/core/run/scopeOf.ts';
import { planOf, Story } from './story.ts';

const plan = planOf({
	tasks: 'A B<A C<B D E',
	sprints: { S1: 'A D', S2: 'B C', T1: 'E' },
	trackOf: { S1: 1, S2: 1, T1: 2 },
	sprintAfter: { T1: ['S1'] },
});

function check(request: ScopeRequest, expected: object, withDependencies = false) {
	expect(scopeOf(plan, request, { withDependencies })).toEqual(
		'error' in expected ? expected : { gates: [], ...expected },
	);
}

describe('S5: a scope holds what was asked for, and nothing else', () => {
	test('all, a sprint, a track, a task, a task and what follows it', () => {
		check({ kind: 'all' }, { tasks: ['A', 'B', 'C', 'D', 'E'], label: 'all', explicit: false });
		check({ kind: 'sprint', id: 'S1' }, { tasks: ['A', 'D'], label: 'S1', explicit: false });
		check({ kind: 'track', number: 2 }, { tasks: ['E'], label: 'track 2', explicit: false });
		check({ kind: 'task', id: 'C' }, { tasks: ['C'], label: 'C', explicit: true });
		check({ kind: 'from', id: 'B' }, { tasks: ['B', 'C'], label: 'from B', explicit: false });
	});

	test('with dependencies: everything it waits for, earlier sprints of the track included', () => {
		check({ kind: 'task', id: 'C' }, { tasks: ['A', 'B', 'C', 'D'], label: 'C', explicit: true }, true);
		check({ kind: 'sprint', id: 'T1' }, { tasks: ['A', 'D', 'E'], label: 'T1', explicit: false }, true);
		expect([...predecessorsIn(plan)('B')]).toEqual(['A', 'A', 'D']);
	});

	test('gates come along whose tasks are all asked for, and those between two of them', () => {
		const gates = [
			{ of: 'S1', id: 'S1:gate' },
			{ judges: ['A', 'D'], holds: ['B'], id: 'layer:1:gate', level: 'layer' as const },
			{ judges: ['A', 'B', 'C', 'D', 'E'], id: 'plan:project:gate' },
		];
		const gated = planOf({ tasks: 'A B C D E', sprints: { S1: 'A D', S2: 'B C' }, gates });
		const gatesOf = (request: ScopeRequest, withDependencies = false) => {
			const scope = scopeOf(gated, request, { withDependencies });
			return 'error' in scope ? [] : scope.gates;
		};
		expect(gatesOf({ kind: 'all' })).toEqual(['S1:gate', 'layer:1:gate', 'plan:project:gate']);
		expect(gatesOf({ kind: 'sprint', id: 'S1' })).toEqual(['S1:gate', 'layer:1:gate']);
		expect(gatesOf({ kind: 'task', id: 'A' })).toEqual([]);
		expect(gatesOf({ kind: 'task', id: 'B' })).toEqual([]);
		// What a gate judges is waited for by what it holds.
		const free = planOf({ tasks: 'A B C D', gates: gates.slice(1, 2) });
		expect(scopeOf(free, { kind: 'task', id: 'B' }, { withDependencies: true })).toMatchObject({
			tasks: ['A', 'B', 'D'],
			gates: ['layer:1:gate'],
		});
	});

	test('what is not there is named, with what is', () => {
		check({ kind: 'sprint', id: 'X' }, { error: 'There is no sprint X. Sprints: S1, S2, T1.' });
		check({ kind: 'track', number: 3 }, { error: 'Track 3 has no tasks. Tracks: 1, 2.' });
		check({ kind: 'task', id: 'x' }, { error: 'There is no task x. Tasks: A, B, C, D, E.' });
		const many = planOf({ tasks: 'A B C D E F G H I J' });
		const options = { withDependencies: false };
		expect(scopeOf(many, { kind: 'from', id: 'x' }, options)).toEqual({
			error: 'There is no task x. Tasks: A, B, C, D, E, F, G, H and 2 more.',
		});
		expect(scopeOf(many, { kind: 'sprint', id: 'x' }, options)).toEqual({
			error: 'There is no sprint x. The plan has no sprints.',
		});
	});
});

test('resuming means what was asked for and is not finished; failed tasks wait for a person', () => {
	const story = new Story(plan).tell('ask e1 A B D', 'claim e1 A 1', 'end e1 A 1 ok', 'claim e1 D 1');
	expect(unfinishedScope(story.table).tasks).toEqual(['B', 'D']);
	story.tell('end e1 D 1 failed');
	expect(unfinishedScope(story.table).tasks).toEqual([]);
});
