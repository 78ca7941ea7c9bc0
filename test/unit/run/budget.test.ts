import { describe, expect, test } from 'vitest';
import type { AttemptEnded, CheckEnded } from '../../../src/core/run/attemptFacts.ts';
import { explainTask } from '../../../src/core/run/explainTask.ts';
import { mayStillGet } from '../../../src/core/run/mayStillGet.ts';
import { nextClaim } from '../../../src/core/run/nextStep.ts';
import { awaitsAnswer, planQuestions } from '../../../src/core/run/planQuestions.ts';
import type { AgentRunCheck, AgentWork, RunTask } from '../../../src/core/run/runPlan.ts';
import { budgetOf, costSentence, costsOf, dollars } from '../../../src/core/run/spending.ts';
import { summariseTask } from '../../../src/core/run/summarise.ts';
import { runOutcome } from '../../../src/engine/run/runOutcome.ts';
import { putAside } from '../../support/putAside.ts';
import { planOf, Story } from './story.ts';

const bot: AgentWork = {
	...{ kind: 'agent', agent: 'bot', command: { kind: 'argv', argv: ['bot'] }, env: {} },
	prompt: { kind: 'text', text: '' },
};
const judge: AgentRunCheck = {
	...{ kind: 'agent', persona: 'pm', work: bot, criteria: ['good'], timeoutMinutes: 1 },
};

/** A and B are an agent's, C follows B, and D is a command. */
function begun(budgetUsd: number | undefined, more: Partial<RunTask> = {}): Story {
	const plan = planOf({ tasks: 'A B C<B D', more: { A: { work: bot, ...more }, B: { work: bot } } });
	return new Story({ ...plan, ...(budgetUsd !== undefined && { budgetUsd }) }).tell(
		'ask e1 A B C D',
		'claim e1 A 1',
	);
}

function ended(story: Story, more: Partial<AttemptEnded>): Story {
	const event: AttemptEnded = {
		...{ kind: 'attempt-ended', task: 'A', attempt: 1, engine: 'e1', outcome: 'ok', exit: 0, reason: '' },
		...{ startedAt: 1, endedAt: 2, outputHash: 'f', outputBytes: 3, ...more },
	};
	expect(story.apply(event)).toBeNull();
	return story;
}

const claim = (story: Story) => nextClaim(story.table, 'e1', { agents: true })?.task ?? null;
const asked = (story: Story) => planQuestions(story.fold, { isEngineAlive: true, now: 0 });
const reason = (story: Story, id: string) => {
	const state = story.table.tasks.get(id);
	return state === undefined ? '' : summariseTask(story.table, state).reason;
};

