import { describe, expect, test } from 'vitest';
import { RunFold } from '../../../src/core/run/runFold.ts';
import { scopeOf, unfinishedScope } from '../../../src/core/run/scopeOf.ts';
import { totalsOf } from '../../../src/core/run/summarise.ts';
import { summariseGates } from '../../../src/core/run/summariseGate.ts';
import { runOutcome } from '../../../src/engine/run/runOutcome.ts';
import { asked, built, check, done, expectState, integrated, judged, two, validated } from './gateStory.ts';
import type { PlanWords } from './story.ts';
import { planOf, Story } from './story.ts';

describe('G1: implementation, integration, all validators', () => {
	test('the integration waits for every task, the validators for the integration, and start side by side', () => {
		check(two, [asked, ...done('A')], {
			ready: ['B'],
			reasons: { 'S1:integration': 'Waits for B.', 'S1:pm': 'Waits for integration.' },
			gates: { 'S1:gate': 'waiting 1' },
		});
		check(two, built, { ready: ['S1:integration'] });
		check(two, [...built, ...integrated('S1:integration')], {
			ready: ['S1:pm', 'S1:security'],
			gates: { 'S1:gate': 'judging 1' },
		});
	});

	test('a validator does no work of its own: its claim is followed by its checks', () => {
		const story = check(two, [...built, ...integrated('S1:integration'), 'claim e1 S1:pm 1'], {
			status: { 'S1:pm': 'checking' },
		});
		expect(
			story.apply({ ...facts('S1:pm'), kind: 'attempt-ended', outcome: 'failed', exit: 1, reason: 'x' }),
		).toBe('it is not the running attempt');
	});

	test('every check of a validator is made before it has a verdict', () => {
		const step = { command: { kind: 'argv' as const, argv: ['true'] }, expectExit: 0, timeoutMinutes: 1 };
		const plan = planOf({ ...two, gates: [{ of: 'S1', validators: 'pm' }] });
		const gates = plan.gates?.map((gate) => ({
			...gate,
			validators: gate.validators.map((validator) => ({ ...validator, checks: [step, step] })),
		}));
		const story = new Story({ ...plan, ...(gates === undefined ? {} : { gates }) });
		story.tell(...built, 'claim e1 S1:pm 1', 'check e1 S1:pm 1/0 fail');
		expectState(story, { status: { 'S1:pm': 'checking' } });
		story.tell('check e1 S1:pm 1/1 pass');
		expectState(story, { status: { 'S1:pm': 'failed' } });
	});

	test('all verdicts are collected before anything is repaired', () => {
		const first = [...built, ...integrated('S1:integration'), ...judged('S1:pm', 'fail')];
		const story = check(two, [...first, '! cycle e1 S1:gate :: no cycle of the gate is due'], {
			ready: ['S1:security'],
			status: { C: 'pending', 'S1:gate': 'pending' },
		});
		story.tell(...judged('S1:security', 'fail'), 'cycle e1 S1:gate');
		expectState(story, {
			ready: ['TASK-FIX-S1-1-1'],
			gates: { 'S1:gate': 'repairing 2' },
			reasons: { 'S1:integration@2': 'Waits for TASK-FIX-S1-1-1.' },
		});
		expect(story.table.tasks.get('TASK-FIX-S1-1-1')?.task.unit).toMatchObject({
			owner: 'B',
			findings: ['pm: Check of S1:pm failed.', 'security: Check of S1:security failed.'],
		});
	});

	test('after the repairs the integration and all validators run again, and only then the next sprint opens', () => {
		const story = check(
			two,
			[...built, ...validated('fail'), 'cycle e1 S1:gate', ...done('TASK-FIX-S1-1-1')],
			{
				ready: ['S1:integration@2'],
				status: { C: 'pending', 'S1:pm': 'completed', 'S1:security': 'failed' },
			},
		);
		story.tell(...validated('pass', '@2'));
		expectState(story, { ready: ['C'], gates: { 'S1:gate': 'passed 2' } });
	});

	test('three cycles, then a person is asked, and what waits for the gate is blocked with the reason', () => {
		const cycles = [1, 2, 3].flatMap((n) => [
			'cycle e1 S1:gate',
			...done(`TASK-FIX-S1-${n}-1`),
			...validated('fail', `@${n + 1}`),
		]);
		const story = check(two, [...built, ...validated('fail'), ...cycles, '! cycle e1 S1:gate'], {
			status: { 'S1:gate': 'blocked', C: 'blocked' },
			reasons: {
				'S1:gate':
					'Gate of S1 did not pass: security. 3 cycles of repairs did not help: look at it, then run it again, or skip the gate.',
				C: 'Blocked by S1:gate, which needs a person.',
			},
			gates: { 'S1:gate': 'failed 4' },
		});
		expect(runOutcome(story.table, 'e1', ['A', 'B', 'C', 'S1:gate']).needs).toMatchObject([
			{ task: 'C', reason: '' },
			{ task: 'S1:gate', reason: expect.stringContaining('3 cycles of repairs did not help') },
		]);
		// Whoever runs it again has looked after it: everything is judged, and nothing repaired before.
		story.tell('ask e1 C S1:gate', 'cycle e1 S1:gate');
		expectState(story, { ready: ['S1:integration@5'], status: { C: 'pending' } });
		story.tell(...validated('fail', '@5'), 'cycle e1 S1:gate');
		expectState(story, { ready: ['TASK-FIX-S1-5-1'] });
	});

	test('a plan may allow fewer cycles; where no agent did the work, a person is asked at once', () => {
		const gates = [{ of: 'S1', validators: 'pm', maxFixCycles: 0 }];
		check({ ...two, gates }, [...built, ...judged('S1:pm', 'fail')], {
			status: { 'S1:gate': 'blocked' },
			reasons: {
				'S1:gate':
					'Gate of S1 did not pass: pm. 0 cycles of repairs did not help: look at it, then run it again, or skip the gate.',
			},
		});
		check(
			{ ...two, gates: [{ of: 'S1', validators: 'pm', owners: [] }] },
			[...built, ...judged('S1:pm', 'fail')],
			{
				reasons: {
					'S1:gate':
						'Gate of S1 did not pass: pm. No agent did the work that could repair it: do so, then run it again, or skip the gate.',
				},
			},
		);
	});

	test('an integration that fails is repaired before anybody validates', () => {
		const lines = [
			...built,
			...done('S1:integration'),
			'check e1 S1:integration 1/0 fail',
			'cycle e1 S1:gate',
		];
		check(two, [...lines, ...done('TASK-FIX-S1-1-1')], {
			status: { 'S1:pm': 'cancelled', 'S1:security': 'cancelled' },
			ready: ['S1:integration@2'],
		});
	});

	test('a repair for the project in a sprint that is not open starts when that sprint opens', () => {
		const plan: PlanWords = {
			tasks: 'A B',
			sprints: { S1: 'A', S2: 'B' },
			gates: [
				{ of: 'S1', validators: 'pm' },
				{ judges: ['A', 'B'], validators: 'test', owners: ['B'] },
			],
		};
		const early = ['ask e1 A B S1:gate plan:project:gate', ...done('A'), 'skip B'];
		const failed = [...judged('plan:project:test', 'fail'), 'cycle e1 plan:project:gate'];
		const fix = 'TASK-FIX-project-1-1';
		const story = check(plan, [...early, ...failed], { status: { [fix]: 'pending' }, ready: ['S1:pm'] });
		story.tell(...judged('S1:pm', 'pass'));
		expectState(story, { status: { 'S1:gate': 'completed', [fix]: 'ready' }, ready: [fix] });
	});

	test('so it is blocked with its sprint', () => {
		const plan: PlanWords = {
			tasks: 'A B',
			sprints: { S1: 'A', S2: 'B' },
			gates: [
				{ of: 'S1', validators: 'pm', maxFixCycles: 0 },
				{ judges: ['A', 'B'], validators: 'test', owners: ['B'] },
			],
		};
		const early = ['ask e1 A B S1:gate plan:project:gate', ...done('A'), 'skip B'];
		const failed = [...judged('plan:project:test', 'fail'), 'cycle e1 plan:project:gate'];
		check(plan, [...early, ...failed, ...judged('S1:pm', 'fail')], {
			reasons: { 'TASK-FIX-project-1-1': 'Blocked by S1:gate, which needs a person.' },
		});
	});

	test('a repair that fails ends its cycle: the gate cannot pass in it', () => {
		const lines = [...built, ...validated('fail'), 'cycle e1 S1:gate', 'claim e1 TASK-FIX-S1-1-1 1'];
		check(two, [...lines, 'end e1 TASK-FIX-S1-1-1 1 failed', 'cycle e1 S1:gate'], {
			status: { 'S1:integration@2': 'cancelled' },
			ready: ['TASK-FIX-S1-2-1'],
		});
	});

	test('what only advises holds nothing up', () => {
		const gates = [{ of: 'S1', validators: 'pm docs?' }];
		const lines = [...built, ...judged('S1:docs', 'fail'), ...judged('S1:pm', 'pass')];
		check({ ...two, gates }, lines, { ready: ['C'], gates: { 'S1:gate': 'passed 1' } });
	});

	test('what runs after the gate runs when it passed, and holds nothing up', () => {
		const gates = [{ of: 'S1', validators: 'pm', after: 'deploy docs' }];
		const plan = { ...two, gates };
		check(plan, built, { ready: ['S1:pm'] });
		check(plan, [...built, ...judged('S1:pm', 'pass')], { ready: ['C', 'S1:deploy'] });
		const failed = ['claim e1 S1:deploy 1', 'end e1 S1:deploy 1 failed'];
		const story = check(plan, [...built, ...judged('S1:pm', 'pass'), ...failed], {
			ready: ['C'],
			status: { 'S1:deploy': 'failed', 'S1:docs': 'pending' },
		});
		expect(runOutcome(story.table, 'e1', ['A', 'B', 'S1:gate']).failed).toEqual(['S1:deploy']);
		story.tell('ask e1 S1:gate');
		expectState(story, { ready: ['C', 'S1:deploy'] });
	});
});

