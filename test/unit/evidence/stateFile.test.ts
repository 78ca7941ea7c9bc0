import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readStateFile } from '../../../src/core/evidence/readStateFile.ts';
import { renderStateFile } from '../../../src/core/evidence/stateFile.ts';
import type { StateFileInput } from '../../../src/core/evidence/stateTypes.ts';
import type { RunPlan } from '../../../src/core/run/runPlan.ts';
import type { CheckState, TaskState, TaskStatus } from '../../../src/core/run/runState.ts';
import { countPossibleTracks } from '../../../src/core/schedule/possibleTracks.ts';
import { attemptState, checkState, completed, morning, runPlan, runTask, taskState } from './samples.ts';

const api = runTask('TASK-001', { track: 1, sprint: 'SPRINT-001-01', estimateMinutes: 480 });
const page = runTask('TASK-002', { track: 2, sprint: 'SPRINT-001-02', estimateMinutes: 240 });
const next = runTask('TASK-004', {
	track: 1,
	sprint: 'SPRINT-001-01',
	estimateMinutes: 600,
	dependencies: ['TASK-001'],
});

const twoTracks = runPlan([api, page, next], {
	tracks: [
		{ number: 1, name: 'Backend API', estimateMinutes: 1080 },
		{ number: 2, name: 'Frontend', estimateMinutes: 240 },
	],
	sprints: [sprint('SPRINT-001-01', 1, ['TASK-001', 'TASK-004']), sprint('SPRINT-001-02', 2, ['TASK-002'])],
});

function sprint(id: string, track: number, tasks: string[]) {
	return { id, name: id, track, tasks, dependencies: [], estimateMinutes: 0 };
}

function render(plan: RunPlan, tasks: Iterable<TaskState>, gates?: StateFileInput['gates']): string {
	return renderStateFile({
		...(gates && { gates }),
		plan,
		tasks,
		createdAt: morning,
		updatedAt: morning + 5.5 * 3_600_000,
		maxPossibleTracks: 3,
	});
}

