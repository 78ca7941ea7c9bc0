import { describe, expect, test } from 'vitest';
import { samplesOf } from '../../../src/core/history/historySample.ts';
import { nextClaim } from '../../../src/core/run/nextStep.ts';
import { reopeningsOf } from '../../../src/core/run/reopening.ts';
import type { AgentWork } from '../../../src/core/run/runPlan.ts';
import type { PlanWords } from './story.ts';
import { gateStep, planOf, Story } from './story.ts';

const agent: AgentWork = {
	kind: 'agent',
	agent: 'worker',
	command: { kind: 'argv', argv: ['worker'] },
	env: {},
	prompt: { kind: 'text', text: 'Do it.' },
};
const checked = { checks: gateStep('').checks };

/** A run of which everything named is completed, in order, each in its first attempt. */
function finished(words: PlanWords, ...tasks: readonly string[]): Story {
	const story = new Story(planOf({ ...words, jobs: 9 }));
	story.tell(`ask e1 ${tasks.join(' ')}`);
	for (const task of tasks) {
		story.tell(`claim e1 ${task} 1`, `end e1 ${task} 1 ok`);
		if ((words.more?.[task]?.checks ?? []).length > 0) {
			story.tell(`check e1 ${task} 1/0 pass`);
		}
	}
	return story;
}

describe('S5: --again does completed tasks anew', () => {
	test('they are to be done in their order, and what nobody asked about stays completed', () => {
		const story = finished({ tasks: 'A B<A C<B' }, 'A', 'B', 'C');
		story.tell('again e1 A/1 B/1');
		expect(story.statuses()).toEqual({ A: 'ready', B: 'pending', C: 'completed' });
		expect(story.table.completedCount).toBe(1);
		story.tell('! claim e1 B 2', 'claim e1 A 2', 'end e1 A 2 ok', 'claim e1 B 2', 'end e1 B 2 ok');
		expect(story.statuses()).toEqual({ A: 'completed', B: 'completed', C: 'completed' });
		expect(story.table.completedCount).toBe(3);
	});

	test('the work is done, not only checked, and with iterations and tiers from the beginning', () => {
		const story = finished({ tasks: 'A', more: { A: { work: agent, maxAttempts: 5 } } }, 'A');
		story.tell('again e1 A/1');
		expect(nextClaim(story.table, 'e1', { agents: true })).toEqual({
			task: 'A',
			attempt: 2,
			resumeChecks: false,
		});
		story.tell('! adopt e1 A 1 e1', 'claim e1 A 2', 'end e1 A 2 failed', 'claim e1 A 3');
		expect(story.table.tasks.get('A')?.attempts.map(({ iteration, tier }) => `${iteration} ${tier}`)).toEqual(
			['1 T1', '1 T1', '2 T1'],
		);
	});

	test('a sprint closes again behind a task that is done anew, and a gate judges once more (G1, G2)', () => {
		const words: PlanWords = {
			tasks: 'A B',
			sprints: { S1: 'A', S2: 'B' },
			gates: [{ of: 'S1', validators: 'tests' }],
		};
		const story = new Story(planOf(words)).tell('ask e1 A S1:gate', 'claim e1 A 1', 'end e1 A 1 ok');
		story.tell('claim e1 S1:tests 1', 'check e1 S1:tests 1/0 pass', 'ask e1 B');
		expect(story.statuses()).toMatchObject({ 'S1:gate': 'completed', B: 'ready' });
		story.tell('again e1 A/1');
		expect(story.statuses()).toMatchObject({ A: 'ready', 'S1:gate': 'pending', B: 'pending' });
		story.tell('claim e1 A 2', 'end e1 A 2 ok', 'cycle e1 S1:gate');
		story.tell('claim e1 S1:tests@2 1', 'check e1 S1:tests@2 1/0 pass');
		expect(story.statuses()).toMatchObject({ 'S1:gate': 'completed', B: 'ready' });
	});

	test('it holds only for what stands as the person saw it: another engine may have been quicker', () => {
		const story = finished({ tasks: 'A B' }, 'A', 'B');
		story.tell('engine e2', 'again e2 A/1', 'claim e2 A 2', 'end e2 A 2 ok');
		story.tell('again e1 A/1 B/7');
		expect(story.statuses()).toEqual({ A: 'completed', B: 'completed' });
		story.tell('bye e2', '! again e2 A/2');
		expect(story.statuses()).toMatchObject({ A: 'completed' });
	});

	test('what could be meant: the completed tasks of the scope, and a skipped one only where it is named', () => {
		const story = finished({ tasks: 'A B C' }, 'A').tell('skip B');
		const meant = (explicit: boolean) =>
			reopeningsOf(story.table, ['A', 'B', 'C'], { what: 'work', explicit }).map(({ task }) => task);
		expect([meant(false), meant(true)]).toEqual([['A'], ['A', 'B']]);
	});

	test('a result that was done anew is no sample of how long such a task takes', () => {
		const story = finished({ tasks: 'A' }, 'A').tell('again e1 A/1', 'claim e1 A 2', 'end e1 A 2 ok');
		expect(samplesOf(story.table.planTasks(), 'r').map(({ minutes }) => minutes * 60_000)).toEqual([10]);
	});
});

