import { describe, expect, test } from 'vitest';
import { RunFold } from '../../../src/core/run/runFold.ts';
import { summariseTask } from '../../../src/core/run/summarise.ts';
import type { PlanWords } from './story.ts';
import { planOf, Story } from './story.ts';

const shell = { kind: 'argv', argv: ['true'] } as const;
const oneCheck = { checks: [{ command: shell, expectExit: 0, timeoutMinutes: 1 }] };
const twoChecks = { checks: [...oneCheck.checks, ...oneCheck.checks] };

interface Expected {
	readonly status?: Record<string, string>;
	readonly reasons?: Record<string, string>;
	readonly ready?: readonly string[];
}

function check(plan: PlanWords, lines: readonly string[], expected: Expected): Story {
	const story = new Story(planOf(plan)).tell(...lines);
	expect(story.statuses()).toMatchObject(expected.status ?? {});
	for (const [id, reason] of Object.entries(expected.reasons ?? {})) {
		const state = story.table.tasks.get(id);
		expect(state === undefined ? id : summariseTask(story.table, state).reason).toBe(reason);
	}
	if (expected.ready !== undefined) {
		const ready = [...story.table.tasks.keys()].filter((id) => story.table.ready.has(id));
		expect(ready).toEqual(expected.ready);
	}
	return story;
}

describe('T1: the states of a task', () => {
	test('a task is ready when its predecessors are completed, and not before', () => {
		check({ tasks: 'A B<A C<A,B' }, ['ask e1 A B C'], {
			status: { A: 'ready', B: 'pending', C: 'pending' },
			reasons: { B: 'Waits for A.', C: 'Waits for A, B.' },
			ready: ['A'],
		});
		check({ tasks: 'A B<A C<A,B' }, ['ask e1 A B C', 'claim e1 A 1', 'end e1 A 1 ok'], {
			status: { A: 'completed', B: 'ready', C: 'pending' },
			ready: ['B'],
		});
	});

	test('a shell task without verify is completed by its exit code', () => {
		const story = check({ tasks: 'A' }, ['ask e1 A', 'claim e1 A 1', 'start e1 A 1', 'end e1 A 1 ok'], {
			status: { A: 'completed' },
		});
		expect(story.table.tasks.get('A')?.validation).toBe('exit-code');
	});

	test('an agent task without any check ends completed with validation none', () => {
		const agent = {
			kind: 'agent' as const,
			agent: 'a',
			command: shell,
			env: {},
			prompt: { kind: 'text' as const, text: '' },
		};
		const plan = { tasks: 'A', more: { A: { work: agent } } };
		const story = check(plan, ['ask e1 A', 'claim e1 A 1', 'end e1 A 1 ok'], { status: { A: 'completed' } });
		expect(story.table.tasks.get('A')?.validation).toBe('none');
	});

	test('with verify only the last passed check completes', () => {
		const plan = { tasks: 'A B<A', more: { A: twoChecks } };
		const before = ['ask e1 A B', 'claim e1 A 1', 'end e1 A 1 ok', 'check e1 A 1/0 pass'];
		check(plan, before, { status: { A: 'checking', B: 'pending' } });
		check(plan, [...before, 'check e1 A 1/1 pass'], { status: { A: 'completed', B: 'ready' } });
		check(plan, [...before, 'check e1 A 1/1 fail'], { status: { A: 'failed', B: 'blocked' } });
	});

	test('an attempt that never began costs nothing and is tried again', () => {
		const lines = ['ask e1 A', 'claim e1 A 1', 'end e1 A 1 void'];
		check({ tasks: 'A' }, lines, { status: { A: 'ready' }, ready: ['A'] });
		check({ tasks: 'A' }, [...lines, '! claim e1 A 1', 'claim e1 A 2', 'end e1 A 2 failed'], {
			status: { A: 'failed' },
		});
	});
});