describe('the budget of a run', () => {
	test('when it is spent no agent begins, commands go on, and one question asks a person', () => {
		const story = ended(begun(10), { costUsd: 10.2 });
		expect(claim(story)).toBe('D');
		story.tell('! claim e1 B 1 :: the budget of the run is spent: $10.20 of $10.00', 'claim e1 D 1');
		story.tell('end e1 D 1 ok');
		expect(claim(story)).toBeNull();
		const [question, ...others] = asked(story);
		expect(others).toEqual([]);
		expect(question).toMatchObject({
			...{ kind: 'budget', spentUsd: 10.2, limitUsd: 10, unknown: 0, onceUsd: 20.2, tasks: ['B'] },
		});
		expect(question?.sentence).toBe(
			'The budget of this run is spent: $10.20 of $10.00. What runs goes on to its end, and these start no agent: B. Raise `budget` in the plan, or let this run spend up to $20.20.',
		);
		expect(question !== undefined && awaitsAnswer(question)).toBe(true);
		expect(reason(story, 'B')).toBe('Ready; the budget of the run is spent: $10.20 of $10.00.');
		const state = story.table.tasks.get('B');
		const wait = state && explainTask(story.table, state, story.events).find(({ about }) => about === 'wait');
		expect(wait?.events.map(({ kind }) => kind)).toEqual(['attempt-ended']);
	});

	test('the engine has nothing left to wait for, and everything that waits for money needs a person once', () => {
		const story = ended(begun(10), { costUsd: 10 }).tell('claim e1 D 1', 'end e1 D 1 ok');
		expect(mayStillGet(story.table, 'e1', () => true)).toBe(false);
		const { needs, stopped, failed } = runOutcome(story.table, 'e1', ['A', 'B', 'C', 'D']);
		expect([stopped, failed]).toEqual([[], []]);
		expect(needs.map(({ task }) => task)).toEqual(['B', 'C']);
		expect(needs.map(({ reason: why }) => why !== '')).toEqual([true, false]);
	});

	test('what began before goes on to its end: its checks by agents, and another iteration is none of that', () => {
		const story = begun(10, { checks: [judge], maxAttempts: 3 });
		story.tell('claim e1 B 1');
		ended(story, { task: 'B', costUsd: 11 });
		ended(story, { costUsd: 1 });
		expect(story.statuses()).toMatchObject({ A: 'checking', B: 'completed' });
		const check: CheckEnded = {
			...{ kind: 'check-ended', task: 'A', attempt: 1, check: 0, engine: 'e1', passed: false, exit: 0 },
			...{ reason: 'No.', startedAt: 3, endedAt: 4, outputHash: 'f', outputBytes: 1, costUsd: 0.5 },
		};
		expect(story.apply(check)).toBeNull();
		const attempt = story.table.tasks.get('A')?.attempts[0];
		expect(attempt?.costUsd).toBe(1.5);
		expect(costsOf(story.table)).toEqual({ knownUsd: 12.5, unknown: 0, limitUsd: 10 });
		expect(asked(story)).toMatchObject([{ kind: 'budget', tasks: ['A'] }]);
		// C is a command, and only waited for B.
		expect(claim(story)).toBe('C');
	});

	test('a cost that nobody knows is said to be unknown, and never counted as nothing', () => {
		const story = ended(begun(10), {});
		expect(budgetOf(story.table)).toMatchObject({ spentUsd: 0, unknown: 1, isSpent: false });
		ended(story.tell('claim e1 B 1'), { task: 'B', costUsd: 10 });
		expect(costSentence(costsOf(story.table))).toBe(
			'Agents cost at least $10.00 of $10.00, and 1 job of an agent did not say what they cost.',
		);
		const plain = ended(ended(begun(undefined), {}).tell('claim e1 B 1'), { task: 'B' });
		expect(costSentence(costsOf(plain.table))).toBe(
			'What agents cost is unknown: 2 jobs of agents did not say.',
		);
	});

	test('what never began cost nothing: a void attempt, a program that is missing, a task that was stopped before', () => {
		const never: readonly Partial<AttemptEnded>[] = [
			{ outcome: 'void', exit: null },
			{ outcome: 'infrastructure', exit: 127, retryAt: 5 },
			{ outcome: 'infrastructure', exit: null, final: true },
			{ outcome: 'cancelled', exit: null, outputHash: '' },
		];
		for (const more of never) {
			expect(ended(begun(10), more).table.spending.unknown, JSON.stringify(more)).toBe(0);
		}
		for (const outcome of ['timeout', 'cancelled', 'unknown'] as const) {
			expect(ended(begun(10), { outcome, exit: null }).table.spending.unknown, outcome).toBe(1);
		}
	});

	test('what was said last holds: a person for this run, or another budget in the plan', () => {
		const story = ended(begun(10), { costUsd: 10 });
		const set = (limitUsd: number) => story.apply({ kind: 'budget-set', limitUsd, by: 'Ada' });
		expect(claim(story.tell('claim e1 D 1', 'end e1 D 1 ok'))).toBeNull();
		expect(set(20)).toBeNull();
		expect(set(20)).toBe('that is the budget already');
		expect(set(-1)).not.toBeNull();
		expect(set(Number.NaN)).not.toBeNull();
		expect([claim(story), asked(story)]).toEqual(['B', []]);
		expect(set(5)).toBeNull();
		expect(claim(story)).toBeNull();
		const same = story.table.plan;
		expect(story.change({ ...same, name: 'New' })).toBeNull();
		expect([budgetOf(story.table)?.limitUsd, claim(story)]).toEqual([5, null]);
		expect(story.change({ ...same, budgetUsd: 30 })).toBeNull();
		expect([budgetOf(story.table)?.limitUsd, claim(story)]).toEqual([30, 'B']);
		expect(costsOf(story.table).knownUsd).toBe(10);
	});

	test('S1: a task that waits for the budget keeps no barrier closed', () => {
		const plan = planOf({ tasks: 'A B C<A D<C', more: { A: { work: bot }, B: { work: bot } }, jobs: 1 });
		const staged = plan.tasks.map((task) => ({ ...task, stage: 'ABCD'.indexOf(task.id) + 1 }));
		const rules = { ...plan.rules, barrier: 'layers' as const };
		const story = new Story({ ...plan, tasks: staged, rules, budgetUsd: 1 });
		ended(story.tell('ask e1 A B C D', 'claim e1 A 1'), { costUsd: 1 });
		expect(claim(story)).toBe('C');
	});

	test('a checkpoint keeps what was spent, what may be, and who cannot work', () => {
		const story = ended(begun(10), { costUsd: 10.5 });
		story.apply({ kind: 'budget-set', limitUsd: 12, by: 'Ada' });
		story.table.absent.add('ghost');
		const other = putAside(story.fold);
		expect(other.table?.spending).toEqual(story.table.spending);
		expect(other.table && budgetOf(other.table)).toMatchObject({
			spentUsd: 10.5,
			limitUsd: 12,
			isSpent: false,
		});
		expect([...(other.table?.absent ?? [])]).toEqual(['ghost']);
		expect(other.table?.tasks.get('A')?.attempts[0]?.costUsd).toBe(10.5);
	});

	test('what a person was asked about in between goes on without the budget being raised', () => {
		const story = begun(10, { approval: 'after' }).tell('claim e1 B 1');
		ended(ended(story, { costUsd: 1 }), { task: 'B', costUsd: 10 });
		expect(
			story.apply({ kind: 'task-answered', task: 'A', answer: 'approve', by: 'Ada', attempt: 1 }),
		).toBeNull();
		expect(story.statuses()['A']).toMatch(/ready|completed/);
		expect(asked(story)).toEqual([]);
	});
});

test('amounts are written so that small ones do not look like nothing', () => {
	const cases: readonly (readonly [number, string])[] = [
		[0, '$0.00'],
		[0.004, '$0.0040'],
		[0.05, '$0.05'],
		[12.3, '$12.30'],
	];
	for (const [usd, text] of cases) {
		expect(dollars(usd)).toBe(text);
	}
});
