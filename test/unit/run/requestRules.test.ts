import { describe, expect, test } from 'vitest';
import { mayStillGet } from '../../../src/core/run/mayStillGet.ts';
import { nextClaim, nextStep } from '../../../src/core/run/nextStep.ts';
import { totalsOf } from '../../../src/core/run/summarise.ts';
import type { PlanWords } from './story.ts';
import { planOf, Story } from './story.ts';

const command = { kind: 'argv', argv: ['true'] } as const;
const oneCheck = { checks: [{ command, expectExit: 0, timeoutMinutes: 1 }] };

function told(plan: PlanWords, ...lines: readonly string[]): Story {
	return new Story(planOf(plan)).tell(...lines);
}

describe('D4: work with an unknown end', () => {
	const lost = ['ask e1 A B', 'claim e1 A 1', 'end e1 A 1 unknown'];

	test('waits for a person, and blocks what depends on it with that reason', () => {
		const story = told({ tasks: 'A B<A' }, ...lost);
		expect(story.table.tasks.get('A')).toMatchObject({
			status: 'blocked',
			need: { kind: 'unknown-outcome', attempt: 1 },
			reason: 'A ended: unknown.',
		});
		expect(story.table.tasks.get('B')?.reason).toBe('Blocked by A, which needs a person.');
		expect(totalsOf(story.table)).toMatchObject({ blocked: 2, needPerson: 1 });
	});

	test('is not run again by a plain run, but by one that names it, a retry, or never after a skip', () => {
		expect(told({ tasks: 'A B<A' }, ...lost, 'ask e1 A B').statuses()).toEqual({
			A: 'blocked',
			B: 'blocked',
		});
		expect(told({ tasks: 'A B<A' }, ...lost, 'name e1 A', 'claim e1 A 2').statuses()).toEqual({
			A: 'running',
			B: 'pending',
		});
		expect(told({ tasks: 'A B<A' }, ...lost, 'retry A').statuses()).toEqual({ A: 'ready', B: 'pending' });
		expect(told({ tasks: 'A B<A' }, ...lost, 'skip A', '! retry A').statuses()).toEqual({
			A: 'skipped',
			B: 'ready',
		});
	});

	test('is repeated where the plan says that this is safe, but not for ever', () => {
		const plan = { tasks: 'A', more: { A: { idempotent: true } } };
		const again = [1, 2, 3].flatMap((n) => [`claim e1 A ${n}`, `end e1 A ${n} unknown`]);
		expect(told(plan, 'ask e1 A', ...again).statuses()).toEqual({ A: 'ready' });
		expect(told(plan, 'ask e1 A', ...again, 'claim e1 A 4', 'end e1 A 4 unknown').statuses()).toEqual({
			A: 'blocked',
		});
		expect(told(plan, 'ask e1 A', 'claim e1 A 1', 'stop all', 'end e1 A 1 unknown').statuses()).toEqual({
			A: 'cancelled',
		});
	});

	test('a check whose runner vanished is made again and is no verdict', () => {
		const plan = { tasks: 'A', more: { A: oneCheck } };
		const story = told(plan, 'ask e1 A', 'claim e1 A 1', 'end e1 A 1 ok', 'check e1 A 1/0 vanished');
		expect(story.table.tasks.get('A')).toMatchObject({
			status: 'checking',
			attempts: [{ round: 2, checks: [] }],
		});
		expect(story.tell('check e1 A 1/0 pass').statuses()).toEqual({ A: 'completed' });
	});
});