describe('the state file', () => {
	test.each([
		['passed', 'completed', true],
		['refused', 'failed', false],
		['skipped', 'completed', false],
		['open', 'in_progress', undefined],
	] as const)('G1: a sprint whose gate is %s is %s', (verdict, status, passed) => {
		const states = [completed(api, 15, 45), completed(page, 15, 30), completed(next, 60, 90)];
		const { sprints, statistics } = parse(render(twoTracks, states, new Map([['SPRINT-001-01', verdict]])));
		expect(sprints['SPRINT-001-01']).toMatchObject({ status });
		expect(sprints['SPRINT-001-01'].quality_gates_passed).toBe(passed);
		// A sprint that declares no gate says nothing of gates.
		expect(sprints['SPRINT-001-02']).toMatchObject({ status: 'completed' });
		expect(sprints['SPRINT-001-02']).not.toHaveProperty('quality_gates_passed');
		expect(statistics.completed_sprints).toBe(status === 'completed' ? 2 : 1);
	});

	test('has the keys, the order and the quoting of seed 004', () => {
		const states = [completed(api, 15, 45), completed(page, 15, 30), completed(next, 60, 90)];
		expect(render(twoTracks, states)).toBe(`version: "1.0"
type: project
created_at: "2025-10-31T10:00:00Z"
updated_at: "2025-10-31T15:30:00Z"

parallel_tracks:
  enabled: true
  total_tracks: 2
  max_possible_tracks: 3
  track_info:
    1:
      name: "Backend API"
      estimated_hours: 18
      completed_hours: 18
      status: completed
    2:
      name: "Frontend"
      estimated_hours: 4
      completed_hours: 4
      status: completed

tasks:
  TASK-001:
    status: completed
    track: 1
    started_at: "2025-10-31T10:15:00Z"
    completed_at: "2025-10-31T11:00:00Z"
    duration_minutes: 45
    tier_used: T1
    iterations: 2
    validation_result: PASS
  TASK-002:
    status: completed
    track: 2
    started_at: "2025-10-31T10:15:00Z"
    completed_at: "2025-10-31T10:45:00Z"
    duration_minutes: 30
    tier_used: T1
    iterations: 2
    validation_result: PASS
  TASK-004:
    status: completed
    track: 1
    started_at: "2025-10-31T11:00:00Z"
    completed_at: "2025-10-31T12:30:00Z"
    duration_minutes: 90
    tier_used: T1
    iterations: 2
    validation_result: PASS

sprints:
  SPRINT-001-01:
    status: completed
    track: 1
    completed_at: "2025-10-31T12:30:00Z"
    tasks_completed: 2
    tasks_total: 2
  SPRINT-001-02:
    status: completed
    track: 2
    completed_at: "2025-10-31T10:45:00Z"
    tasks_completed: 1
    tasks_total: 1

current_execution: null

statistics:
  total_tasks: 3
  completed_tasks: 3
  in_progress_tasks: 0
  pending_tasks: 0
  total_sprints: 2
  completed_sprints: 2
  t1_tasks: 3
  t2_tasks: 0
`);
	});

	test('says what is under way', () => {
		const running = taskState(next, {
			status: 'checking',
			attempts: [attemptState()],
			startedAt: morning + 3_600_000,
		});
		const text = render(twoTracks, [completed(api, 15, 45), taskState(page), running]);
		expect(parse(text)).toMatchObject({
			parallel_tracks: {
				track_info: { 1: { completed_hours: 8, status: 'in_progress' }, 2: { status: 'pending' } },
			},
			tasks: { 'TASK-004': { status: 'in_progress', tier_used: 'T1', iterations: 1 } },
			sprints: {
				'SPRINT-001-01': { status: 'in_progress', started_at: '2025-10-31T10:15:00Z', tasks_completed: 1 },
			},
			current_execution: {
				command: 'sprint-all',
				track: 1,
				current_sprint: 'SPRINT-001-01',
				current_task: 'TASK-004',
			},
			statistics: { completed_tasks: 1, in_progress_tasks: 1, pending_tasks: 1, completed_sprints: 0 },
		});
		expect(parse(text).tasks['TASK-002']).toEqual({ status: 'pending', track: 2 });
	});

	const words: Record<TaskStatus, string> = {
		pending: 'pending',
		ready: 'pending',
		running: 'in_progress',
		checking: 'in_progress',
		merging: 'in_progress',
		completed: 'completed',
		failed: 'failed',
		blocked: 'blocked',
		skipped: 'pending',
		cancelled: 'pending',
	};
	test.each(Object.entries(words))('calls a %s task %s', (status, word) => {
		const text = render(runPlan([api]), [taskState(api, { status: status as TaskStatus })]);
		expect(parse(text).tasks['TASK-001'].status).toBe(word);
	});

	test('counts the criteria that checks found met, and says nothing where no check spoke of any', () => {
		const acceptanceCriteria = ['Adds up', 'Is fast', 'Is small'];
		const answers = (...passed: boolean[]) =>
			passed.map((each, index) => ({
				criterion: acceptanceCriteria[index] ?? '',
				passed: each,
				finding: '',
			}));
		const cases: readonly (readonly [Partial<CheckState>[], unknown])[] = [
			[[], [undefined, undefined]],
			[[{ passed: true, advisory: true }], [undefined, undefined]],
			[[{ passed: true }], [3, 3]],
			[[{ passed: false, criteria: answers(true, false) }], [1, 3]],
		];
		const check = { command: { kind: 'argv' as const, argv: ['true'] }, expectExit: 0, timeoutMinutes: 1 };
		for (const [made, expected] of cases) {
			const checks = made.map((each) => checkState(each));
			const task = { ...api, acceptanceCriteria, checks: checks.map(() => check) };
			const state = { ...completed(task, 0, 1), attempts: [attemptState({ checks })] };
			const row = parse(render(runPlan([task]), [state])).tasks['TASK-001'];
			expect([row.acceptance_criteria_met, row.acceptance_criteria_total]).toEqual(expected);
		}
	});

	test('claims no verdict where nothing was verified', () => {
		const check = (validation: TaskState['validation'], status: TaskStatus, expected: unknown) => {
			const state = { ...completed(api, 0, 1), validation, status };
			expect(parse(render(runPlan([api]), [state])).tasks['TASK-001'].validation_result).toBe(expected);
		};
		check('checks', 'completed', 'PASS');
		check('exit-code', 'completed', 'PASS');
		check('none', 'completed', undefined);
		check('imported', 'completed', undefined);
		check(null, 'failed', 'FAIL');
		check('checks', 'cancelled', undefined);
	});

	test('a sprint with a skipped task is over, and the count shows it', () => {
		const text = render(twoTracks, [
			completed(api, 0, 1),
			taskState(next, { status: 'skipped' }),
			taskState(page),
		]);
		expect(parse(text).sprints['SPRINT-001-01']).toMatchObject({
			status: 'completed',
			tasks_completed: 1,
			tasks_total: 2,
		});
	});

	test('a plan without tracks, sprints and tasks is a document all the same', () => {
		expect(parse(render(runPlan([]), []))).toMatchObject({
			parallel_tracks: { enabled: false, total_tracks: 1, track_info: {} },
			tasks: {},
			sprints: {},
			current_execution: null,
		});
	});

	const ids = [
		'1e3',
		'yes',
		'Null',
		'~',
		'007',
		'a: b',
		'# no comment',
		'- item',
		'"quoted"',
		"it's",
		'two\nlines',
		'tab\there',
		' spaces ',
		'{}',
		'&anchor',
		'*alias',
		'!tag',
		'|',
		'…\u2028\u0085\ufeff\u0000',
		'\ud800',
		'__proto__',
		'x'.repeat(3000),
		'🚂',
		'',
	];
	test.each(ids)('keeps the id %j as text', (id) => {
		const task = runTask(id, { sprint: id });
		const plan = runPlan([task], {
			tracks: [{ number: 1, name: id, estimateMinutes: 0 }],
			sprints: [{ id, name: id, track: null, tasks: [id], dependencies: [], estimateMinutes: 0 }],
		});
		const text = render(plan, [
			taskState(task, { status: 'running', startedAt: 0, attempts: [attemptState()] }),
		]);
		const read = parse(text, { mapAsMap: true, version: '1.1' });
		expect([...read.get('tasks').keys()]).toEqual([id]);
		expect([...read.get('sprints').keys()]).toEqual([id]);
		expect(read.get('current_execution').get('current_task')).toBe(id);
		expect(read.get('parallel_tracks').get('track_info').get(1).get('name')).toBe(id);
	});
});

