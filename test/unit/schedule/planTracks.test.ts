import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TaskEstimate } from '../../../src/core/history/estimateMissing.ts';
import { readPlan } from '../../../src/core/plan/readPlan.ts';
import { cutSprints, sprintCount } from '../../../src/core/schedule/cutSprints.ts';
import type { PlanningTask } from '../../../src/core/schedule/planningTask.ts';
import { planningTasks } from '../../../src/core/schedule/planningTask.ts';
import { planTracks } from '../../../src/core/schedule/planTracks.ts';
import { taskNetwork } from '../../../src/core/schedule/taskNetwork.ts';
import { apiLayers, batchTasks, shopTasks } from './seedTasks.ts';
import { shortestMakespan } from './shortestMakespan.ts';

const hours = (minutes: number) => minutes / 60;

function layersOf(tasks: readonly PlanningTask[]): string[][] {
	const { order } = taskNetwork(tasks).analysis;
	return Array.from({ length: order.layerCount }, (_, layer) =>
		tasks.filter((_task, n) => order.layer[n] === layer).map(({ id }) => id),
	);
}

describe('seed 004: eighteen tasks', () => {
	const plan = planTracks(shopTasks);

	test('P1: three chains, four independents and the critical path come out', () => {
		expect(
			plan.chains.map(({ tasks, minutes }) => [tasks.map((id) => id.slice(-2)).join(' '), hours(minutes)]),
		).toEqual([
			['01 04 08 12 16', 42],
			['02 05 09 13 17', 38],
			['03 07 11 15', 28],
		]);
		expect(plan.independent).toEqual(['TASK-006', 'TASK-010', 'TASK-014', 'TASK-018']);
		expect(plan.criticalPath.tasks).toEqual(['TASK-001', 'TASK-004', 'TASK-008', 'TASK-012', 'TASK-016']);
		expect(hours(plan.criticalPath.minutes)).toBe(42);
		expect(plan.width).toBe(7);
	});

	test('P2, P3: three tracks of 52, 44 and 32 hours, and 59 % saved', () => {
		expect(plan).toMatchObject({ maxPossibleTracks: 3, recommendedTracks: 3, split: false, notes: [] });
		expect(plan.tracks.map(({ number, minutes }) => [number, hours(minutes)])).toEqual([
			[1, 52],
			[2, 44],
			[3, 32],
		]);
		expect(hours(plan.sequentialMinutes)).toBe(128);
		expect(hours(plan.makespanMinutes)).toBe(52);
		expect(Math.round(plan.saving * 100)).toBe(59);
	});

	test('P4: six sprints with their members and hours', () => {
		const sprints = plan.tracks.flatMap((track) => track.sprints);
		expect(
			Object.fromEntries(
				sprints.map(({ id, tasks, minutes }) => [
					id,
					`${tasks.map((task) => task.slice(-2)).join(' ')}: ${hours(minutes)}`,
				]),
			),
		).toEqual({
			'SPRINT-001-01': '01 04 08: 24',
			'SPRINT-002-01': '12 16 06 18: 28',
			'SPRINT-001-02': '02 05 09: 20',
			'SPRINT-002-02': '13 17 10: 24',
			'SPRINT-001-03': '03 07: 12',
			'SPRINT-002-03': '11 15 14: 20',
		});
	});

	test('P2: asking for more than three tracks uses three and says so', () => {
		const more = planTracks(shopTasks, { tracks: 5 });
		expect(more.tracks).toHaveLength(3);
		expect(more.notes).toEqual([
			'Requested 5 tracks, but the maximum is 3, because there are 3 separate chains. Using 3. --split takes chains apart.',
		]);
	});

	test('P3: with two tracks the longest chain goes first, each of the others to the lightest', () => {
		const two = planTracks(shopTasks, { tracks: 2 });
		const [first, second] = two.tracks.map(({ sprints }) => new Set(sprints.flatMap(({ tasks }) => tasks)));
		expect(first?.has('TASK-001') && first.has('TASK-016') && !first.has('TASK-002')).toBe(true);
		expect(second?.has('TASK-002') && second.has('TASK-003')).toBe(true);
	});

	test('P3: split over seven tracks takes as long as the critical path', () => {
		const split = planTracks(shopTasks, { tracks: 7, split: true });
		expect(split.makespanMinutes).toBe(split.criticalPath.minutes);
	});

	test('a plan that has tracks keeps their numbers and names', () => {
		const known = [
			{ number: 1, name: 'Operations', tasks: new Set(['TASK-003', 'TASK-007']) },
			{ number: 2, name: 'Pages', tasks: new Set(['TASK-002', 'TASK-005']) },
		];
		const named = planTracks(shopTasks, { known }).tracks.map(({ number, name, minutes }) => [
			number,
			name,
			hours(minutes),
		]);
		expect(named).toEqual([
			[1, 'Operations', 32],
			[2, 'Pages', 44],
			[3, 'Backend', 52],
		]);
	});
});

