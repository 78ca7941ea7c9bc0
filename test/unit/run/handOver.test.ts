import { describe, expect, test } from 'vitest';
import type { AttemptEnded, CheckEnded } from '../../../src/core/run/attemptFacts.ts';
import { explainTask } from '../../../src/core/run/explainTask.ts';
import { nextClaim } from '../../../src/core/run/nextStep.ts';
import { planQuestions } from '../../../src/core/run/planQuestions.ts';
import type { AgentRunCheck, AgentWork } from '../../../src/core/run/runPlan.ts';
import { summariseTask } from '../../../src/core/run/summarise.ts';
import { planOf, Story } from './story.ts';

const bot = (agent: string, fallback?: AgentWork): AgentWork => ({
	...{ kind: 'agent', agent, command: { kind: 'argv', argv: [agent] }, env: {} },
	...{ prompt: { kind: 'text', text: '' }, ...(fallback && { fallback }) },
});
const ghost = bot('ghost', bot('other'));

function ended(story: Story, task: string, more: Partial<AttemptEnded>): Story {
	const attempt = story.table.tasks.get(task)?.attempts.length ?? 0;
	const event: AttemptEnded = {
		...{ kind: 'attempt-ended', task, attempt, engine: 'e1', outcome: 'infrastructure', exit: 127 },
		...{ reason: 'ghost was not found. other takes over from ghost.', handOver: 'ghost', retryAt: 90_000 },
		...{ startedAt: 1, endedAt: 2, outputHash: 'f', outputBytes: 3, ...more },
	};
	expect(story.apply(event)).toBeNull();
	return story;
}

const agentsOf = (story: Story, task: string) =>
	story.table.tasks.get(task)?.attempts.map(({ agent, counts }) => `${agent} ${counts}`);
const claim = (story: Story, now = 50_000) =>
	nextClaim(story.table, 'e1', { agents: true, now })?.task ?? null;

describe('T3: an agent that cannot work, and another that takes over', () => {
	test('the other goes on at once, with the same iteration, and with all other tasks of the first', () => {
		const story = new Story(planOf({ tasks: 'A B', more: { A: { work: ghost }, B: { work: ghost } } }));
		ended(story.tell('ask e1 A B', 'claim e1 A 1'), 'A', {});
		expect(claim(story)).toBe('A');
		story.tell('claim e1 A 2', 'claim e1 B 1');
		expect(agentsOf(story, 'A')).toEqual(['ghost false', 'other true']);
		expect(agentsOf(story, 'B')).toEqual(['other true']);
		const told = ['A', 'B'].map((id) => {
			const state = story.table.tasks.get(id);
			return state && explainTask(story.table, state, story.events).find(({ about }) => about === 'agent');
		});
		expect(told.map((each) => each?.sentence)).toEqual([
			'other works on attempt 2 in place of ghost, which could not work: ghost was not found.',
			'other works on attempt 1 in place of ghost, which could not work: ghost was not found.',
		]);
		expect(told[1]?.events).toMatchObject([{ kind: 'attempt-ended', task: 'A', handOver: 'ghost' }]);
		expect(planQuestions(story.fold, { isEngineAlive: true, now: 50_000 })).toEqual([]);
	});

	test('it is tried again at its time, and works again once it is there', () => {
		const story = new Story(planOf({ tasks: 'A B', more: { A: { work: ghost }, B: { work: ghost } } }));
		ended(story.tell('ask e1 A B', 'claim e1 A 1'), 'A', { retryAt: 5_900 }).tell('claim e1 B 1');
		expect(agentsOf(story, 'B')).toEqual(['ghost true']);
		ended(story, 'B', {
			outcome: 'ok',
			exit: 0,
			reason: '',
			handOver: undefined,
			retryAt: undefined,
		} as never);
		expect([...story.table.absent]).toEqual([]);
	});

	test('where the other waits for its usage limit, that is what the task waits for', () => {
		const story = new Story(planOf({ tasks: 'A', more: { A: { work: ghost } } })).tell('ask e1 A');
		ended(story.tell('claim e1 A 1'), 'A', {});
		const { handOver: _, ...limit } = { outcome: 'usage-limit', retryAt: 80_000, handOver: 0 } as const;
		const event = { ...limit, reason: 'The usage limit of other is reached.', handOver: undefined };
		ended(story.tell('claim e1 A 2'), 'A', event as never);
		expect(claim(story)).toBeNull();
		const state = story.table.tasks.get('A');
		expect(state && summariseTask(story.table, state).reason).toBe(
			'Waits for the usage limit of other, which ends at 00:01:20 UTC.',
		);
		expect(planQuestions(story.fold, { isEngineAlive: true, now: 50_000 })).toMatchObject([
			{ kind: 'usage-limit', agent: 'other', tasks: ['A'] },
		]);
		expect(claim(story, 80_000)).toBe('A');
	});

	test('two that name each other, and are both missing, fail their tasks and hand nothing round for ever', () => {
		const more = { A: { work: bot('a', bot('b')) }, B: { work: bot('b', bot('a')) } };
		const story = new Story(planOf({ tasks: 'A B', more })).tell(
			'ask e1 A B',
			'claim e1 A 1',
			'claim e1 B 1',
		);
		ended(story, 'A', { handOver: 'a', reason: 'a was not found.' });
		ended(story, 'B', { handOver: 'b', reason: 'b was not found.' });
		expect(story.statuses()).toEqual({ A: 'ready', B: 'failed' });
		story.tell('claim e1 A 2');
		expect(agentsOf(story, 'A')).toEqual(['a false', 'b true']);
	});

	test('who judges is replaced in the same way, and the work is not done again', () => {
		const judge: AgentRunCheck = {
			...{ kind: 'agent', persona: 'pm', work: ghost, criteria: ['good'], timeoutMinutes: 1 },
		};
		const story = new Story(planOf({ tasks: 'A', more: { A: { checks: [judge] } } }));
		story.tell('ask e1 A', 'claim e1 A 1', 'end e1 A 1 ok');
		const event: CheckEnded = {
			...{ kind: 'check-ended', task: 'A', attempt: 1, check: 0, engine: 'e1', passed: false, exit: 127 },
			...{ vanished: true, retryAt: 90_000, handOver: 'ghost', reason: 'ghost was not found.' },
			...{ startedAt: 3, endedAt: 4, outputHash: 'f', outputBytes: 1 },
		};
		expect(story.apply(event)).toBeNull();
		expect(nextClaim(story.table, 'e1', { agents: true, now: 50_000 })).toMatchObject({ resumeChecks: true });
		story.tell('adopt e1 A 1 e1');
		expect(story.table.tasks.get('A')?.attempts).toMatchObject([{ judge: 'other', counts: true }]);
	});
});
