import { describe, expect, test } from 'vitest';
import type { RunEvent } from '../../../src/core/run/events.ts';
import type { PlanQuestion } from '../../../src/core/run/planQuestions.ts';
import { awaitsAnswer, planQuestions } from '../../../src/core/run/planQuestions.ts';
import type { AgentWork } from '../../../src/core/run/runPlan.ts';
import { planOf, Story } from './story.ts';

function questions(story: Story, options: { alive?: boolean; now?: number } = {}): PlanQuestion[] {
	return planQuestions(story.fold, { isEngineAlive: options.alive ?? true, now: options.now ?? 50_000 });
}

function kinds(story: Story, options: { alive?: boolean; now?: number } = {}): string[] {
	return questions(story, options).map(({ kind }) => kind);
}

function found(id: string, what: 'task' | 'note' = 'task'): RunEvent {
	return {
		...{ kind: 'discovery-noted', id, task: 'A', attempt: 1, via: 'report' },
		what:
			what === 'note'
				? { kind: 'note', text: `Note ${id}` }
				: { kind: 'task', title: `Title ${id}`, dependsOn: [], blocks: [] },
	};
}

function take(story: Story, ...events: readonly RunEvent[]): Story {
	for (const event of events) {
		expect(story.apply(event), event.kind).toBeNull();
	}
	return story;
}

describe('R3: a replan that waits for a person', () => {
	const begun = (replan: 'review' | 'auto' | 'off') => new Story({ ...planOf({ tasks: 'A' }), replan });

	test('is one question for everything that is open, and gone when it is decided', () => {
		const story = take(begun('review'), found('d1'), found('d2'), found('d3', 'note'));
		const [asked] = questions(story);
		expect(asked).toMatchObject({ kind: 'replan', since: 3_000 });
		expect(asked?.sentence).toBe('A found more to do: Title d1, Title d2, Note d3.');
		const process = { pid: 1, startTime: '1', boot: 'b', host: 'h' };
		take(
			story,
			{ kind: 'replan-claimed', claim: 'c', from: null, process },
			{ kind: 'replan-rejected', claim: 'c', discoveries: ['d1', 'd2'], reason: 'no', by: 'Kim' },
		);
		expect(questions(story)).toEqual([]);
	});

	test('a sentence alone changes no plan, and asks nobody; `replan: off` asks nobody either', () => {
		expect(questions(take(begun('review'), found('d1', 'note')))).toEqual([]);
		expect(questions(take(begun('off'), found('d1')))).toEqual([]);
	});

	test('with `replan: auto` a person is asked for what was left to them, or when nobody is there to decide', () => {
		const story = take(begun('auto'), found('d1'), found('d2'));
		expect(kinds(story)).toEqual([]);
		expect(kinds(story, { alive: false })).toEqual(['replan']);
		const left: RunEvent = { kind: 'replan-left', discoveries: ['d2'], reason: 'Five new tasks at once.' };
		take(story, left);
		expect(questions(story).map(({ sentence }) => sentence)).toEqual([
			'A found more to do: Title d2. Five new tasks at once.',
		]);
		expect(story.apply(left)).not.toBeNull();
		expect(story.apply({ ...left, discoveries: ['nobody'] })).not.toBeNull();
	});
});

describe('D6: a saved plan that cannot be taken yet', () => {
	const held = (running: readonly string[], renamed: readonly string[] = []): RunEvent => ({
		kind: 'plan-held',
		running,
		renamed: renamed.map((pair) => {
			const [from = '', to = ''] = pair.split('>');
			return { from, to };
		}),
	});

	test('asks about each removed task until it has ended', () => {
		const story = new Story(planOf({ tasks: 'A B' })).tell('ask e1 A B', 'claim e1 A 1', 'claim e1 B 1');
		take(story, held(['A', 'B']));
		expect(story.apply(held(['A', 'B']))).toBe('that is known');
		expect(questions(story)).toMatchObject([
			{ kind: 'removed', task: 'A' },
			{ kind: 'removed', task: 'B' },
		]);
		story.tell('end e1 A 1 ok');
		expect(questions(story)).toMatchObject([{ kind: 'removed', task: 'B' }]);
		take(story, held([]));
		expect(questions(story)).toEqual([]);
	});

	test('asks about a renamed task until a person has said what it is, or the plan is taken', () => {
		const done = () => new Story(planOf({ tasks: 'A' })).tell('ask e1 A', 'claim e1 A 1', 'end e1 A 1 ok');
		const answers: readonly RunEvent[] = [
			{ kind: 'task-renamed', from: 'A', to: 'A2', by: 'Ada' },
			{ kind: 'rename-refused', from: 'A', to: 'A2', by: 'Ada' },
		];
		for (const answer of answers) {
			const story = take(done(), held([], ['A>A2', 'A>A3']));
			expect(questions(story)).toMatchObject([
				{ kind: 'renamed', from: 'A', to: 'A2' },
				{ kind: 'renamed', from: 'A', to: 'A3' },
			]);
			take(story, answer);
			expect(questions(story)).toMatchObject([{ kind: 'renamed', from: 'A', to: 'A3' }]);
			expect(story.change(planOf({ tasks: 'A2 B' }))).toBeNull();
			expect(questions(story)).toEqual([]);
		}
	});
});

test('T3: tasks that wait for a usage limit are told with what to do, and nobody is awaited for them', () => {
	const bot = (agent: string, more: Partial<AgentWork> = {}): AgentWork => ({
		...{ kind: 'agent', agent, command: { kind: 'argv', argv: [agent] }, env: {} },
		...{ prompt: { kind: 'text', text: '' }, ...more },
	});
	const more = {
		A: { work: bot('small') },
		B: { work: bot('small') },
		C: { work: bot('small', { fallback: bot('large') }) },
	};
	const story = new Story(planOf({ tasks: 'A B C', more })).tell('ask e1 A B C', 'claim e1 A 1');
	take(story, {
		...{
			kind: 'attempt-ended',
			task: 'A',
			attempt: 1,
			engine: 'e1',
			outcome: 'usage-limit',
			retryAt: 90_000,
		},
		...{ exit: 1, reason: 'Limit.', startedAt: 1, endedAt: 2, outputHash: '', outputBytes: 0 },
	});
	const [asked] = questions(story);
	expect(asked).toMatchObject({ kind: 'usage-limit', agent: 'small', until: 90_000, tasks: ['A', 'B'] });
	expect(asked?.sentence).toContain('until 00:01:30 UTC');
	expect(asked?.sentence).toContain('name another agent as the `fallback` of small');
	expect(asked !== undefined && awaitsAnswer(asked)).toBe(false);
	expect(questions(story, { now: 90_000 })).toEqual([]);
});