test('seed 002: stated layers are the order (P1): 18 tasks, 6 layers, width 4, 640 minutes one after another', () => {
	const text = [
		'plan: {name: API}',
		'sprints:',
		...apiLayers.map(
			(layer, index) =>
				`  - {id: layer-${index + 1}, track: 1, sprint_number: ${index + 1}, tasks: [${layer.map(([id]) => id).join(', ')}]}`,
		),
		'tasks:',
		...apiLayers.flat().map(([id, minutes]) => `  - {id: ${id}, estimated_minutes: ${minutes}}`),
	].join('\n');
	const { plan } = readPlan({ rootUri: 'file:///w', key: 'api' }, [{ uri: 'file:///w/api.plan.yaml', text }]);
	const tasks = planningTasks(plan);
	expect(layersOf(tasks)).toEqual(apiLayers.map((layer) => layer.map(([id]) => id)));
	const { width, sequentialMinutes, criticalPath } = planTracks(tasks);
	expect({ width, sequentialMinutes, longest: criticalPath.minutes }).toEqual({
		width: 4,
		sequentialMinutes: 640,
		longest: 35 + 45 + 55 + 40 + 35 + 25,
	});
});

test('a missing estimate is what finished tasks like it took, else what tasks of its type state, else assumed; each is said', () => {
	const text = `tasks:
  - {id: A, type: api, estimated_minutes: 60}
  - {id: B, type: api}
  - {id: C, type: docs, sprint: S1}
  - {id: D, type: docs}
sprints: [{id: S1, tasks: [C]}]
`;
	const { plan } = readPlan({ rootUri: 'file:///w', key: 'x' }, [{ uri: 'file:///w/x.plan.yaml', text }]);
	const known = (id: string, minutes: number): TaskEstimate => ({
		...{ id, minutes, source: 'history', spread: null },
		reason: 'From 3 finished docs tasks by shell on T1.',
	});
	// What neighbours say depends on where tasks stand now, which must not decide where they will.
	const near: TaskEstimate = { id: 'B', minutes: 7, source: 'neighbours', spread: null, reason: '' };
	const tasks = planningTasks(plan, { estimates: [near, known('C', 15), known('D', 15)] });
	expect(tasks.map(({ id, minutes, isAssumed }) => [id, minutes, isAssumed])).toEqual([
		['A', 60, false],
		['B', 60, true],
		['C', 15, true],
		['D', 15, true],
	]);
	expect(planTracks(tasks).notes.filter((note) => note.includes('estimate'))).toEqual([
		'B has no estimate and is counted with 1 hour. From 1 stated estimate of api tasks of the plan.',
		'C, D have no estimate and are counted with 15 min each. From 3 finished docs tasks by shell on T1.',
	]);
});

test('seed 000: the batches come out of the dependencies', () => {
	expect(layersOf(batchTasks)).toEqual([
		['testing', 'database', 'payment', 'auth'],
		['products', 'products-tests', 'users', 'users-tests', 'orders', 'orders-tests'],
		['cart', 'cart-tests'],
		['checkout', 'checkout-tests'],
	]);
	const plan = planTracks(batchTasks, { tracks: 4 });
	expect(plan.split).toBe(true);
	expect(plan.notes[0]).toContain('hang together in one chain');
});

/** Tasks of which later ones may wait for earlier ones. */
function heaps(most: number): fc.Arbitrary<PlanningTask[]> {
	const row = fc.record({
		minutes: fc.integer({ min: 1, max: 20 }),
		type: fc.constantFrom('', 'backend', 'frontend'),
		back: fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 3 }),
	});
	return fc.array(row, { minLength: 1, maxLength: most }).map((rows) =>
		rows.map(({ minutes, type, back }, n) => ({
			id: `T${String(n).padStart(2, '0')}`,
			name: `Task ${n}`,
			type,
			minutes,
			priority: 0,
			isAssumed: false,
			dependencies: [...new Set(back)]
				.filter((step) => step <= n)
				.map((step) => `T${String(n - step).padStart(2, '0')}`),
		})),
	);
}