describe('FORMATS 2.1: --recheck runs the checks of what a state file says is completed', () => {
	const words: PlanWords = { tasks: 'A B C<A', more: { A: checked } };

	test('the checks, and not the work; then it is verified', () => {
		const story = new Story(planOf(words)).tell('import A', 'ask e1 A C', 'recheck e1 A/0');
		expect(story.statuses()).toMatchObject({ A: 'ready', C: 'pending' });
		expect(nextClaim(story.table, 'e1', { agents: true })).toEqual({
			task: 'A',
			attempt: 1,
			resumeChecks: true,
		});
		story.tell('adopt e1 A 1');
		expect(story.statuses()).toMatchObject({ A: 'checking' });
		story.tell('check e1 A 1/0 pass');
		expect(story.table.tasks.get('A')).toMatchObject({ status: 'completed', validation: 'checks' });
		expect(story.statuses()).toMatchObject({ C: 'ready' });
		expect(samplesOf(story.table.planTasks(), 'r')).toEqual([]);
	});

	test('a bad verdict fails it, and the work is done only when a person asks for it', () => {
		const more = { A: { ...checked, work: agent, maxAttempts: 5 } };
		const story = new Story(planOf({ ...words, more })).tell('import A', 'ask e1 C', 'recheck e1 A/0');
		story.tell('adopt e1 A 1', 'check e1 A 1/0 fail');
		expect(story.statuses()).toMatchObject({ A: 'failed', C: 'blocked' });
		story.tell('ask e1 A', 'claim e1 A 2', 'end e1 A 2 ok', 'check e1 A 2/0 pass');
		expect(story.statuses()).toMatchObject({ A: 'completed', C: 'ready' });
	});

	test('steps are not done, their checks are made', () => {
		const step = { ...checked, name: 'one', persona: '', work: agent, timeoutMinutes: 1 };
		const steps = [{ ...step, touches: [], produces: [] }];
		const story = new Story(planOf({ ...words, more: { A: { ...checked, steps } } }));
		story.tell('import A', 'recheck e1 A/0', 'adopt e1 A 1');
		expect(nextClaim(story.table, 'e1', { agents: true })).toBeNull();
		expect(story.table.tasks.get('A')).toMatchObject({
			status: 'running',
			attempts: [{ steps: [{ redo: false, checks: [] }] }],
		});
	});

	test('one that this run has completed itself is judged again only where it is named', () => {
		const story = finished(words, 'A', 'B', 'C').tell('recheck e1 A/1', 'adopt e1 A 1 e1');
		expect(story.table.tasks.get('A')).toMatchObject({ status: 'checking', attempts: [{ checks: [] }] });
		story.tell('check e1 A 1/0 pass');
		const meant = (explicit: boolean) =>
			reopeningsOf(story.table, ['A', 'B'], { what: 'checks', explicit }).map(({ task }) => task);
		expect([meant(false), meant(true)]).toEqual([[], ['A']]);
	});
});