describe('T2 and T4: tries, and what a failure does', () => {
	test('T2: a shell task has one try, and retries add to it', () => {
		check({ tasks: 'A' }, ['ask e1 A', 'claim e1 A 1', 'end e1 A 1 failed'], { status: { A: 'failed' } });
		const plan = { tasks: 'A', more: { A: { maxAttempts: 3 } } };
		const tries = ['ask e1 A', 'claim e1 A 1', 'end e1 A 1 failed', 'claim e1 A 2', 'end e1 A 2 timeout'];
		check(plan, tries, { status: { A: 'ready' } });
		check(plan, [...tries, 'claim e1 A 3', 'end e1 A 3 infrastructure'], { status: { A: 'failed' } });
	});

	test('T2: a check that fails is a try of the whole work', () => {
		const plan = { tasks: 'A', more: { A: { ...oneCheck, maxAttempts: 2 } } };
		const lines = ['ask e1 A', 'claim e1 A 1', 'end e1 A 1 ok', 'check e1 A 1/0 fail'];
		check(plan, lines, { status: { A: 'ready' }, reasons: { A: '' } });
		check(plan, [...lines, '! adopt e1 A 1 e1', 'claim e1 A 2'], { status: { A: 'running' } });
	});

	test('T4: dependents of a failed task are blocked with the path', () => {
		check({ tasks: 'A B<A C<B D' }, ['ask e1 A B C D', 'claim e1 A 1', 'end e1 A 1 failed'], {
			status: { A: 'failed', B: 'blocked', C: 'blocked', D: 'ready' },
			reasons: {
				A: 'A ended: failed.',
				B: 'Blocked by A, which failed.',
				C: 'Blocked by B → A, which failed.',
			},
			ready: ['D'],
		});
	});

	test('T4 within G2: so are the later sprints of its track, and no other', () => {
		const plan = {
			tasks: 'A B C D',
			sprints: { S1: 'A', S2: '', S3: 'B', S4: 'C', S5: 'D' },
			trackOf: { S1: 1, S2: 1, S3: 1, S4: 1, S5: 2 },
		};
		check(plan, ['ask e1 A B C D', 'claim e1 A 1', 'end e1 A 1 failed'], {
			status: { A: 'failed', B: 'blocked', C: 'blocked', D: 'ready' },
			reasons: { B: 'Blocked by A, which failed.' },
		});
	});

	test('T4: behind several failures the first in the order of the plan is named, whichever came first', () => {
		const failures = ['claim e1 A 1', 'end e1 A 1 failed', 'claim e1 B 1', 'end e1 B 1 failed'];
		const names = {
			status: { A: 'failed', B: 'failed', C: 'blocked', D: 'blocked', E: 'blocked' },
			reasons: {
				C: 'Blocked by A, which failed.',
				D: 'Blocked by C → A, which failed.',
				E: 'Blocked by B, which failed.',
			},
		} as const;
		const plan = { tasks: 'A B C<A,B D<C E<B' };
		check(plan, ['ask e1 A B C D E', ...failures], names);
		check(plan, ['ask e1 A B C D E', ...failures.slice(2), ...failures.slice(0, 2)], names);
	});

	test('a retry lets what was blocked wait again, but for what another failure blocks', () => {
		const plan = { tasks: 'A B C<A D<A,B' };
		const failed = [
			'ask e1 A B C D',
			'claim e1 A 1',
			'claim e1 B 1',
			'end e1 A 1 failed',
			'end e1 B 1 failed',
		];
		check(plan, [...failed, 'retry A'], {
			status: { A: 'ready', B: 'failed', C: 'pending', D: 'blocked' },
			reasons: { D: 'Blocked by B, which failed.' },
			ready: ['A'],
		});
	});
});

