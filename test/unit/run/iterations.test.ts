import { describe, expect, test } from 'vitest';
import type { AttemptEnded, CheckEnded } from '../../../src/core/run/attemptFacts.ts';
import type { RunEvent } from '../../../src/core/run/events.ts';
import { explainTask } from '../../../src/core/run/explainTask.ts';
import { openNeeds } from '../../../src/core/run/needs.ts';
import { nextClaim, nextStep } from '../../../src/core/run/nextStep.ts';
import type { AgentWork, RunTask } from '../../../src/core/run/runPlan.ts';
import { summariseTask } from '../../../src/core/run/summarise.ts';
import { planOf, Story } from './story.ts';

const shell = { kind: 'argv', argv: ['true'] } as const;
const command = { command: shell, expectExit: 0, timeoutMinutes: 1 };
const approval = { kind: 'approval', what: 'the layout' } as const;

function bot(agent: string, more: Partial<AgentWork> = {}): AgentWork {
	return { kind: 'agent', agent, command: shell, env: {}, prompt: { kind: 'text', text: '' }, ...more };
}

function storyOf(task: Partial<RunTask>, tasks = 'A'): Story {
	return new Story(planOf({ tasks, more: { A: task } })).tell(`ask e1 ${tasks.replaceAll(/<\w/g, '')}`);
}

const times = { startedAt: 10, endedAt: 20, outputHash: '', outputBytes: 0 };

function ended(attempt: number, more: Partial<AttemptEnded>): RunEvent {
	const facts = { task: 'A', attempt, engine: 'e1', exit: 1, reason: 'It failed.', ...times };
	return { kind: 'attempt-ended', outcome: 'failed', ...facts, ...more };
}

function checked(attempt: number, more: Partial<CheckEnded>): RunEvent {
	const facts = { task: 'A', attempt, check: 0, engine: 'e1', exit: 1, ...times };
	return { kind: 'check-ended', passed: false, reason: 'Check 1 failed.', ...facts, ...more };
}

function take(story: Story, ...events: readonly RunEvent[]): Story {
	for (const event of events) {
		expect(story.apply(event)).toBeNull();
	}
	return story;
}

/** Works and is refused by its check, so often, each time with another finding. */
function fails(story: Story, from: number, to: number): Story {
	for (let attempt = from; attempt <= to; attempt++) {
		story.tell(`claim e1 A ${attempt}`, `end e1 A ${attempt} ok`);
		take(story, checked(attempt, { findings: [{ text: `problem ${attempt}` }] }));
	}
	return story;
}

const stateOf = (story: Story) => {
	const state = story.table.tasks.get('A');
	if (state === undefined) {
		throw new Error('no A');
	}
	return state;
};

describe('T2: iterations and tiers', () => {
	const task = { work: bot('small'), t2: bot('large'), checks: [command], maxAttempts: 5 };

	test('1 and 2 are on T1, from 3 on T2 with its agent, and after five it has failed', () => {
		const story = fails(storyOf(task), 1, 5);
		expect(stateOf(story).attempts.map(({ iteration, tier, agent }) => [iteration, tier, agent])).toEqual([
			[1, 'T1', 'small'],
			[2, 'T1', 'small'],
			[3, 'T2', 'large'],
			[4, 'T2', 'large'],
			[5, 'T2', 'large'],
		]);
		expect(stateOf(story).status).toBe('failed');
	});

	test('what is critical for security starts on T2', () => {
		const story = storyOf({ ...task, startTier: 'T2' }).tell('claim e1 A 1');
		expect(stateOf(story).attempts[0]).toMatchObject({ tier: 'T2', agent: 'large' });
	});

	test('D5: a fresh budget gives five more, and they stay on T2', () => {
		const story = fails(storyOf(task), 1, 5).tell('ask e1 A');
		expect(stateOf(fails(story, 6, 6))).toMatchObject({ status: 'ready', used: 1 });
		expect(stateOf(story).attempts.at(-1)).toMatchObject({ iteration: 6, tier: 'T2' });
	});

	test('why: the escalation names what the iterations before left, and their lines', () => {
		const story = fails(storyOf(task), 1, 2).tell('claim e1 A 3');
		const tier = explainTask(story.table, stateOf(story), story.events).find(({ about }) => about === 'tier');
		expect(tier?.sentence).toBe(
			'It escalated to T2 with iteration 3, because 2 iterations on T1 did not pass (iteration 1: problem 1; iteration 2: problem 2).',
		);
		expect(tier?.events.map(({ kind }) => kind)).toEqual(['check-ended', 'check-ended', 'task-claimed']);
	});
});

