import { describe, expect, test, vi } from 'vitest';
import { checkPlan, readFiles } from '../../support/checkPlan.ts';

// Only a reader that never ends reaches it.
vi.setConfig({ testTimeout: 60_000 });

test('a dependency on a task that does not exist names the nearest id', () => {
	const { problems } = checkPlan(`
		tasks:
		  - id: TASK-001
		  - id: TASK-002
		    dependencies: [TASK-001, TASK-01]
		                             ^^^^^^^ SY302 Did you mean \`TASK-001\`
		  - id: TASK-003
		    depends_on:
		      - nothing-like-it
		        ^^^^^^^^^^^^^^^ SY302 Create the task, or remove this entry
	`);
	expect(problems[0]?.data).toMatchObject({ replacement: 'TASK-001' });
});

test('a task that depends on itself can never start', () => {
	checkPlan(`
		tasks:
		  - id: A
		    dependencies: [A]
		                   ^ SY303
	`);
});

test('an id that is listed twice is pointed out', () => {
	checkPlan(`
		tasks:
		  - id: A
		  - {id: B, dependencies: [A, A]}
		                              ^ SY305
	`);
});

test('two tasks with one id are both shown, each with the place of the other', () => {
	const { problems, plan } = checkPlan(`
		=== docs/planning/tasks/TASK-001.yaml
		id: TASK-001
		    ^^^^^^^^ SY300
		name: first
		=== docs/planning/tasks/TASK-002.yaml
		id: TASK-001
		    ^^^^^^^^ SY300
		name: second
	`);
	expect(plan.tasks.map(({ name }) => name)).toEqual(['first']);
	expect(problems[0]?.related?.[0]?.range.uri).toContain('TASK-002');
	expect(problems[1]?.related?.[0]?.range.uri).toContain('TASK-001');
});

test('two sprints with one id, in files of both places', () => {
	checkPlan(`
		=== docs/planning/tasks/A.yaml
		id: A
		=== docs/planning/sprints/S.yaml
		id: S
		    ^ SY301
		tasks: [A]
		=== docs/sprints/S.yaml
		id: S
		    ^ SY301
	`);
});

test('members and dependencies of sprints must exist', () => {
	checkPlan(`
		tasks: [{id: TASK-001}]
		sprints:
		  - id: S-1
		    tasks: [TASK-001, TASK-002]
		                      ^^^^^^^^ SY306
		    dependencies: [none]
		  - {id: S-2, dependencies: [S-1, S-3, S-2]}
		                                  ^^^ SY310
		                                       ^^^ SY311
	`);
});

test('the literal none, an empty list and nothing mean no dependency', () => {
	const { plan } = checkPlan(`
		tasks:
		  - {id: A, dependencies: none}
		  - {id: B, dependencies: []}
		  - id: C
		    dependencies:
		  - {id: D, dependencies: A}
		sprints:
		  - {id: S, tasks: [A, B, C, D], dependencies: {sprints: []}}
		  - {id: T, dependencies: {sprints: [S]}}
	`);
	expect(plan.tasks.map((task) => task.dependencies.map(({ value }) => value))).toEqual([[], [], [], ['A']]);
	expect(plan.sprints[1]?.dependencies.map(({ value }) => value)).toEqual(['S']);
});

test('a task belongs to one sprint', () => {
	checkPlan(`
		tasks:
		  - id: A
		  - id: B
		        ^ SY308
		sprints:
		  - {id: S, tasks: [A]}
		  - {id: T, tasks: [A]}
		                    ^ SY307 \`A\` is in \`S\` and in \`T\`
	`);
});

test('without sprints no task misses one', () => {
	checkPlan('tasks: [{id: A}]');
});

test('a circle of tasks is reported once, with its whole way and every edge', () => {
	const { problems } = checkPlan(`
		=== docs/planning/tasks/A.yaml
		id: A
		dependencies: [B]
		               ^ SY304 A → B → C → A
		=== docs/planning/tasks/B.yaml
		id: B
		dependencies: [X, C]
		=== docs/planning/tasks/C.yaml
		id: C
		dependencies: [A]
		=== docs/planning/tasks/X.yaml
		id: X
	`);
	expect(problems[0]?.related?.map(({ range, message }) => `${range.uri.slice(-6)} ${message}`)).toEqual([
		'A.yaml A needs B',
		'B.yaml B needs C',
		'C.yaml C needs A',
	]);
	expect(problems[0]?.data).toEqual({ cycle: ['A', 'B', 'C', 'A'] });
});

test('two circles are two problems', () => {
	checkPlan(`
		tasks:
		  - {id: A, dependencies: [B]}
		                           ^ SY304 A → B → A
		  - {id: B, dependencies: [A]}
		  - {id: C, dependencies: [D]}
		                           ^ SY304 C → D → C
		  - {id: D, dependencies: [C, A]}
	`);
});