describe('T5: stopping', () => {
	test('ends what runs, takes the rest out of scope, and leaves all of it ready to resume', () => {
		const lines = ['ask e1 A B', 'claim e1 A 1', 'stop all'];
		check({ tasks: 'A B' }, lines, {
			status: { A: 'running', B: 'ready' },
			reasons: { A: 'Stopping.' },
			ready: [],
		});
		const ended = [...lines, 'end e1 A 1 cancelled'];
		check({ tasks: 'A B' }, ended, { status: { A: 'cancelled' }, ready: [] });
		check({ tasks: 'A B' }, [...ended, 'ask e1 A B', 'claim e1 A 2'], { status: { A: 'running' } });
	});

	test('a program that fails because of the stop has not failed', () => {
		for (const outcome of ['failed', 'timeout', 'infrastructure', 'cancelled']) {
			check({ tasks: 'A B<A' }, ['ask e1 A B', 'claim e1 A 1', 'stop A', `end e1 A 1 ${outcome}`], {
				status: { A: 'cancelled', B: 'pending' },
			});
		}
	});

	test('work that ended well before it was stopped is checked again and not done again', () => {
		const plan = { tasks: 'A', more: { A: twoChecks } };
		const stopped = [
			...['ask e1 A', 'claim e1 A 1', 'end e1 A 1 ok', 'check e1 A 1/0 pass'],
			...['stop all', 'check e1 A 1/1 fail'],
		];
		check(plan, stopped, { status: { A: 'cancelled' } });
		const resumed = [...stopped, 'ask e1 A', 'adopt e1 A 1 e1'];
		const story = check(plan, resumed, { status: { A: 'checking' } });
		expect(story.table.tasks.get('A')?.attempts).toMatchObject([{ round: 2, checks: [] }]);
		check(plan, [...resumed, '! check e1 A 1/1 pass', 'check e1 A 1/0 pass', 'check e1 A 1/1 pass'], {
			status: { A: 'completed' },
		});
	});

	test('Ctrl+C of one engine takes nothing away from another', () => {
		const both = ['engine e2', 'ask e1 A B C', 'ask e2 B C', 'claim e1 A 1', 'claim e2 B 1'];
		const stops = ['stop A e1', 'stop B e1', 'stop C e1'];
		check({ tasks: 'A B C' }, [...both, ...stops, '! claim e1 C 1'], {
			status: { A: 'running', B: 'running', C: 'ready' },
			reasons: { A: 'Stopping.', B: '' },
			ready: ['C'],
		});
	});
});