describe('T3: classes of failures', () => {
	test('infrastructure is tried again at its time, is no iteration, and then has failed', () => {
		const story = storyOf({ work: bot('small'), maxAttempts: 5 });
		for (let attempt = 1; attempt <= 3; attempt++) {
			story.tell(`claim e1 A ${attempt}`);
			take(story, ended(attempt, { outcome: 'infrastructure', retryAt: 90_000 }));
			expect(stateOf(story)).toMatchObject({
				status: 'ready',
				used: 0,
				infrastructure: attempt,
				notBefore: 90_000,
			});
		}
		expect(nextClaim(story.table, 'e1', { agents: true, now: 89_999 })).toBeNull();
		expect(nextClaim(story.table, 'e1', { agents: true, now: 90_000 })).toMatchObject({
			task: 'A',
			attempt: 4,
		});
		story.tell('claim e1 A 4');
		take(story, ended(4, { outcome: 'infrastructure', final: true }));
		expect(stateOf(story)).toMatchObject({ status: 'failed' });
		expect(stateOf(story).attempts.map(({ iteration }) => iteration)).toEqual([1, 1, 1, 1]);
	});

	test('a journal of an older version, without times, has it as an attempt like others', () => {
		const story = storyOf({ maxAttempts: 2 }).tell('claim e1 A 1', 'end e1 A 1 infrastructure');
		expect(stateOf(story)).toMatchObject({ status: 'ready', used: 1 });
	});

	test('failures of the infrastructure count in a row: work that came to an end begins a new row', () => {
		const outside = (attempt: number) => ended(attempt, { outcome: 'infrastructure', retryAt: 0 });
		for (const outcome of ['failed', 'timeout', 'ok'] as const) {
			const story = storyOf({ work: bot('small'), checks: [command], maxAttempts: 5 });
			take(story.tell('claim e1 A 1'), outside(1));
			take(story.tell('claim e1 A 2'), outside(2));
			expect(stateOf(story).infrastructure, outcome).toBe(2);
			take(story.tell('claim e1 A 3'), ended(3, { outcome }));
			expect(stateOf(story).infrastructure, outcome).toBe(0);
		}
	});

	test('T5: what a person stops is stopped, whatever it ends with', () => {
		for (const outcome of ['infrastructure', 'usage-limit'] as const) {
			const story = storyOf({ work: bot('small') }).tell('claim e1 A 1', 'stop A');
			take(story, ended(1, { outcome, retryAt: 90_000 }));
			expect(stateOf(story)).toMatchObject({ status: 'cancelled', used: 0 });
			expect(story.table.parked.size).toBe(0);
		}
	});

	test('of several ends of a usage limit the latest counts', () => {
		const more = { A: { work: bot('small') }, B: { work: bot('small') } };
		const story = new Story(planOf({ tasks: 'A B', more })).tell(
			'ask e1 A B',
			'claim e1 A 1',
			'claim e1 B 1',
		);
		take(story, ended(1, { outcome: 'usage-limit', retryAt: 90_000 }));
		take(story, { ...ended(1, { outcome: 'usage-limit', retryAt: 50_000 }), task: 'B' } as RunEvent);
		expect(story.table.parked.get('small')).toBe(90_000);
	});

	test('a usage limit gives the slot back, holds up who needs the same agent, and lets all others go on', () => {
		const more = { A: { work: bot('small') }, B: { work: bot('small') } };
		const story = new Story(planOf({ tasks: 'A B C', more, jobs: 1 })).tell('ask e1 A B C', 'claim e1 A 1');
		take(
			story,
			ended(1, { outcome: 'usage-limit', retryAt: 90_000, reason: 'The usage limit of small is reached.' }),
		);
		expect(story.table.active.size).toBe(0);
		expect(nextClaim(story.table, 'e1', { agents: true, now: 50_000 })?.task).toBe('C');
		expect(summariseTask(story.table, stateOf(story)).reason).toBe(
			'Waits for the usage limit of small, which ends at 00:01:30 UTC.',
		);
		story.tell('claim e1 C 1', 'end e1 C 1 ok');
		expect(nextClaim(story.table, 'e1', { agents: true, now: 50_000 })).toBeNull();
		expect(nextClaim(story.table, 'e1', { agents: true, now: 90_000 })?.task).toBe('A');
	});

	test('another agent takes over where one is named', () => {
		const story = storyOf({ work: bot('small', { fallback: bot('other') }) }).tell('claim e1 A 1');
		take(story, ended(1, { outcome: 'usage-limit', retryAt: 90_000 }));
		expect(nextClaim(story.table, 'e1', { agents: true, now: 50_000 })?.task).toBe('A');
		story.tell('claim e1 A 2');
		expect(stateOf(story).attempts[1]).toMatchObject({ iteration: 1, agent: 'other' });
	});

	test('the same finding three times is stuck; another one in between is not', () => {
		const task = { work: bot('small'), checks: [command], maxAttempts: 5 };
		const same = (attempt: number) =>
			checked(attempt, { findings: [{ text: `Took ${attempt} ms: no button` }] });
		const story = storyOf(task);
		for (const attempt of [1, 2, 3]) {
			take(story.tell(`claim e1 A ${attempt}`, `end e1 A ${attempt} ok`), same(attempt));
		}
		expect(stateOf(story)).toMatchObject({ status: 'blocked', need: { kind: 'stuck', attempt: 3 } });
		const other = fails(storyOf(task), 1, 2).tell('claim e1 A 3', 'end e1 A 3 ok');
		expect(stateOf(take(other, same(3))).status).toBe('ready');
		// A person who looked and says "again" gets a budget that begins anew.
		expect(stateOf(story.tell('retry A')).status).toBe('ready');
		take(story.tell('claim e1 A 4', 'end e1 A 4 ok'), same(4));
		expect(stateOf(story).status).toBe('ready');
	});

	test('a command is tried as often as its plan says, however it fails', () => {
		const story = storyOf({ maxAttempts: 4 });
		for (const attempt of [1, 2, 3]) {
			story.tell(`claim e1 A ${attempt}`, `end e1 A ${attempt} failed`);
		}
		expect(stateOf(story).status).toBe('ready');
	});

	test('a validator that does not judge fails the task: another iteration of the work would not help', () => {
		const story = storyOf({ work: bot('small'), checks: [command], maxAttempts: 5 }).tell(
			'claim e1 A 1',
			'end e1 A 1 ok',
		);
		take(story, checked(1, { vanished: true, invalid: true }));
		expect(stateOf(story)).toMatchObject({ status: 'checking', attempts: [{ lost: 1, round: 2 }] });
		take(story, checked(1, { invalid: true }));
		expect(stateOf(story).status).toBe('failed');
	});
});

