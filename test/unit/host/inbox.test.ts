import { describe, expect, it } from 'vitest';
import type { OpenNeed } from '../../../src/core/run/needs.ts';
import type { PlanQuestion } from '../../../src/core/run/planQuestions.ts';
import type { TaskSummary } from '../../../src/core/run/runState.ts';
import type { InboxRun } from '../../../src/host/needs/inbox.ts';
import { inboxOf } from '../../../src/host/needs/inbox.ts';
import type { PlanModel } from '../../../src/host/plans/planModel.ts';
import { planModel, summary, taskView } from './planViews.ts';

const shop = planModel({ key: 'shop', tasks: ['A', 'B', 'C'].map((id) => taskView(id)) });
const blog = planModel({ key: 'blog', tasks: [taskView('A')] });

function approval(task: string, since: number, part: Partial<OpenNeed> = {}): OpenNeed {
	return {
		...{ task, name: `Name of ${task}`, sentence: `Waits for your approval: ${task}.` },
		need: { kind: 'approval', attempt: 0, at: since, moment: 'before', what: 'the work may begin' },
		answers: ['approve', 'reject', 'skip'],
		...{ since, evidence: null },
		...part,
	};
}

function run(
	needs: readonly OpenNeed[],
	summaries: readonly TaskSummary[] = [],
	questions: readonly PlanQuestion[] = [],
): InboxRun {
	const failed = summaries.filter(({ status }) => status === 'failed').length;
	return { needs, questions, summaries, totals: { failed } };
}

function rows(plans: readonly PlanModel[], runs: Readonly<Record<string, InboxRun>>): string[] {
	return inboxOf(plans, ({ key }) => runs[key] ?? null).map(
		({ label, context, look, planName }) => `${planName} | ${label} | ${look.icon} | ${context}`,
	);
}

describe('the inbox of what needs a person', () => {
	it('lists the questions of all plans of the window, the oldest first, with their answers', () => {
		const runs = { shop: run([approval('B', 30), approval('C', 50)]), blog: run([approval('A', 40)]) };
		expect(rows([shop, blog], runs)).toEqual([
			'Plan shop | B Name of B | question | need approve reject skip',
			'Plan blog | A Name of A | question | need approve reject skip',
			'Plan shop | C Name of C | question | need approve reject skip',
		]);
	});

	it('names gates as people do, and offers no approval of one that did not pass', () => {
		const gate: OpenNeed = {
			...approval('S1:gate', 10, { name: 'Gate of S1', answers: ['retry', 'skip'], evidence: 'docs/x' }),
			need: { kind: 'gate-failed', cycle: 3 },
		};
		expect(rows([shop], { shop: run([gate]) })).toEqual([
			'Plan shop | Gate of S1 | shield | need retry skip evidence',
		]);
	});

	it('lists tasks that failed for good, once, and nothing that goes on by itself', () => {
		const tasks = [
			summary('A', { status: 'failed', reason: 'exit 1', endedAt: 20, evidence: 'docs/a' }),
			summary('B', { status: 'running' }),
			summary('C', { status: 'failed', needsPerson: true }),
		];
		const stuck: OpenNeed = {
			...approval('C', 10, { answers: ['retry', 'skip'] }),
			need: { kind: 'stuck', attempt: 3, at: 10, finding: 'x' },
		};
		expect(rows([shop], { shop: run([stuck], tasks) })).toEqual([
			'Plan shop | C Name of C | sync-ignored | need retry skip',
			'Plan shop | A Name of A | error | need retry skip evidence',
		]);
	});

	it('lists what a run asks about itself, each with what it opens, and tells what only goes on later', () => {
		const sentence = 'Why.';
		const found = ['One', 'Two'].map((title) => ({ id: title, task: 'A', title }));
		const asked: readonly PlanQuestion[] = [
			{ kind: 'replan', discoveries: found, sentence, since: 1 },
			{ kind: 'renamed', from: 'X', to: 'B', sentence, since: 2 },
			{ kind: 'removed', task: 'GONE', sentence, since: 3 },
			{ kind: 'usage-limit', agent: 'bot', until: 9, tasks: ['C'], sentence, since: 4 },
			{
				...{ kind: 'budget', spentUsd: 10.2, limitUsd: 10, unknown: 0, onceUsd: 20.2 },
				...{ tasks: ['D'], sentence, since: 5 },
			},
		];
		expect(rows([shop], { shop: run([], [], asked) })).toEqual([
			'Plan shop | One +1 | git-pull-request | question review',
			'Plan shop | X → B | arrow-swap | question renamed',
			'Plan shop | GONE | trash | question stop',
			'Plan shop | bot | clock | known',
			'Plan shop | $10.20 / $10.00 | credit-card | question known budget',
		]);
		const entries = inboxOf([shop], () => run([], [], asked));
		expect(entries.map(({ opens, isAsked, target }) => [opens, isAsked, target.task])).toEqual([
			['replan', true, undefined],
			['yaml', true, 'B'],
			['why', true, 'GONE'],
			['why', false, 'C'],
			['why', true, 'D'],
		]);
		expect(entries[1]?.rename).toEqual({ from: 'X', to: 'B' });
	});

	it('is empty where no plan has a run, and where a run asks nothing', () => {
		expect(rows([shop, blog], { blog: run([], [summary('A', { status: 'completed' })]) })).toEqual([]);
	});

	it('gives its rows names that stay, and targets that every command reads', () => {
		const [row] = inboxOf([shop], () => run([approval('A', 1)]));
		const [later] = inboxOf([shop], () => run([approval('A', 9, { sentence: 'Asked again.' })]));
		expect(row?.id).toBe(later?.id);
		expect(row?.target.task).toBe('A');
		expect(row?.id).toBe(`${row?.target.plan} A`);
	});
});