const asked = fc.record({ tracks: fc.integer({ min: 1, max: 5 }), split: fc.boolean() });

test('every task is in one sprint, after what it waits for, and the makespan is that of the listed order', () => {
	fc.assert(
		fc.property(heaps(20), asked, (tasks, options) => {
			const plan = planTracks(tasks, options);
			const listed = plan.tracks.map(({ sprints }) => sprints.flatMap((sprint) => sprint.tasks));
			expect(listed.flat().sort()).toEqual(tasks.map(({ id }) => id).sort());
			expect(plan.tracks.length).toBeLessThanOrEqual(options.tracks);
			expect(plan.tracks.every(({ sprints }) => sprints.every((sprint) => sprint.tasks.length > 0))).toBe(
				true,
			);
			expect(replay(tasks, listed)).toBeCloseTo(plan.makespanMinutes, 6);
			expect(plan.makespanMinutes).toBeGreaterThanOrEqual(plan.lowerBoundMinutes - 1e-6);
		}),
		{ numRuns: 80 },
	);
});

/** Each track goes through its list, one task at a time, and waits for what each needs; null when that never ends. */
function replay(tasks: readonly PlanningTask[], lists: readonly (readonly string[])[]): number | null {
	const byId = new Map(tasks.map((task) => [task.id, task]));
	const end = new Map<string, number>();
	const next = lists.map(() => 0);
	const free = lists.map(() => 0);
	while (end.size < tasks.length) {
		const before = end.size;
		for (const [track, list] of lists.entries()) {
			const task = byId.get(list[next[track]!] ?? '');
			if (task?.dependencies.every((id) => end.has(id))) {
				const start = Math.max(free[track]!, ...task.dependencies.map((id) => end.get(id)!));
				free[track] = start + task.minutes;
				end.set(task.id, free[track]!);
				next[track] = next[track]! + 1;
			}
		}
		if (end.size === before) {
			return null;
		}
	}
	return Math.max(...end.values());
}

test('P3: split tracks take at most 1.05 times the shortest possible, found by trying all, up to 12 tasks', () => {
	fc.assert(
		fc.property(heaps(12), fc.integer({ min: 2, max: 4 }), (tasks, tracks) => {
			const { makespanMinutes } = planTracks(tasks, { tracks, split: true });
			const shortest = shortestMakespan(tasks, { tracks, known: makespanMinutes });
			fc.pre(shortest !== null);
			expect(makespanMinutes / (shortest ?? 1)).toBeLessThanOrEqual(1.05);
		}),
		{ numRuns: 25 },
	);
});

test('tasks that wait for each other are reported, and the others are planned', () => {
	const task = (id: string, dependencies: string[]): PlanningTask => ({
		id,
		name: id,
		type: '',
		priority: 0,
		minutes: 60,
		isAssumed: false,
		dependencies,
	});
	const plan = planTracks([task('a', ['b']), task('b', ['a']), task('c', ['b']), task('d', ['d'])]);
	expect(plan.cycles).toEqual([['a', 'b'], ['d']]);
	expect(plan.tracks.flatMap(({ sprints }) => sprints.flatMap(({ tasks }) => tasks)).sort()).toEqual([
		'a',
		'b',
		'c',
		'd',
	]);
	expect(plan.notes[0]).toContain('a → b → a wait for each other in a circle');
});

test('an empty heap has no tracks', () => {
	expect(planTracks([])).toMatchObject({ tracks: [], makespanMinutes: 0, width: 0, saving: 0 });
});

describe('P4: sprints', () => {
	const cut = (minutes: number[], count: number) =>
		cutSprints(minutes, { count, minutesOf: (value) => value });

	test('as many as the longest track has forties of hours', () => {
		expect([0, 40, 40.1, 80, 81].map((value) => sprintCount(value * 60))).toEqual([1, 1, 2, 2, 3]);
	});

	test('end at k of n parts of the hours; the first has at least one task, none is empty', () => {
		expect(cut([8, 10, 6, 10, 8, 4, 6], 2)).toEqual([
			[8, 10, 6],
			[10, 8, 4, 6],
		]);
		expect(cut([30, 5, 5], 3)).toEqual([[30], [5, 5]]);
		expect(cut([10, 10, 10, 10, 10, 10], 3)).toEqual([
			[10, 10],
			[10, 10],
			[10, 10],
		]);
		expect(cut([7], 3)).toEqual([[7]]);
		expect(cut([], 2)).toEqual([]);
	});
});