describe('D3: an engine that is frozen', () => {
	const frozen = ['engine e2', 'ask e1 A B', 'ask e2 C', 'claim e1 A 1', 'away e1 e2'];

	test('holds nothing: what it has begun passes on, and what it was asked for is not ready', () => {
		const story = told({ tasks: 'A B C<A' }, ...frozen);
		expect(story.statuses()).toEqual({ A: 'running', B: 'ready', C: 'pending' });
		expect(nextClaim(story.table, 'e1', { agents: true })).toBeNull();
		expect(story.table.ready.ids()).not.toContain('B');
		expect(mayStillGet(story.table, 'e2', () => true)).toBe(true);
		expect(story.tell('adopt e2 A 1 e1', 'end e2 A 1 ok', 'claim e2 C 1').statuses()).toEqual({
			A: 'completed',
			B: 'ready',
			C: 'running',
		});
	});

	test('counts again when it is back, less what a person stopped meanwhile', () => {
		const story = told({ tasks: 'A B C<A' }, ...frozen, '! claim e1 B 1', '! away e1 e2', 'back e1');
		expect(nextClaim(story.table, 'e1', { agents: true })?.task).toBe('B');
		expect(story.tell('! back e1', 'away e1 e2', 'stop B', 'back e1').statuses()).toMatchObject({
			B: 'ready',
		});
		expect(nextClaim(story.table, 'e1', { agents: true })).toBeNull();
	});
});

describe('D5: joining', () => {
	test('what failed in scope gets a fresh budget, what is completed is not touched', () => {
		const story = told({ tasks: 'A B C<B' }, ...['ask e1 A B C', 'claim e1 A 1', 'claim e1 B 1']);
		story.tell('end e1 A 1 ok', 'end e1 B 1 failed', 'engine e2', 'ask e2 A B C');
		expect(story.statuses()).toEqual({ A: 'completed', B: 'ready', C: 'pending' });
		expect(story.table.tasks.get('B')?.used).toBe(0);
		story.tell('claim e2 B 2', 'end e2 B 2 ok');
		expect(story.statuses()).toEqual({ A: 'completed', B: 'completed', C: 'ready' });
	});

	test('a closed run takes no new tasks', () => {
		told({ tasks: 'A' }, 'ask e1 A', 'close', '! claim e1 A 1 :: the run takes no new tasks');
	});

	test('completions of a state file are done and unverified, unless the task has a history', () => {
		const story = told(
			{ tasks: 'A B<A C' },
			'import A',
			'! import A',
			'! import X',
			'ask e1 A B C',
			'claim e1 C 1',
		);
		story.tell('! import C :: the task has a history of its own');
		expect(story.statuses()).toEqual({ A: 'completed', B: 'ready', C: 'running' });
		expect(totalsOf(story.table)).toMatchObject({
			completed: 1,
			unverified: 1,
			running: 1,
			waiting: 1,
			total: 3,
		});
	});
});

describe('drain', () => {
	test('what runs may finish, and nothing new is started; an engine that comes later may', () => {
		const story = told(
			{ tasks: 'A B<A' },
			'ask e1 A B',
			'claim e1 A 1',
			'drain',
			'end e1 A 1 ok',
			'! claim e1 B 1',
		);
		story.tell('engine e2', 'ask e2 B', 'claim e2 B 1');
	});
});

describe('a person’s answer', () => {
	test('skip satisfies what waits for it, also the next sprint (G2), and frees what it blocked', () => {
		const plan = { tasks: 'A B<A C', sprints: { S1: 'A', S2: 'B C' } };
		const story = told(plan, 'ask e1 A B C', 'claim e1 A 1', 'end e1 A 1 failed');
		expect(story.statuses()).toEqual({ A: 'failed', B: 'blocked', C: 'blocked' });
		story.tell('skip A');
		expect(story.statuses()).toEqual({ A: 'skipped', B: 'ready', C: 'ready' });
		expect(story.table.tasks.get('A')?.reason).toBe('Skipped by Ada.');
		expect(story.table.completedCount).toBe(1);
	});

	test('is void for what runs, is finished, or does not exist', () => {
		told(
			{ tasks: 'A' },
			'! skip X',
			'ask e1 A',
			'claim e1 A 1',
			'! skip A',
			'! retry A',
			'end e1 A 1 ok',
			'! skip A',
		);
	});
});