describe('T2: steps', () => {
	const step = (name: string, more = {}) => ({
		name,
		persona: name,
		work: bot('small'),
		checks: [],
		touches: [],
		produces: [],
		timeoutMinutes: 1,
		...more,
	});
	const steps = [
		step('designer', { checks: [command] }),
		step('developer', { touches: ['src/**'] }),
		step('tester'),
	];
	const task = { work: bot('small'), steps, checks: [command], maxAttempts: 5 };
	const ok = (attempt: number, index: number) =>
		ended(attempt, { step: index, outcome: 'ok', exit: 0, reason: '' });

	function firstRound(): Story {
		const story = storyOf(task).tell('claim e1 A 1');
		expect(nextStep(stateOf(story))).toEqual({ kind: 'work', attempt: 1, step: 0 });
		take(story, ok(1, 0));
		expect(nextStep(stateOf(story))).toEqual({ kind: 'check', attempt: 1, check: 0, step: 0 });
		take(story, checked(1, { step: 0, passed: true }), ok(1, 1), ok(1, 2));
		expect(nextStep(stateOf(story))).toEqual({ kind: 'check', attempt: 1, check: 0 });
		return story;
	}

	function redone(finding: object): number[] {
		const story = take(firstRound(), checked(1, { findings: [{ text: 'no', ...finding }] })).tell(
			'claim e1 A 2',
		);
		const { steps: states = [] } = stateOf(story).attempts[1] ?? {};
		return states.filter(({ redo }) => redo).map(({ index }) => index);
	}

	test('run in their order, each with its checks behind it', () => {
		expect(stateOf(take(firstRound(), checked(1, { passed: true }))).status).toBe('completed');
	});

	test.each([
		['the one that a finding names', { persona: 'Designer' }, [0]],
		['the one whose files it is about', { file: 'src/login.ts' }, [1]],
		['else the one that precedes the check', { file: 'docs/x.md' }, [2]],
	])('redone is only who is responsible: %s', (_, finding, expected) => {
		expect(redone(finding)).toEqual(expected);
	});

	test('all checks are made again after the change, also those of steps that were not redone', () => {
		const story = take(firstRound(), checked(1, { findings: [{ text: 'no', persona: 'developer' }] }));
		story.tell('claim e1 A 2');
		expect(nextStep(stateOf(story))).toEqual({ kind: 'work', attempt: 2, step: 1 });
		take(story, ok(2, 1));
		expect(nextStep(stateOf(story))).toEqual({ kind: 'check', attempt: 2, check: 0, step: 0 });
		take(story, checked(2, { step: 0, passed: true }));
		expect(nextStep(stateOf(story))).toEqual({ kind: 'check', attempt: 2, check: 0 });
	});

	test('a step that fails is where the next attempt begins; what was done before stays done', () => {
		const story = storyOf(task).tell('claim e1 A 1');
		take(story, ok(1, 0), checked(1, { step: 0, passed: true }), ended(1, { step: 1 }));
		expect(stateOf(story).status).toBe('ready');
		story.tell('claim e1 A 2');
		expect(nextStep(stateOf(story))).toEqual({ kind: 'work', attempt: 2, step: 1 });
	});

	test('D3: the end of a step that is not the current one is void', () => {
		const story = storyOf(task).tell('claim e1 A 1');
		expect(story.apply(ok(1, 1))).toBe('it is not the running step');
		expect(story.apply(ended(1, { outcome: 'ok' }))).toBe('it is not the running step');
	});
});

