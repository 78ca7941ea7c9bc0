import { expect, test } from 'vitest';
import { checkPlan } from '../../support/checkPlan.ts';

test('a misspelled field names the right one, a foreign one is only faded', () => {
	const { problems } = checkPlan(`
		tasks:
		  - id: A
		    dependancies: []
		    ^^^^^^^^^^^^ SY201 Did you mean \`dependencies\`
		    colour: red
		    ^^^^^^ SY200
		sprint: []
		^^^^^^ SY201 Did you mean \`sprints\`
	`);
	expect(problems[0]?.data).toEqual({ replacement: 'dependencies' });
});

test('the other names of fields are read, two names for one thing are pointed out', () => {
	const { plan } = checkPlan(`
		tasks:
		  - id: A
		    title: one
		    name: eins
		    ^^^^ SY211
		    task_type: backend
		    estimatedHours: 1.5
		    depends_on: []
		    acceptanceCriteria: it works
	`);
	expect(plan.tasks[0]).toMatchObject({
		name: 'one',
		type: 'backend',
		estimateMinutes: 90,
		acceptanceCriteria: ['it works'],
	});
});

test.each([
	['estimated_hours: 2', 120],
	['estimated_hours: "2"', 120],
	['estimated_minutes: 45', 45],
	['duration: 1h 30m', 90],
	['duration: 2 days', 960],
	['duration: 0.5', 30],
])('%s is %d minutes', (field, minutes) => {
	const { plan } = checkPlan(`tasks:\n  - id: A\n    ${field}\n`);
	expect(plan.tasks[0]?.estimateMinutes).toBe(minutes);
});

test('numbers that mean nothing are refused where they are', () => {
	checkPlan(`
		plan: {jobs: 0}
		             ^ SY207
		tasks:
		  - id: A
		    estimated_hours: -1
		                     ^^ SY207
		    timeout_minutes: soon
		                     ^^^^ SY207
		    retries: 1.5
		             ^^^ SY207
		    priority: sometimes
		              ^^^^^^^^^ SY208
		    idempotent: maybe
		                ^^^^^ SY202
		  - {id: B, estimated_hours: .inf}
		                             ^^^^ SY214
	`);
});

test('priorities of other tools are read', () => {
	const { plan } = checkPlan(
		'tasks: [{id: A, priority: high}, {id: B, priority: low}, {id: C, priority: 7}]',
	);
	expect(plan.tasks.map(({ priority }) => priority)).toEqual([1, -1, 7]);
});

test('a task without an id is shown at its first field', () => {
	checkPlan(`
		tasks:
		  - name: nobody
		    ^^^^ SY203
		    type: backend
		  - id:
		    ^^ SY203
		  - id: [A]
		        ^^^ SY202
		  - words
		    ^^^^^ SY202
	`);
});

test('an id that is a number keeps its text', () => {
	const { plan } = checkPlan(`
		tasks:
		  - id: 007
		        ^^^ SY204 Put it in quotes: "007"
		  - {id: "8", dependencies: [007]}
	`);
	expect(plan.tasks.map(({ id }) => id)).toEqual(['007', '8']);
});

test.each([
	'a/b',
	'a\\b',
	'..',
	'a..b',
	'a\u0007b',
	'a\nb',
	'a\u202Eb',
	'a:b',
	'a*b',
	'a|b',
	'"',
	'CON',
	'nul.txt',
	'a.',
	' a',
	'',
	' ',
	'-a',
	'all',
	'None',
	'x'.repeat(101),
])('the id %j cannot be used', (id) => {
	const { problems } = checkPlan(
		`tasks:\n  - id: ${JSON.stringify(id)}\n${' '.repeat(8)}${'^'.repeat(JSON.stringify(id).length)} SY205\n`,
	);
	expect(problems[0]?.message).toMatch(/^The id of a task .*\.$/);
});

test.each(['TASK-001', 'FEATURE-001-TASK-2', 'setup_db', 'Übung', 'a.b', 'x'.repeat(100), '日本'])(
	'the id %s is fine',
	(id) => {
		checkPlan(`tasks: [{id: ${id}}]`);
	},
);