describe('D6: the plan changes in mid-run', () => {
	test('finished work stays finished, new tasks wait, and a removed one leaves', () => {
		const story = told({ tasks: 'A B<A C' }, 'ask e1 A B C', 'claim e1 A 1', 'end e1 A 1 ok');
		expect(story.change(planOf({ tasks: 'A D<A E<D' }))).toBeNull();
		expect(story.statuses()).toEqual({ A: 'completed', D: 'ready', E: 'pending' });
		expect(story.table.completedCount).toBe(1);
	});

	test('a removed task that runs keeps the old plan in force', () => {
		const story = told({ tasks: 'A B' }, 'ask e1 A B', 'claim e1 A 1');
		expect(story.change(planOf({ tasks: 'B' }))).toBe('A is running and is not in the new plan');
		expect(story.tell('end e1 A 1 ok').change(planOf({ tasks: 'B' }))).toBeNull();
	});

	test('a task that left and comes back has its history', () => {
		const story = told({ tasks: 'A B' }, 'ask e1 A B', 'claim e1 A 1', 'end e1 A 1 failed', 'claim e1 B 1');
		story.tell('end e1 B 1 ok');
		story.change(planOf({ tasks: 'C' }));
		story.change(planOf({ tasks: 'C D' }));
		story.change(planOf({ tasks: 'A B C D<B' }));
		expect(story.statuses()).toEqual({ A: 'failed', B: 'completed', C: 'ready', D: 'ready' });
		story.tell('ask e1 A', '! claim e1 A 1 :: attempt 1 is not the next one', 'claim e1 A 2');
	});

	test('a renamed task keeps its history, whether the plan or the rename comes first', () => {
		for (const isPlanFirst of [true, false]) {
			const story = told({ tasks: 'A B<A C' }, 'ask e1 A B C', 'claim e1 A 1', 'end e1 A 1 ok');
			const rename = () => story.apply({ kind: 'task-renamed', from: 'A', to: 'A2', by: 'editor' });
			const change = () => story.change(planOf({ tasks: 'A2 B<A2 C' }));
			const verdicts = isPlanFirst ? [change(), rename()] : [rename(), change()];
			expect(verdicts).toEqual([null, null]);
			expect(story.statuses()).toEqual({ A2: 'completed', B: 'ready', C: 'ready' });
			story.tell('claim e1 B 1');
		}
	});

	test('a rename that was undone leaves everything as it was; one onto a task with a history is void', () => {
		const story = told({ tasks: 'A B' }, 'ask e1 A B', 'claim e1 A 1', 'end e1 A 1 ok');
		expect(story.apply({ kind: 'task-renamed', from: 'B', to: 'A', by: 'editor' })).toMatch(/A was begun/);
		expect(story.apply({ kind: 'task-renamed', from: 'X', to: 'Y', by: 'editor' })).toMatch(/no task X/);
		story.apply({ kind: 'task-renamed', from: 'A', to: 'Z', by: 'editor' });
		story.change(planOf({ tasks: 'Z B' }));
		story.apply({ kind: 'task-renamed', from: 'Z', to: 'A', by: 'editor' });
		story.change(planOf({ tasks: 'A B' }));
		expect(story.statuses()).toEqual({ A: 'completed', B: 'ready' });
	});

	test('what runs is judged by the checks it began with, the next attempt by the new ones', () => {
		const plan = { tasks: 'A', more: { A: { ...oneCheck, maxAttempts: 2 } } };
		const story = told(plan, 'ask e1 A', 'claim e1 A 1', 'end e1 A 1 ok');
		story.change(planOf({ tasks: 'A' }));
		expect(story.statuses()).toEqual({ A: 'checking' });
		expect(story.tell('check e1 A 1/0 pass').statuses()).toEqual({ A: 'completed' });

		const retried = told(plan, 'ask e1 A', 'claim e1 A 1', 'end e1 A 1 ok');
		retried.change(planOf({ tasks: 'A', more: { A: { maxAttempts: 2 } } }));
		retried.tell('check e1 A 1/0 fail', 'claim e1 A 2', 'end e1 A 2 ok');
		expect(retried.statuses()).toEqual({ A: 'completed' });
		expect(retried.table.tasks.get('A')?.validation).toBe('exit-code');
	});

	test('a running task whose sprint changed counts for the new one', () => {
		const before = { tasks: 'A B C', sprints: { S1: 'A', S2: 'B C' } };
		const story = told(before, 'ask e1 A B C', 'claim e1 A 1');
		story.change(planOf({ tasks: 'A B C', sprints: { S1: 'B', S2: 'A C' } }));
		story.tell('end e1 A 1 ok');
		expect(story.statuses()).toEqual({ A: 'completed', B: 'ready', C: 'pending' });
		story.tell('claim e1 B 1', 'end e1 B 1 ok');
		expect(story.statuses()).toEqual({ A: 'completed', B: 'completed', C: 'ready' });
	});

	test('a snapshot that cannot be read changes nothing', () => {
		const story = told({ tasks: 'A' }, 'ask e1 A');
		expect(story.apply({ kind: 'plan-changed', snapshot: 'nowhere', jobs: 1 })).toBe(
			'the new plan snapshot cannot be read',
		);
		expect(story.statuses()).toEqual({ A: 'ready' });
	});
});