describe('T1: checks that only advise', () => {
	const advice = { ...command, advisory: true as const };
	const failed = (more: Partial<CheckEnded> = {}) =>
		checked(1, { reason: 'Style failed (advice).', advisory: true, ...more });

	test('a failure of theirs is kept and holds nothing up; the other checks decide', () => {
		const story = storyOf({ checks: [advice, command], maxAttempts: 2 });
		story.tell('claim e1 A 1', 'end e1 A 1 ok');
		take(story, failed());
		expect(stateOf(story).status).toBe('checking');
		story.tell('check e1 A 1/1 pass');
		expect(stateOf(story)).toMatchObject({
			...{ status: 'completed', validation: 'checks', used: 1 },
			attempts: [{ checks: [{ passed: false, advisory: true }, { passed: true }] }],
		});
	});

	test('they verify nothing: with no other check the exit code is all there is, and an agent’s task is unverified', () => {
		const check = (work: Partial<RunTask>, validation: string, more: Partial<CheckEnded> = {}) => {
			const story = storyOf({ checks: [advice], ...work }).tell('claim e1 A 1', 'end e1 A 1 ok');
			take(story, failed(more));
			expect(stateOf(story)).toMatchObject({ status: 'completed', validation });
		};
		check({ work: bot('small') }, 'none');
		check({}, 'exit-code');
		// One that was asked for advice and gave none has not failed the work.
		check({ work: bot('small') }, 'none', { invalid: true });
	});

	test('a person’s no is advice, too, where the plan says so', () => {
		const story = storyOf({ checks: [{ ...approval, advisory: true }, command] });
		story.tell('claim e1 A 1', 'end e1 A 1 ok');
		take(story, { kind: 'task-answered', task: 'A', answer: 'reject', by: 'Ada', reason: 'Too green' });
		story.tell('adopt e1 A 1 e1', 'check e1 A 1/1 pass');
		expect(stateOf(story)).toMatchObject({
			status: 'completed',
			attempts: [{ checks: [{ passed: false, reason: 'Rejected by Ada: Too green' }, {}] }],
		});
	});
});

