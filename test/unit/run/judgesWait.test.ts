import { describe, expect, test } from 'vitest';
import type { CheckEnded } from '../../../src/core/run/attemptFacts.ts';
import type { RunEvent } from '../../../src/core/run/events.ts';
import { nextClaim, nextStep } from '../../../src/core/run/nextStep.ts';
import type { AgentWork, RunTask } from '../../../src/core/run/runPlan.ts';
import { summariseTask } from '../../../src/core/run/summarise.ts';
import { gateStep, planOf, Story } from './story.ts';

const shell = { kind: 'argv', argv: ['true'] } as const;

function bot(agent: string, more: Partial<AgentWork> = {}): AgentWork {
	return { kind: 'agent', agent, command: shell, env: {}, prompt: { kind: 'text', text: '' }, ...more };
}

function storyOf(task: Partial<RunTask>, tasks = 'A'): Story {
	return new Story(planOf({ tasks, more: { A: task } })).tell(`ask e1 ${tasks}`);
}

function take(story: Story, event: RunEvent): Story {
	expect(story.apply(event)).toBeNull();
	return story;
}

const stateOf = (story: Story) => {
	const state = story.table.tasks.get('A');
	if (state === undefined) {
		throw new Error('no A');
	}
	return state;
};

describe('T3: who judges, and cannot do so now', () => {
	const judge = { kind: 'agent' as const, persona: 'pm', criteria: ['x'], timeoutMinutes: 1 };
	const later = (check: number, more: Partial<CheckEnded>): RunEvent => {
		const facts = { task: 'A', attempt: 1, engine: 'e1', exit: 1, startedAt: 10, endedAt: 20 };
		const wait = { passed: false, reason: 'Later.', outputHash: '', outputBytes: 0, vanished: true as const };
		return { kind: 'check-ended', check, ...facts, ...wait, retryAt: 90_000, ...more };
	};

	test('waits for its limit with what passed kept, and is no iteration of the work', () => {
		const task = {
			work: bot('small'),
			checks: [...gateStep('').checks, { ...judge, work: bot('pm') }],
			maxAttempts: 5,
		};
		const story = storyOf(task, 'A B').tell('claim e1 A 1', 'end e1 A 1 ok', 'check e1 A 1/0 pass');
		take(story, later(1, { limited: 'pm' }));
		expect(stateOf(story)).toMatchObject({ status: 'ready', used: 1 });
		expect(nextClaim(story.table, 'e1', { agents: true, now: 89_999 })?.task).toBe('B');
		expect(summariseTask(story.table, stateOf(story)).reason).toBe(
			'Waits for the usage limit of pm, which ends at 00:01:30 UTC.',
		);
		expect(nextClaim(story.table, 'e1', { agents: true, now: 90_000 })).toEqual({
			task: 'A',
			attempt: 1,
			resumeChecks: true,
		});
		story.tell('! claim e1 A 2 :: its last attempt is not over', 'adopt e1 A 1 e1');
		expect(nextStep(stateOf(story))).toMatchObject({ kind: 'check', check: 1 });
		story.tell('check e1 A 1/1 pass');
		expect(stateOf(story)).toMatchObject({ status: 'completed', used: 1, infrastructure: 0 });
	});

	test('is another one while the limit lasts, where one is named', () => {
		const work = bot('pm', { fallback: bot('second') });
		const story = storyOf({ checks: [{ ...judge, work }] }).tell('claim e1 A 1', 'end e1 A 1 ok');
		expect(stateOf(story).attempts[0]?.judge).toBe('pm');
		take(story, later(0, { limited: 'pm' }));
		expect(nextClaim(story.table, 'e1', { agents: true, now: 5_000 })?.task).toBe('A');
		expect(stateOf(story.tell('adopt e1 A 1 e1')).attempts[0]?.judge).toBe('second');
	});

	test('is tried again after a failure around it, later each time', () => {
		const story = storyOf({ checks: [{ ...judge, work: bot('pm') }] }).tell('claim e1 A 1', 'end e1 A 1 ok');
		take(story, later(0, {}));
		expect(stateOf(story)).toMatchObject({ infrastructure: 1, notBefore: 90_000, attempts: [{ lost: 0 }] });
		expect(nextClaim(story.table, 'e1', { agents: true, now: 89_999 })).toBeNull();
		story.tell('adopt e1 A 1 e1', 'check e1 A 1/0 pass');
		expect(stateOf(story)).toMatchObject({ status: 'completed', infrastructure: 0 });
	});

	test('is not even started at a gate while its limit lasts', () => {
		const story = storyOf(
			{ checks: [{ ...judge, work: bot('pm') }], work: { ...bot('x'), kind: 'none' } as never },
			'A B',
		);
		story.table.parked.set('pm', 90_000);
		expect(nextClaim(story.table, 'e1', { agents: true, now: 89_999 })?.task).toBe('B');
		expect(nextClaim(story.table, 'e1', { agents: true, now: 90_000 })?.task).toBe('A');
	});
});