describe('G2: sprints of a track run in order', () => {
	test('the next opens when every task of the one before is completed, tracks side by side', () => {
		const plan = {
			tasks: 'A B C D',
			sprints: { S1: 'A B', S2: 'C', T1: 'D' },
			trackOf: { S1: 1, S2: 1, T1: 2 },
		};
		const story = told(plan, 'ask e1 A B C D', 'claim e1 A 1', 'end e1 A 1 ok', '! claim e1 C 1');
		expect(story.statuses()).toEqual({ A: 'completed', B: 'ready', C: 'pending', D: 'ready' });
		story.tell('claim e1 B 1', 'end e1 B 1 ok', 'claim e1 C 1');
	});

	test('a sprint waits for the sprints it names, across tracks, and an empty one lets through', () => {
		const plan = {
			tasks: 'A B',
			sprints: { S1: 'A', S2: '', T1: 'B' },
			trackOf: { S1: 1, S2: 1, T1: 2 },
			sprintAfter: { T1: ['S2'] },
		};
		const story = told(plan, 'ask e1 A B', '! claim e1 B 1', 'claim e1 A 1', 'end e1 A 1 ok', 'claim e1 B 1');
		expect(story.statuses()).toEqual({ A: 'completed', B: 'running' });
	});

	test('imported completions of a later sprint count once its turn comes', () => {
		const plan = { tasks: 'A B C', sprints: { S1: 'A', S2: 'B', S3: 'C' } };
		const story = told(plan, 'import B', 'ask e1 A C', 'claim e1 A 1', 'end e1 A 1 ok');
		expect(story.statuses()).toEqual({ A: 'completed', B: 'completed', C: 'ready' });
	});
});