test('sprints that wait for each other', () => {
	checkPlan(`
		tasks: [{id: A}, {id: B}]
		sprints:
		  - {id: S, tasks: [A], dependencies: [T]}
		                                       ^ SY312 S → T → S
		  - {id: T, tasks: [B], dependencies: [S]}
	`);
});

test('a task that needs one of a later sprint of its track contradicts the order of sprints', () => {
	checkPlan(`
		tasks:
		  - {id: A, dependencies: [B]}
		                           ^ SY313 A → B → S-2 → S-1 → A
		  - {id: B}
		sprints:
		  - {id: S-1, track: 1, sprint_number: 1, tasks: [A]}
		  - {id: S-2, track: 1, sprint_number: 2, tasks: [B]}
	`);
});

test('tracks run side by side: the same edge between tracks is fine', () => {
	checkPlan(`
		tasks:
		  - {id: A, dependencies: [B]}
		  - {id: B}
		sprints:
		  - {id: S-1, track: 1, tasks: [A]}
		  - {id: S-2, track: 2, tasks: [B]}
	`);
});

describe('P7: batches that contradict dependencies', () => {
	const plan = (batches: string, more = '') => `
		plan: {name: Demo, strategy: batches}
		tasks:
		  - {id: A, dependencies: [B]}
		  - {id: B}
		  - {id: C, dependencies: [A]}
		sprints:
		  - {id: S, tasks: [A, B, C]${more}, batches: ${batches}}`;
	const found = (batches: string, more = '') =>
		readFiles({ 'x.plan.yaml': plan(batches, more) })
			.problems.filter(({ code }) => code === 'SY333')
			.map(({ severity, message }) => `${severity} ${/circle: (.*) \(→/.exec(message)?.[1]}`);

	test('are told at the task that stands in the batch, with every step of the circle', () => {
		const { problems } = readFiles({ 'x.plan.yaml': plan('[[A], [B, C]]') });
		const [problem] = problems.filter(({ code }) => code === 'SY333');
		expect(problem?.message).toContain('Move a task to another batch');
		expect(problem?.range.start).toEqual({ line: 7, character: 43 });
		expect(problem?.related?.map(({ message }) => message)).toEqual([
			'batch 1 of S has A',
			'A needs B',
			'B is in batch 2 of S, after batch 1 of S',
		]);
	});

	test('stop a run where each batch is integrated, and are a warning elsewhere', () => {
		const circle = 'batch 1 of S → A → B → batch 1 of S';
		expect(found('[[A], [B, C]]')).toEqual([`warning ${circle}`]);
		expect(found('[[A], [B, C]]', ', integration: {run: [make]}')).toEqual([`error ${circle}`]);
	});

	test('are those of a sequential batch as well', () => {
		expect(found('[{tasks: [A, B], mode: sequential}, [C]]')).toEqual(['warning A → B → A']);
		expect(found('[{tasks: [B, A], mode: sequential}, [C]]')).toEqual([]);
	});

	test('are none where batches follow the dependencies, name others’ tasks, or where a task stands in its last batch', () => {
		for (const batches of ['[[B], [A], [C]]', '[[A, B, C]]', '[[X], [B], [A, C]]', '[[A], [B], [A, C]]']) {
			expect(found(batches)).toEqual([]);
		}
	});

	test('are found through other tasks and the batches of other sprints', () => {
		const files = {
			'x.plan.yaml': `
tasks:
  - {id: A, dependencies: [X]}
  - {id: B}
  - {id: X}
  - {id: Y, dependencies: [B]}
sprints:
  - {id: S, track: 1, tasks: [A, B], batches: [[A], [B]]}
  - {id: T, track: 2, tasks: [X, Y], batches: [[Y], [X]]}`,
		};
		const [problem] = readFiles(files).problems.filter(({ code }) => code === 'SY333');
		expect(problem?.message).toContain(
			'batch 1 of S → A → X → batch 1 of T → Y → B → batch 1 of S (→ means: needs first)',
		);
	});
});

test('ten thousand tasks in one circle are checked without recursion, and shown within reason', () => {
	const next = (i: number) => (i + 1) % 10_000;
	const tasks = Array.from({ length: 10_000 }, (_, i) => `- {id: T${i}, dependencies: [T${next(i)}]}`);
	const { problems } = readFiles({ 'x.plan.yaml': `tasks:\n${tasks.join('\n')}` });
	const circles = problems.filter(({ severity }) => severity === 'error');
	expect(circles.map(({ code }) => code)).toEqual(['SY304']);
	expect(circles[0]?.message.length).toBeLessThan(1_000);
	expect(circles[0]?.related?.length).toBe(200);
});