describe('S2: approvals', () => {
	test('before the work: nobody starts it, what depends on it is blocked, and yes lets it begin', () => {
		const story = storyOf({ approval: 'before' }, 'A B<A');
		expect(story.statuses()).toEqual({ A: 'blocked', B: 'blocked' });
		expect(openNeeds(story.table)).toMatchObject([{ task: 'A', answers: ['approve', 'reject', 'skip'] }]);
		story.tell('! claim e1 A 1', '! retry A', 'name e1 A');
		expect(story.statuses()['A']).toBe('blocked');
		take(story, { kind: 'task-answered', task: 'A', answer: 'approve', by: 'Ada' });
		expect(story.statuses()).toEqual({ A: 'ready', B: 'pending' });
		story.tell('claim e1 A 1', 'end e1 A 1 ok');
		expect(story.statuses()).toEqual({ A: 'completed', B: 'ready' });
	});

	test('as a check: the slot is given back, and yes goes on with the next check, not with those that passed', () => {
		const story = storyOf({ checks: [command, approval, command] }).tell(
			'claim e1 A 1',
			'end e1 A 1 ok',
			'check e1 A 1/0 pass',
		);
		expect(stateOf(story)).toMatchObject({ status: 'blocked', need: { kind: 'approval', moment: 'check' } });
		expect(story.table.active.size).toBe(0);
		take(story, { kind: 'task-answered', task: 'A', answer: 'approve', by: 'Ada', attempt: 1 });
		expect(nextClaim(story.table, 'e1', { agents: true })).toEqual({
			task: 'A',
			attempt: 1,
			resumeChecks: true,
		});
		story.tell('! claim e1 A 2', 'adopt e1 A 1 e1', 'check e1 A 1/2 pass');
		expect(stateOf(story)).toMatchObject({ status: 'completed', used: 1 });
	});

	test('after the checks: yes completes it at once; no is a finding of the next iteration', () => {
		const story = storyOf({ approval: 'after', maxAttempts: 2 }).tell('claim e1 A 1', 'end e1 A 1 ok');
		take(story, { kind: 'task-answered', task: 'A', answer: 'reject', by: 'Ada', reason: 'Too green' });
		expect(stateOf(story)).toMatchObject({
			status: 'ready',
			attempts: [{ rejection: 'Rejected by Ada: Too green' }],
		});
		story.tell('claim e1 A 2', 'end e1 A 2 ok');
		take(story, { kind: 'task-answered', task: 'A', answer: 'approve', by: 'Ada' });
		expect(stateOf(story).status).toBe('completed');
	});

	test('an answer to a question that is no longer open is void', () => {
		const story = storyOf({ approval: 'after', maxAttempts: 2 }).tell('claim e1 A 1', 'end e1 A 1 ok');
		const late = { kind: 'task-answered', task: 'A', answer: 'approve', by: 'Ada', attempt: 7 } as const;
		expect(story.apply(late)).toBe('the question is about another attempt');
		take(story, { ...late, attempt: 1 });
		expect(story.apply({ ...late, attempt: 1 })).toBe('the task is completed');
	});

	test('D6: a plan that changes meanwhile does not change what is being asked', () => {
		const story = storyOf({ checks: [command, approval] }).tell(
			'claim e1 A 1',
			'end e1 A 1 ok',
			'check e1 A 1/0 pass',
		);
		expect(story.change(planOf({ tasks: 'A', more: { A: { checks: [command] } } }))).toBeNull();
		take(story, { kind: 'task-answered', task: 'A', answer: 'approve', by: 'Ada' });
		expect(stateOf(story)).toMatchObject({
			status: 'completed',
			attempts: [{ checks: [{}, { passed: true }] }],
		});
	});
});