describe('nextClaim and nextStep', () => {
	const agent = {
		work: {
			kind: 'agent' as const,
			agent: 'a',
			command,
			env: {},
			prompt: { kind: 'text' as const, text: '' },
		},
	};

	test('S2: priority, then the longest way to go, then the id', () => {
		const plan = { tasks: 'D A B C<B', jobs: 9, more: { D: { priority: 1 } } };
		const order: string[] = [];
		const story = told(plan, 'ask e1 A B C D');
		for (let claim = nextClaim(story.table, 'e1', { agents: true }); claim !== null; ) {
			order.push(claim.task);
			story.tell(`claim e1 ${claim.task} ${claim.attempt}`);
			claim = nextClaim(story.table, 'e1', { agents: true });
		}
		expect(order).toEqual(['D', 'B', 'A']);
	});

	test('S4: --jobs limits its engine alone, the plan the run, the machine agents alone', () => {
		const limited = told(
			{ tasks: 'A B C', jobs: 2 },
			'engine e2 jobs=1',
			'ask e1 A B C',
			'ask e2 A B C',
			'claim e2 A 1',
		);
		expect(nextClaim(limited.table, 'e2', { agents: true })).toBeNull();
		expect(nextClaim(limited.table, 'e1', { agents: true })?.task).toBe('B');
		limited.tell('claim e1 B 1');
		expect(nextClaim(limited.table, 'e1', { agents: true })).toBeNull();
		const machine = told({ tasks: 'A B', more: { A: agent } }, 'ask e1 A B');
		expect(nextClaim(machine.table, 'e1', { agents: false })?.task).toBe('B');
	});

	test('checks that were cut off are taken up before anything is run again', () => {
		const plan = { tasks: 'A', more: { A: oneCheck } };
		const lines = [
			'ask e1 A',
			'claim e1 A 1',
			'end e1 A 1 ok',
			'stop all',
			'check e1 A 1/0 fail',
			'ask e1 A',
		];
		expect(nextClaim(told(plan, ...lines).table, 'e1', { agents: true })).toEqual({
			task: 'A',
			attempt: 1,
			resumeChecks: true,
		});
	});

	test('what is due follows from the state alone', () => {
		const story = told({ tasks: 'A', more: { A: oneCheck } });
		const due = () => {
			const state = story.table.tasks.get('A');
			return state === undefined ? null : nextStep(state);
		};
		const steps = [due()];
		for (const line of ['ask e1 A', 'claim e1 A 1', 'end e1 A 1 ok', 'check e1 A 1/0 pass', 'evidence A 1']) {
			story.tell(line);
			steps.push(due());
		}
		expect(steps).toEqual([
			null,
			null,
			{ kind: 'work', attempt: 1 },
			{ kind: 'check', attempt: 1, check: 0 },
			{ kind: 'evidence', attempt: 1 },
			null,
		]);
	});
});

describe('S5: an engine waits for what may still become its to do', () => {
	const alive = () => true;

	function check(
		plan: PlanWords,
		lines: readonly string[],
		expected: boolean,
		isAlive: (id: string) => boolean = alive,
	) {
		expect(mayStillGet(told(plan, ...lines).table, 'e1', isAlive), lines.join(', ')).toBe(expected);
	}

	test('for its own ready tasks, whatever limit keeps it from taking them now', () => {
		check({ tasks: 'A' }, ['ask e1 A'], true);
		check({ tasks: 'A' }, ['ask e1 A', 'drain'], false);
		check({ tasks: 'A' }, ['ask e1 A', 'close'], false);
		check({ tasks: 'A' }, ['ask e1 A', 'stop all'], false);
		check({ tasks: 'A' }, [], false);
	});

	test('for predecessors that a living engine runs or was asked for, over any number of steps', () => {
		check({ tasks: 'A B<A' }, ['ask e1 B'], false);
		check({ tasks: 'A B<A C<B' }, ['engine e2', 'ask e1 C', 'ask e2 A B'], true);
		check({ tasks: 'A B<A C<B' }, ['engine e2', 'ask e1 C', 'ask e2 A B'], false, (id) => id === 'e1');
		check({ tasks: 'A B<A C<B' }, ['engine e2', 'ask e1 C', 'ask e2 A'], false);
		check({ tasks: 'A B<A' }, ['engine e2', 'ask e1 B', 'ask e2 A', 'claim e2 A 1'], true);
		check({ tasks: 'A B<A' }, ['engine e2', 'ask e1 B', 'ask e2 A', 'claim e2 A 1', 'drain'], false);
	});

	test('but not for an engine that runs something that leads nowhere near', () => {
		check({ tasks: 'A B X Y<X' }, ['engine e2', 'ask e2 A B', 'claim e2 A 1', 'ask e1 Y'], false);
	});

	test('for the sprint before, also through empty and finished ones (G2)', () => {
		const plan = { tasks: 'A B C', sprints: { S1: 'A B', S2: '', S3: 'C' } };
		check(plan, ['engine e2', 'ask e1 C', 'ask e2 A B', 'claim e2 A 1'], true);
		check(plan, ['engine e2', 'ask e1 C', 'ask e2 A', 'claim e2 A 1'], false);
	});

	test('not for what is blocked by a failure', () => {
		check({ tasks: 'A B<A' }, ['ask e1 A B', 'claim e1 A 1', 'end e1 A 1 failed'], false);
	});
});