describe('D3: a line that was not allowed at its place is void for everybody', () => {
	const two = ['engine e2', 'ask e1 A B', 'ask e2 A B'];

	test('a claim of a claimed task', () => {
		check({ tasks: 'A B' }, [...two, 'claim e1 A 1', '! claim e2 A 1 :: the task is running'], {});
		check({ tasks: 'A B' }, [...two, 'claim e1 A 1', 'end e1 A 1 ok', '! claim e2 A 2'], {});
	});

	test('a claim out of scope, out of number, of an unknown task, or by an unknown or ended engine', () => {
		check({ tasks: 'A B' }, ['ask e1 A', '! claim e1 B 1 :: nobody asked this engine for the task'], {});
		check({ tasks: 'A' }, ['ask e1 A', '! claim e1 A 2 :: attempt 2 is not the next one'], {});
		check({ tasks: 'A' }, ['! claim e1 X 1 :: there is no such task'], {});
		check(
			{ tasks: 'A' },
			['! claim e9 A 1 :: its engine is not part of the run', '! ask e9 A', '! bye e9'],
			{},
		);
		check({ tasks: 'A' }, ['ask e1 A', 'bye e1', '! claim e1 A 1', '! ask e1 A'], { status: { A: 'ready' } });
		check({ tasks: 'A' }, ['! engine e1 :: the engine is known already'], {});
	});

	test('S4 and S2: a claim over the run’s limit, or against a held lock', () => {
		const limit = { tasks: 'A B', jobs: 1 };
		check(limit, ['ask e1 A B', 'claim e1 A 1', '! claim e1 B 1 :: the run is limited to 1 tasks at once'], {
			reasons: { B: 'Ready; the run is limited to 1 tasks at once.' },
		});
		const locks = { tasks: 'A B', more: { A: { locks: ['db'] }, B: { locks: ['port', 'db'] } } };
		const holds = 'A holds the lock “db”';
		check(locks, ['ask e1 A B', 'claim e1 A 1', `! claim e1 B 1 :: ${holds}`], {
			reasons: { B: `Ready; ${holds}.` },
		});
		check(locks, ['ask e1 A B', 'claim e1 A 1', 'end e1 A 1 failed', 'claim e1 B 1'], {});
	});

	test('S1: strategy tracks runs one task a track', () => {
		const plan = {
			tasks: 'A B C',
			sprints: { S1: 'A B', S2: 'C' },
			trackOf: { S1: 1, S2: 2 },
			strategy: 'tracks',
		};
		const lines = ['ask e1 A B C', 'claim e1 A 1', '! claim e1 B 1 :: A of the same track is running'];
		check(plan, [...lines, 'claim e1 C 1'], {});
	});

	test('adoption: only from the engine that holds the claim, only of the current attempt', () => {
		const lines = [...two, 'claim e1 A 1', '! adopt e2 A 1 e3', '! adopt e2 A 2 e1', 'adopt e2 A 1 e1'];
		check({ tasks: 'A B' }, [...lines, '! adopt e1 A 1 e1', 'adopt e1 A 1 e2'], { status: { A: 'running' } });
		check({ tasks: 'A B' }, [...lines, '! adopt e9 A 1 e2', '! adopt e2 B 1 e1'], {});
	});

	test('any engine may record any result, and its second record is void', () => {
		const story = check({ tasks: 'A B' }, [...two, 'claim e1 A 1', 'end e2 A 1 ok', '! end e1 A 1 failed'], {
			status: { A: 'completed' },
		});
		expect(story.table.tasks.get('A')?.owner, 'who records it writes its evidence').toBe('e2');
		check(
			{ tasks: 'A', more: { A: oneCheck } },
			[
				...['engine e2', 'ask e1 A', 'claim e1 A 1', '! check e1 A 1/0 pass', 'end e1 A 1 ok'],
				...['! end e2 A 1 failed', '! check e2 A 1/1 pass', '! check e2 A 2/0 pass', 'check e2 A 1/0 pass'],
				...['! check e1 A 1/0 fail', '! claim e1 A 2', 'evidence A 1', '! evidence A 2', '! evidence X 1'],
			],
			{ status: { A: 'completed' } },
		);
	});

	test('a start is known once, and never after the end', () => {
		check(
			{ tasks: 'A' },
			['ask e1 A', '! start e1 A 1', 'claim e1 A 1', 'start e1 A 1', '! start e1 A 1'],
			{},
		);
		check({ tasks: 'A' }, ['ask e1 A', 'claim e1 A 1', 'end e1 A 1 ok', '! start e1 A 1'], {});
	});

	test('a line of a kind that this version does not know is void and said', () => {
		const story = new Story(planOf({ tasks: 'A' }));
		const verdict = story.apply({ kind: 'gate-opened' } as never);
		expect(verdict).toBe('an event of unknown kind: gate-opened');
		expect(story.statuses()).toEqual({ A: 'ready' });
	});

	test('nothing counts before the run was created, and it is created once', () => {
		const story = new Story(planOf({ tasks: 'A' }));
		const first = story.events[0];
		expect(first === undefined ? null : story.fold.apply(first, planOf({ tasks: 'A' }))).toBe(
			'the run exists already',
		);
		const fold = new RunFold();
		expect(fold.apply({ kind: 'drain-requested', by: 'x', stamp: { at: 1, writer: 'w', sequence: 1 } })).toBe(
			'the run was not created yet',
		);
		expect(first === undefined ? null : fold.apply(first, null)).toBe(
			'the plan snapshot first cannot be read',
		);
	});
});
