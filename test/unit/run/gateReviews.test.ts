import { describe, expect, test } from 'vitest';
import { openNeeds } from '../../../src/core/run/needs.ts';
import { nextClaim } from '../../../src/core/run/nextStep.ts';
import type { RunTask } from '../../../src/core/run/runPlan.ts';
import { built, done, expectState, judged, two } from './gateStory.ts';
import { gateStep, planOf, Story } from './story.ts';

describe('G2: a review for each language', () => {
	const python = { id: 'python', name: 'Python' };
	const go = { id: 'go', name: 'Go' };
	const agent = {
		kind: 'agent' as const,
		agent: 'bot',
		env: {},
		command: { kind: 'argv' as const, argv: ['bot'] },
	};
	const checks: RunTask['checks'] = [
		{
			...{ kind: 'agent', persona: 'code-reviewer', criteria: ['{language} is plain'], timeoutMinutes: 1 },
			work: { ...agent, prompt: { kind: 'text' as const, text: 'Is {language} plain?' } },
		},
		{ command: { kind: 'argv', argv: ['lint', '--{language}'] }, expectExit: 0, timeoutMinutes: 1 },
	];
	const story = () => {
		const words = planOf({ ...two, gates: [{ of: 'S1', validators: 'security' }] });
		const gates = words.gates?.map((gate) => ({
			...gate,
			validators: [gateStep('code-review', { checks, perLanguage: true as const }), ...gate.validators],
		}));
		return new Story({ ...words, ...(gates && { gates }) });
	};
	const found = (...languages: (typeof python)[]) =>
		({ kind: 'languages-found', engine: 'e1', gate: 'S1:gate', languages }) as const;

	test('waits until all that it judges is there and somebody has looked, and each language is one verdict', () => {
		const told = story();
		expect(told.apply(found(python))).toBe('no review of the gate waits for its languages');
		told.tell(...built, '! claim e1 S1:code-review 1 :: nobody has looked yet which languages there are');
		expect(nextClaim(told.table, 'e1', { agents: true })?.task).toBe('S1:security');
		expect(told.apply(found(python, go))).toBeNull();
		expectState(told, { ready: ['S1:code-review-python', 'S1:code-review-go', 'S1:security'] });
		const unit = told.table.tasks.get('S1:code-review-go')?.task;
		expect(unit).toMatchObject({
			env: { SWITCHYARD_LANGUAGE: 'go' },
			checks: [
				{
					criteria: ['Go is plain'],
					work: { prompt: { text: expect.stringMatching(/^Look at the Go of it:.*\n\nIs Go plain\?$/) } },
				},
				{ command: { argv: ['lint', '--go'] } },
			],
		});
		expect(told.apply(found(go))).toBe('no review of the gate waits for its languages');
		const both = (slot: string) => [...judged(slot, 'pass'), `check e1 ${slot} 1/1 pass`];
		told.tell(...both('S1:code-review-python'), ...both('S1:code-review-go'));
		expectState(told, { gates: { 'S1:gate': 'judging 1' } });
		told.tell(...judged('S1:security', 'fail'), 'cycle e1 S1:gate', ...done('TASK-FIX-S1-1-1'));
		// Every language is judged again after a repair, without another look.
		expectState(told, { ready: ['S1:code-review-python@2', 'S1:code-review-go@2', 'S1:security@2'] });
	});

	test('where no language is known there is one review of everything', () => {
		const told = story().tell(...built);
		expect(told.apply(found())).toBeNull();
		expectState(told, { ready: ['S1:code-review', 'S1:security'] });
		expect(told.table.tasks.get('S1:code-review')?.task.checks[1]).toMatchObject({
			command: { argv: ['lint', '--all'] },
		});
	});

	test('D6: a plan that is saved again keeps the languages', () => {
		const told = story().tell(...built);
		told.apply(found(python));
		const { plan } = told.table;
		expect(told.change({ ...plan })).toBeNull();
		expectState(told, { ready: ['S1:code-review-python', 'S1:security'] });
	});
});

describe('S2 and G1: a person who judges at a gate', () => {
	const approval = { kind: 'approval', what: 'the stories are told' } as const;
	const command = { command: { kind: 'argv', argv: ['true'] }, expectExit: 0, timeoutMinutes: 1 } as const;
	const plan = (checks: RunTask['checks']) => {
		const words = planOf({ ...two, gates: [{ of: 'S1', validators: 'security' }] });
		const gates = words.gates?.map((gate) => ({
			...gate,
			validators: [gateStep('pm', { checks }), ...gate.validators],
		}));
		return new Story({ ...words, ...(gates && { gates }) }).tell(...built, 'claim e1 S1:pm 1');
	};
	const answer = (story: Story, word: 'approve' | 'reject') =>
		story.apply({
			kind: 'task-answered',
			task: 'S1:pm',
			answer: word,
			by: 'Ada',
			attempt: 1,
			reason: 'No cart',
		});

	test('others judge meanwhile, the next sprint waits, and yes lets the gate pass', () => {
		const story = plan([approval]).tell(...judged('S1:security', 'pass'));
		expect(openNeeds(story.table)).toMatchObject([{ task: 'S1:pm', answers: ['approve', 'reject', 'skip'] }]);
		expectState(story, { gates: { 'S1:gate': 'blocked 1' }, status: { C: 'blocked' } });
		expect(story.table.active.size).toBe(0);
		expect(answer(story, 'approve')).toBeNull();
		expectState(story, { gates: { 'S1:gate': 'passed 1' }, ready: ['C'] });
	});

	test('no is a verdict like others: what is left to check is checked, and then it is repaired', () => {
		const story = plan([approval, command]);
		expect(answer(story, 'reject')).toBeNull();
		expectState(story, { status: { 'S1:pm': 'ready' } });
		story.tell('adopt e1 S1:pm 1 e1', 'check e1 S1:pm 1/1 pass', '! cycle e1 S1:gate');
		story.tell(...judged('S1:security', 'pass'), 'cycle e1 S1:gate');
		expectState(story, { ready: ['TASK-FIX-S1-1-1'], gates: { 'S1:gate': 'repairing 2' } });
		expect(story.table.tasks.get('TASK-FIX-S1-1-1')?.task.unit?.findings).toEqual([
			'pm: Rejected by Ada: No cart',
		]);
	});
});