test('a command line needs shell: true, and the repair comes along', () => {
	const { problems, plan } = checkPlan(`
		tasks:
		  - id: A
		    run: npm test
		         ^^^^^^^^ SY206 [npm, test]
		  - {id: B, run: 'echo $HOME'}
		                 ^^^^^^^^^^^^ SY206 or add \`shell: true\`
		  - {id: C, run: echo $HOME, shell: true}
		  - {id: D, run: [echo, 1, true]}
	`);
	expect(problems.map(({ data }) => data)).toEqual([
		{ line: 'npm test', separator: '\n    ', argv: ['npm', 'test'] },
		{ line: 'echo $HOME', separator: ', ' },
	]);
	expect(plan.tasks.slice(2).map(({ run }) => run)).toEqual([
		{ kind: 'shell', line: 'echo $HOME' },
		{ kind: 'argv', argv: ['echo', '1', 'true'] },
	]);
});

test('commands that name nothing', () => {
	checkPlan(`
		tasks:
		  - {id: A, run: []}
		                 ^^ SY210
		  - {id: B, run: ''}
		                 ^^ SY210
		  - {id: C, run: {npm: test}}
		                 ^^^^^^^^^^^ SY202
		  - {id: D, run: [npm, [test]]}
		                       ^^^^^^ SY202
		  - id: E
		    run:
		    ^^^ SY210
	`);
});

test('a check is made by a command, an agent or a person; what is none is said, so that nothing passes unseen', () => {
	const { plan } = checkPlan(`
		tasks:
		  - id: A
		    verify:
		      - run: [npm, test]
		        timeout_minutes: 5
		        expect: {exit: 2}
		      - {agent: shell, criteria: [good]}
		      - {approve: a person}
		      - {run: [npm, test], approve: a person}
		        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SY220 one judge
		      - {run: [npm, test], min_coverage: 80}
		                                         ^^ SY221 lcov
		      - {}
		        ^^ SY210
		      - npm test
		        ^^^^^^^^ SY202
		  - id: B
		    verify: [npm, test]
		            ^^^^^^^^^^^ SY202 [{run: [npm, test]}]
		  - id: C
		    verify: {run: ['true']}
		  - {id: D, verify: [{run: ['true'], expect: {exit: ok}}]}
		                                             ^^^^^^^^^^ SY202
	`);
	expect(plan.tasks.map(({ verify }) => verify.length)).toEqual([5, 0, 1, 1]);
	expect(plan.tasks[0]?.verify[0]).toMatchObject({
		command: { kind: 'argv', argv: ['npm', 'test'] },
		expectExit: 2,
		timeoutMinutes: 5,
	});
});

test('no path leads out of the root', () => {
	const { plan } = checkPlan(`
		plan: {evidence: ../out}
		                 ^^^^^^ SY209
		tasks:
		  - {id: A, cwd: ../other}
		                 ^^^^^^^^ SY209
		  - {id: B, cwd: /tmp}
		                 ^^^^ SY209
		  - {id: C, prompt: {file: a/../../b}}
		                           ^^^^^^^^^ SY209
		  - {id: D, produces: [ok.txt, 'C:\\x']}
		                      ^^^^^^^^^^^^^^^^ SY209
		  - {id: E, cwd: a/../b, prompt: {file: docs/e.md}}
	`);
	expect(plan.header.evidence).toBeUndefined();
	expect(plan.tasks.map(({ cwd }) => cwd)).toEqual([undefined, undefined, undefined, undefined, 'a/../b']);
	expect(plan.tasks[3]?.produces).toEqual(['ok.txt']);
	expect(plan.tasks[4]?.prompt).toEqual({ kind: 'file', path: 'docs/e.md' });
});

test('what is understood but not carried out yet is said', () => {
	checkPlan(`
		tasks:
		  - {id: A}
	`);
});