describe('reading a state file', () => {
	test('gives back what was written', () => {
		const failed = { ...completed(next, 60, 90), status: 'failed' as const };
		const state = readStateFile(render(twoTracks, [completed(api, 15, 45), taskState(page), failed]));
		expect(state.problems).toEqual([]);
		expect(state.createdAt).toBe(morning);
		expect([...state.trackNames]).toEqual([
			[1, 'Backend API'],
			[2, 'Frontend'],
		]);
		expect(state.tasks.get('TASK-001')).toEqual({
			status: 'completed',
			track: 1,
			startedAt: morning + 15 * 60_000,
			completedAt: morning + 60 * 60_000,
			passed: true,
		});
		expect(state.tasks.get('TASK-002')).toMatchObject({ status: 'pending', completedAt: null, passed: null });
		expect(state.tasks.get('TASK-004')).toMatchObject({ status: 'failed', passed: false });
	});

	const broken: readonly (readonly [name: string, text: string, tasks: number, line: number | null])[] = [
		['nothing', '', 0, null],
		['a list', '- 1\n- 2\n', 0, null],
		['tasks that are none', 'tasks: 7\n', 0, null],
		['an entry that is none', 'tasks: {A: completed}\n', 1, null],
		['half a file', 'tasks:\n  A: {status: completed}\n  B: {status: pen', 2, 3],
		['tabs', 'tasks:\n\tA:\n\t\tstatus: completed\n', 0, 2],
		['an undefined alias', 'tasks: *none\n', 0, 1],
		['an alias bomb', bomb(), 0, 1],
		['NUL bytes', '\0\0\0', 0, null],
	];
	test.each(broken)('%s: does not throw', (_, text, tasks, line) => {
		const state = readStateFile(text);
		expect(state.tasks.size).toBe(tasks);
		expect(state.problems[0]?.line ?? null).toBe(line);
	});

	test('takes no unknown word for completed', () => {
		const state = readStateFile(
			'tasks: {A: {status: Completed}, B: {status: done}, C: {status: [completed]}}',
		);
		expect([...state.tasks.values()].map(({ status }) => status)).toEqual(['unknown', 'unknown', 'unknown']);
	});
});

function bomb(): string {
	const lines = ['a0: &a0 [x, x]'];
	for (let level = 1; level < 30; level++) {
		lines.push(`a${level}: &a${level} [*a${level - 1}, *a${level - 1}]`);
	}
	return `${lines.join('\n')}\n`;
}

describe('the number of tracks that are possible', () => {
	const check = (edges: Record<string, string[]>, expected: number) => {
		const tasks = Object.entries(edges).map(([id, dependencies]) => runTask(id, { dependencies }));
		expect(countPossibleTracks(tasks)).toBe(expected);
	};

	test('is the number of chains where there are two or more', () => {
		check({ a: [], b: ['a'], c: [], d: ['c'], e: [] }, 2);
		const seed = {
			...chain(['001', '004', '008', '012', '016']),
			...chain(['002', '005', '009', '013', '017']),
			...chain(['003', '007', '011', '015']),
			...Object.fromEntries(['006', '010', '014', '018'].map((id) => [`T${id}`, []])),
		};
		check(seed, 3);
	});

	test('is the width otherwise, which no layer has to show', () => {
		check({}, 0);
		check({ a: [] }, 1);
		check({ a: [], b: [], c: [] }, 3);
		check({ a: [], b: ['a'], c: ['a'], d: ['b', 'c'] }, 2);
		// Layers {a, d}, {b}, {c}, {e}: none is wider than two, and d, b … are all comparable but for one pair.
		check({ a: [], b: ['a'], c: ['b'], d: [], e: ['c', 'd'] }, 2);
		// The widest layer has two tasks, but x, y and z of three different layers are independent of each other.
		check({ r: [], x: ['r'], p: ['r'], y: ['p'], q: ['p'], z: ['q'], end: ['x', 'y', 'z'] }, 3);
	});

	test('ends for plans that are refused anyway, and for long ones', () => {
		check({ a: ['b'], b: ['a'] }, 2);
		check(chain(Array.from({ length: 5000 }, (_, index) => String(index))), 1);
	});

	function chain(ids: readonly string[]): Record<string, string[]> {
		return Object.fromEntries(ids.map((id, index) => [`T${id}`, index === 0 ? [] : [`T${ids[index - 1]}`]]));
	}
});