describe('G2: what a gate holds back', () => {
	test('a deployment of which nobody knows how it ended asks a person, and holds no sprint back', () => {
		const gates = [{ of: 'S1', validators: 'pm', after: 'deploy' }];
		const lost = ['claim e1 S1:deploy 1', 'end e1 S1:deploy 1 unknown'];
		check({ ...two, gates }, [...built, ...judged('S1:pm', 'pass'), ...lost], {
			status: { 'S1:deploy': 'blocked' },
			ready: ['C'],
		});
	});

	test('the next sprint opens when the gate of the one before has passed, and says so', () => {
		check(two, built, {
			status: { C: 'pending' },
			reasons: { C: 'Waits until S1 is complete.' },
		});
		check(two, [...built, ...validated('pass')], { ready: ['C'] });
		check(two, [...built, 'skip S1:gate'], {
			ready: ['C'],
			status: { 'S1:integration': 'cancelled', 'S1:pm': 'cancelled' },
			gates: { 'S1:gate': 'skipped 1' },
		});
	});

	test('a task that failed blocks its gate and the sprints behind it', () => {
		check(two, [asked, 'claim e1 A 1', 'end e1 A 1 failed'], {
			status: { 'S1:integration': 'blocked', 'S1:gate': 'blocked', C: 'blocked' },
			gates: { 'S1:gate': 'blocked 1' },
		});
	});

	test('a gate between batches or layers holds the tasks that it names', () => {
		const gates = [
			{ id: 'layer:1:gate', level: 'layer' as const, judges: ['A', 'B'], holds: ['C'], validators: 'tdd' },
		];
		const plan = { tasks: 'A B C', gates };
		check(plan, ['ask e1 A B C layer:1:gate', ...done('A'), ...done('B')], {
			ready: ['layer:1:tdd'],
			reasons: { C: 'Waits for Gate of the project.' },
		});
		expect(scopeOf(planOf(plan), { kind: 'task', id: 'C' }, { withDependencies: true })).toMatchObject({
			tasks: ['A', 'B', 'C'],
			gates: ['layer:1:gate'],
		});
		expect(scopeOf(planOf(plan), { kind: 'task', id: 'C' }, { withDependencies: false })).toMatchObject({
			tasks: ['C'],
			gates: [],
		});
	});

	test('the review of the project starts by itself after the last task, whoever was asked for what', () => {
		const plan = {
			tasks: 'A B',
			gates: [{ judges: ['A', 'B'], validators: 'review' }],
		};
		const story = check(plan, ['engine e2', 'ask e1 A', 'ask e2 B', ...done('A')], { ready: ['B'] });
		story.tell('claim e2 B 1', 'end e2 B 1 ok');
		expectState(story, { ready: ['plan:project:review'] });
		expect(runOutcome(story.table, 'e2', ['B']).stopped).toEqual(['plan:project:gate']);
		// A person who stops it is not overruled.
		story.tell('stop all', 'ask e1 A');
		expectState(story, { ready: [] });
		story.tell('ask e1 A B plan:project:gate');
		expectState(story, { ready: ['plan:project:review'] });
	});
});