test('T2, S2: iterations, tiers, steps and approvals are read with their places', () => {
	const { plan } = checkPlan(`
		tiers: {T1: {agent: shell, model: small}, T3: {agent: shell}}
		                                          ^^ SY208 T1 and T2
		workflows: {backend: [{persona: api-designer, tier: T2}, {persona: requirements-validator}]}
		tasks:
		  - {id: A, approval: before, iterations: 2, tier: t2, model: m, stall_minutes: 4}
		  - {id: B, approval: sometimes, steps: [{persona: p, verify: [{approve: Ada}]}, 7]}
		                      ^^^^^^^^^ SY208
		                                                                                 ^ SY202
		  - {id: C, tier: T9, iterations: 0}
		                  ^^ SY208
		                                  ^ SY207
	`);
	expect(plan.tasks[0]).toMatchObject({
		approval: 'before',
		iterations: 2,
		tier: 'T2',
		model: 'm',
		stallMinutes: 4,
	});
	expect(plan.tasks[1]?.steps).toMatchObject([{ persona: 'p', verify: [{ kind: 'approval', what: 'Ada' }] }]);
	expect(plan.header.tiers?.T1).toMatchObject({ agent: { value: 'shell' }, model: 'small' });
	expect(plan.header.workflows?.get('backend')).toHaveLength(2);
});

test('environment variables are names with texts', () => {
	const { plan } = checkPlan(`
		tasks:
		  - {id: A, env: {PORT: 080, EMPTY: , ON: true}}
		  - {id: B, env: {'a=b': c, D: [e]}}
		                  ^^^^^ SY202
		                            ^ SY202
		  - {id: C, env: PORT=1}
		                 ^^^^^^ SY202
	`);
	expect(plan.tasks[0]?.env).toEqual({ PORT: '080', EMPTY: '', ON: 'true' });
});

test('who does what', () => {
	checkPlan(
		`
		agents:
		  reviewer: {run: [cat]}
		  broken: {model: x}
		  ^^^^^^ SY210
		tasks:
		  - {id: A, agent: reviewer}
		  - {id: B, agent: reviwer}
		                   ^^^^^^^ SY314 Did you mean \`reviewer\`
		  - {id: C, agent: shell}
		         ^ SY316
		  - {id: D}
		         ^ SY315
		  - {id: E, agent: mine}
		  - {id: F, agent: claude, prompt: text}
		  - {id: G, run: ['true']}
		  - {id: H, run: ['true'], agent: claude}
		                                  ^^^^^^ SY318
	`,
		{ ignore: [], agents: ['mine'] },
	);
});

test('a plan in which nobody does anything is one warning', () => {
	checkPlan(
		`
		tasks:
		  - {id: A}
		         ^ SY315 None of the 2 tasks
		  - {id: B}
	`,
		{ ignore: [] },
	);
});

test('a default agent does what nobody else does', () => {
	const { plan } = checkPlan(
		`
		plan: {name: P, strategy: hybird, defaults: {agent: claud}}
		                          ^^^^^^ SY208 Did you mean \`hybrid\`
		                                                    ^^^^^ SY314
		tasks: [{id: A}]
	`,
		{ ignore: [] },
	);
	expect(plan.header).toMatchObject({ name: 'P', defaultAgent: { value: 'claud' } });
});

test('wrong types are refused one by one', () => {
	checkPlan(
		`
		plan: [a]
		      ^^^ SY202
		agents: x
		        ^ SY202
		tracks: {one: Backend}
		         ^^^ SY202
		sprints:
		  - {id: S, track: many, tasks: [[A]]}
		                   ^^^^ SY202
		                                 ^^^ SY202
		tasks:
		  - id: A
		    name: [x]
		          ^^^ SY214
		    dependencies: {B: true}
		                  ^^^^^^^^^ SY202
		    acceptance_criteria: [fine, {text: good}, {odd: bad}]
		                                              ^^^^^^^^^^ SY214
	`,
		{ ignore: ['SY308', 'SY315'] },
	);
});

test('a plan without tasks says where they belong', () => {
	const { problems } = checkPlan('plan: {name: Empty}\n^ SY317');
	expect(problems[0]?.severity).toBe('hint');
});
