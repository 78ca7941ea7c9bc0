import { expect, test } from 'vitest';
import { composeCycle } from '../../../src/core/run/composeCycle.ts';
import type { AgentWork } from '../../../src/core/run/runPlan.ts';
import { asked, built, done, expectState, integrated, judged, two, validated } from './gateStory.ts';
import { planOf, Story } from './story.ts';

const agent = (name: string): AgentWork => ({
	kind: 'agent',
	agent: name,
	command: { kind: 'argv', argv: [name] },
	env: {},
	prompt: { kind: 'text', text: '' },
});

test('G1: a repair is one piece of work on T2, by who does the owner’s work there', () => {
	const more = { B: { work: agent('small'), t2: agent('large'), approval: 'after' as const } };
	const story = new Story(planOf({ ...two, more }));
	story.tell(asked, ...done('A'), ...done('B'), 'approve B', ...validated('fail'), 'cycle e1 S1:gate');
	story.tell('claim e1 TASK-FIX-S1-1-1 1');
	const repair = story.table.tasks.get('TASK-FIX-S1-1-1');
	expect(repair?.attempts).toMatchObject([{ tier: 'T2', agent: 'large' }]);
	expect(repair?.task).toMatchObject({ work: { agent: 'large' } });
	expect(repair?.task).not.toHaveProperty('approval');
});

test.each([
	['the task that a finding names', 'A is too slow', ['A']],
	['not one whose name only holds it', 'TASK-A-2 is too slow', ['B']],
	['else the one whose files it names', 'in src/a/cart.ts:12: no total', ['A']],
	['also where that is what it produces', 'dist/a.js is missing', ['A']],
	['else the last', 'it is too slow', ['B']],
])('G1: who repairs is %s', (_, printed, owners) => {
	const more = { A: { touches: ['src/a/**'], produces: ['dist/a.js'] }, B: { touches: ['src/b/**'] } };
	const story = new Story(planOf({ ...two, more })).tell(...built, ...validated('fail'));
	const cycle = composeCycle(story.table, 'S1:gate', { engine: 'e1', outputOf: () => printed });
	expect(cycle?.fixes.map(({ id, owner }) => [id, owner])).toEqual(
		owners.map((owner, index) => [`TASK-FIX-S1-1-${index + 1}`, owner]),
	);
});

test('G1: each owner gets one repair with all that was found about it; what only advises is repaired by nobody', () => {
	const gates = [{ of: 'S1', validators: 'pm security docs?' }];
	const story = new Story(planOf({ ...two, gates })).tell(...built);
	story.tell(...judged('S1:pm', 'fail'), ...judged('S1:security', 'fail'), ...judged('S1:docs', 'fail'));
	const outputs: Record<string, string> = {
		'S1:pm': 'A and more',
		'S1:security': 'see B',
		'S1:docs': 'see A',
	};
	const outputOf = (task: string) => outputs[task] ?? '';
	expect(composeCycle(story.table, 'S1:gate', { engine: 'e1', outputOf })?.fixes).toEqual([
		{
			id: 'TASK-FIX-S1-1-1',
			owner: 'A',
			findings: ['pm: Check of S1:pm failed. It printed: A and more'],
		},
		{
			id: 'TASK-FIX-S1-1-2',
			owner: 'B',
			findings: ['security: Check of S1:security failed. It printed: see B'],
		},
	]);
});

test('G1: validators of a sprint judge side by side, also where a track has one worker (S1)', () => {
	const story = new Story(planOf({ ...two, strategy: 'tracks', jobs: 9 }));
	story.tell(...built, ...integrated('S1:integration'), 'claim e1 S1:pm 1', 'claim e1 S1:security 1');
	expectState(story, { status: { 'S1:pm': 'checking', 'S1:security': 'checking' } });
});

test('G1: a verdict stands until its gate opens another cycle: neither a run nor a retry asks the validator again', () => {
	const story = new Story(planOf(two)).tell(...built, ...integrated('S1:integration'));
	story.tell(...judged('S1:pm', 'fail'), 'ask e1 A B S1:gate');
	expectState(story, { status: { 'S1:pm': 'failed' } });
	story.tell('! retry S1:pm :: S1:gate is what can be answered');
});

test('T3: a repair that ends with the same finding again and again asks nobody by itself: its gate does', () => {
	const more = { B: { work: agent('small'), maxAttempts: 5 } };
	const story = new Story(planOf({ ...two, more }));
	story.tell(asked, ...done('A'), ...done('B'), ...validated('fail'), 'cycle e1 S1:gate');
	for (const attempt of [1, 2, 3, 4]) {
		story.tell(`claim e1 TASK-FIX-S1-1-1 ${attempt}`, `end e1 TASK-FIX-S1-1-1 ${attempt} failed`);
		expectState(story, { status: { 'TASK-FIX-S1-1-1': 'ready' } });
	}
	story.tell('claim e1 TASK-FIX-S1-1-1 5', 'end e1 TASK-FIX-S1-1-1 5 failed');
	expectState(story, { status: { 'TASK-FIX-S1-1-1': 'failed' } });
	story.tell('cycle e1 S1:gate');
});

test('D5: a fresh budget is one of retries of the infrastructure as well (T3)', () => {
	const story = new Story(planOf({ tasks: 'A', more: { A: { work: agent('small') } } })).tell('ask e1 A');
	for (const attempt of [1, 2, 3, 4]) {
		story.tell(`claim e1 A ${attempt}`);
		const outcome = { outcome: 'infrastructure' as const, reason: 'No line.', exit: 1 };
		const when = attempt === 4 ? { final: true as const } : { retryAt: 0 };
		const times = { startedAt: 1, endedAt: 2, outputHash: '', outputBytes: 0 };
		const event = { kind: 'attempt-ended' as const, task: 'A', attempt, engine: 'e1', ...times };
		expect(story.apply({ ...event, ...outcome, ...when })).toBeNull();
	}
	expectState(story, { status: { A: 'failed' } });
	expect(story.table.tasks.get('A')?.infrastructure).toBe(3);
	story.tell('ask e1 A');
	expect(story.table.tasks.get('A')).toMatchObject({ status: 'ready', infrastructure: 0, notBefore: null });
});