describe('D3 and D6: gates in a journal that others write, too', () => {
	test('units are rows of their own, and no task of the plan', () => {
		const story = check(two, [...built, ...validated('fail')], {});
		expect(totalsOf(story.table)).toMatchObject({ total: 3, completed: 2, failed: 0, waiting: 1 });
		expect([...story.table.planTasks()].map(({ task }) => task.id)).toEqual(['A', 'B', 'C']);
		expect(unfinishedScope(story.table)).toMatchObject({ tasks: ['C'], gates: ['S1:gate'] });
	});

	test('a second engine that opens the same cycle is void, and so is an answer to a verdict that stands', () => {
		const lines = [...built, ...validated('fail'), '! retry S1:security :: S1:gate is what can be answered'];
		check(two, [...lines, 'cycle e1 S1:gate', '! cycle e2 S1:gate :: cycle 2 is not the next one'], {});
		check(two, ['! cycle e1 S9:gate :: there is no such gate'], {});
	});

	test('a changed plan keeps the cycles; a task that joins a passed sprint is judged with all the others', () => {
		const story = check(two, [...built, ...validated('fail'), 'cycle e1 S1:gate'], {});
		story.change(planOf({ ...two, more: { C: { name: 'other' } } }));
		expectState(story, { ready: ['TASK-FIX-S1-1-1'], gates: { 'S1:gate': 'repairing 2' } });
		story.tell(...done('TASK-FIX-S1-1-1'), ...validated('pass', '@2'));
		story.change(planOf({ ...two, tasks: 'A B D C', sprints: { S1: 'A B D', S2: 'C' } }));
		expectState(story, { status: { 'S1:gate': 'pending', C: 'pending' } });
		story.tell('ask e1 D', ...done('D'), 'cycle e1 S1:gate');
		expectState(story, { ready: ['S1:integration@3'] });
	});

	test('a snapshot of an older version has no gates', () => {
		const { gates: _, ...plan } = planOf(two);
		const story = new Story(plan).tell('ask e1 A B C', ...done('A'), ...done('B'));
		expectState(story, { ready: ['C'], gates: {} });
	});

	test('the same lines give the same tables', () => {
		const story = check(
			two,
			[...built, ...validated('fail'), 'cycle e1 S1:gate', ...done('TASK-FIX-S1-1-1')],
			{},
		);
		const again = new RunFold();
		for (const event of story.events) {
			again.apply(event, story.snapshotOf(event));
		}
		expect(summariseGates(again.table ?? story.table)).toEqual(summariseGates(story.table));
		expect([...(again.table?.tasks.values() ?? [])]).toEqual([...story.table.tasks.values()]);
	});
});

function facts(task: string) {
	const times = { startedAt: 10, endedAt: 20 };
	return { engine: 'e1', task, attempt: 1, ...times, outputHash: 'f'.repeat(64), outputBytes: 3 };
}
