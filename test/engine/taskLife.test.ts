import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { dist, EngineWorkspace, work } from '../support/engineWorkspace.ts';
import { waitFor } from '../support/waitFor.ts';

let ws: EngineWorkspace;

beforeEach(() => {
	ws = new EngineWorkspace();
});

afterEach(() => ws.dispose());

/** An agent of a few lines of shell: notes what it was told, and does what its text says. */
function agent(name: string, script: string): { [name: string]: { run: string[] } } {
	ws.write(
		`${name}.sh`,
		`echo "${name} iteration=$SWITCHYARD_ITERATION tier=$SWITCHYARD_TIER step=$SWITCHYARD_STEP persona=$SWITCHYARD_PERSONA model=$SWITCHYARD_MODEL" >> told\n${script}\n`,
	);
	return { [name]: { run: ['sh', `${name}.sh`] } };
}

const told = () => ws.read('told').trim().split('\n');

describe('T2: iterations and tiers', () => {
	test('two iterations on T1, then T2 with its own agent and model; each is told what the last one left', async () => {
		const agents = {
			...agent(
				'small',
				'cat > "prompt-$SWITCHYARD_ITERATION"; cp "$SWITCHYARD_FINDINGS" "findings-$SWITCHYARD_ITERATION"; echo "try $SWITCHYARD_ITERATION" > tries',
			),
			...agent('large', 'cat > "prompt-$SWITCHYARD_ITERATION"; echo done > done.txt'),
		};
		const tiers = { T1: { agent: 'small', model: 'mini' }, T2: { agent: 'large', model: 'maxi' } };
		const verify = [{ run: ['sh', '-c', 'echo "not done: $(cat tries)"; test -f done.txt'] }];
		const { code, out } = await ws
			.plan([{ id: 'A', agent: 'small', prompt: 'Write done.txt', verify }], { agents, tiers })
			.cli('run');
		expect([code, out]).toEqual([0, expect.stringContaining('1/1 completed')]);
		expect(told()).toEqual([
			'small iteration=1 tier=T1 step= persona= model=mini',
			'small iteration=2 tier=T1 step= persona= model=mini',
			'large iteration=3 tier=T2 step= persona= model=maxi',
		]);
		expect(ws.exists('findings-1')).toBe(false);
		expect(ws.read('findings-2')).toContain('# Findings of iteration 1');
		expect(ws.read('findings-2')).toContain('not done: try 1');
		expect(ws.read('prompt-1')).not.toContain('Findings');
		expect(ws.read('prompt-3')).toMatch(/^Write done.txt\n\n# Findings of iteration 2/);
		expect(ws.read('.switchyard/state/demo.yaml')).toMatch(/tier_used: T2\n\s+iterations: 3/);
		const evidence = ws.read(`${(await ws.table()).tasks.get('A')?.evidence}/EVIDENCE.md`);
		expect(evidence).toContain('| Iterations | 3 (T1: 2, T2: 1) |');
		expect(evidence).toMatch(/\| Done by \| agent .?large.? \|/);
	});

	test('what looks like a secret in the output of a check is not told on', async () => {
		const agents = agent('small', 'cp "$SWITCHYARD_FINDINGS" found 2>/dev/null; echo x >> tries');
		const verify = [{ run: ['sh', '-c', 'echo "key $API_KEY"; test "$(wc -l < tries)" -gt 1'] }];
		const tasks = [{ id: 'A', agent: 'small', prompt: 'x', verify, env: { API_KEY: 'hunter2-secret' } }];
		expect((await ws.plan(tasks, { agents }).cli('run')).code).toBe(0);
		expect(ws.read('found')).toContain('[line redacted');
		expect(ws.read('found')).not.toContain('hunter2-secret');
	});

	test('T3: the same finding three times is stuck: it asks, and does not try a fourth time', async () => {
		const agents = agent('small', 'true');
		const verify = [{ run: ['sh', '-c', 'echo "at $(date +%H:%M:%S): nothing there"; exit 1'] }];
		const { code, out } = await ws
			.plan([{ id: 'A', agent: 'small', prompt: 'x', verify }], { agents })
			.cli('run');
		expect(code).toBe(3);
		expect(told()).toHaveLength(3);
		expect(out).toContain('needs you: Stuck: three iterations in a row ended with the same finding');
	});
});

describe('T3: what failed around the work', () => {
	test('an agent that is not there is tried three more times, later each time, and is no iteration', async () => {
		const agents = { ghost: { run: ['./not-there', '-p'] } };
		const plan = { defaults: { backoff_seconds: 0.01 } };
		const tasks = [
			{ id: 'A', agent: 'ghost', prompt: 'x' },
			{ id: 'B', run: work(0.05) },
		];
		const { code, out } = await ws.plan(tasks, { agents, plan }).cli('run');
		expect(code).toBe(1);
		expect(out).toContain('3 more tries ended in the same way.');
		const attempts = (await ws.table()).tasks.get('A')?.attempts ?? [];
		expect(attempts.map(({ outcome, iteration }) => [outcome, iteration])).toEqual(
			Array(4).fill(['infrastructure', 1]),
		);
		expect((await ws.statuses())['B']).toBe('completed');
	});

	test('a usage limit parks the task and gives its slot back; another agent goes on where one is named', async () => {
		const agents = {
			first: {
				...agent('first', 'echo "Usage limit reached. Try again in 2 hours"; exit 1')['first'],
				fallback: 'second',
			},
			...agent('second', 'true'),
		};
		const { code } = await ws
			.plan(
				[
					{ id: 'A', agent: 'first', prompt: 'x' },
					{ id: 'B', agent: 'first', prompt: 'x', dependencies: ['A'] },
				],
				{ agents },
			)
			.cli('run');
		expect(code).toBe(0);
		expect(told().map((line) => line.split(' ')[0])).toEqual(['first', 'second', 'second']);
	});

	test('a limit that ends soon is waited for, while other work goes on', async () => {
		const agents = agent(
			'first',
			'test -f late || { touch late; echo "429 rate limit, retry after 1s"; exit 1; }',
		);
		const tasks = [
			{ id: 'A', agent: 'first', prompt: 'x' },
			{ id: 'B', run: work(0.05) },
		];
		const { code } = await ws.plan(tasks, { agents, plan: { jobs: 1 } }).cli('run');
		expect(code).toBe(0);
		const attempts = (await ws.table()).tasks.get('A')?.attempts ?? [];
		expect(attempts.map(({ outcome, counts }) => [outcome, counts])).toEqual([
			['usage-limit', false],
			['ok', true],
		]);
	});

	test('what neither prints nor computes for its time is ended as stalled', async () => {
		const tasks = [{ id: 'A', run: ['sleep', '60'], stall_minutes: 0.01 }];
		const { code, out } = await ws.plan(tasks).cli('run');
		expect([code, out]).toEqual([
			1,
			expect.stringContaining('No output and no work of the processor for 0.6 s'),
		]);
		expect(ws.orphans).toEqual([]);
	});
});

describe('checks by reports and verdicts', () => {
	const junit = (tests: string) =>
		`<testsuites><testsuite name="s">${tests}</testsuite></testsuites>`.replaceAll('"', '\\"');

	test('figures come from the reports; a failure behind exit 0 and a missing report both fail', async () => {
		const good = junit('<testcase classname="c" name="a"/>');
		const bad = junit('<testcase classname="c" name="a"><failure message="1 is not 2"/></testcase>');
		const check = (text: string) => ({
			run: ['sh', '-c', `mkdir -p r; echo "${text}" > r/$SWITCHYARD_TASK.xml`],
			reports: { junit: 'r/*.xml' },
		});
		const tasks = [
			{ id: 'A', verify: [check(good)] },
			{ id: 'B', dependencies: ['A'], verify: [{ ...check(bad), reports: { junit: 'r/B.xml' } }] },
			{ id: 'C', verify: [{ run: ['true'], reports: { junit: 'nothing/*.xml' } }] },
		];
		expect((await ws.plan(tasks).cli('run')).code).toBe(1);
		const table = await ws.table();
		expect(table.tasks.get('A')?.attempts[0]?.checks[0]?.figures).toEqual({
			tests: { total: 1, passed: 1, failed: 0, skipped: 0 },
		});
		expect(table.tasks.get('B')?.reason).toContain('1 of 1 tests failed.');
		expect(table.tasks.get('B')?.attempts[0]?.checks[0]?.findings).toEqual([{ text: 'c a: 1 is not 2' }]);
		expect(table.tasks.get('C')?.reason).toContain(
			'It wrote no junit report: nothing matches nothing/*.xml.',
		);
	});

	test('a report that lay there before is not the check’s own', async () => {
		ws.write('r/old.xml', '<testsuite><testcase name="a"/></testsuite>');
		const tasks = [{ id: 'A', run: work(2), verify: [{ run: ['true'], reports: { junit: 'r/*.xml' } }] }];
		expect((await ws.plan(tasks).cli('run')).code).toBe(1);
		expect((await ws.table()).tasks.get('A')?.reason).toContain('older than the check');
	});

	test('with a baseline only failures that are new since the work began count', async () => {
		const old = '<testcase name="old"><failure message="x"/></testcase>';
		const fresh = '<testcase name="new"><failure message="y"/></testcase>';
		ws.write('old.xml', `<testsuite>${old}</testsuite>`);
		ws.write('new.xml', `<testsuite>${old}${fresh}</testsuite>`);
		const script = 'if test -f broken; then cat new.xml; else cat old.xml; fi > r.xml; exit 1';
		const verify = [{ run: ['sh', '-c', script], reports: { junit: 'r.xml' }, baseline: true }];
		const tasks = [
			{ id: 'A', run: ['true'], verify },
			{ id: 'B', run: ['touch', 'broken'], verify, dependencies: ['A'] },
		];
		expect((await ws.plan(tasks).cli('run')).code).toBe(1);
		const table = await ws.table();
		expect(table.tasks.get('A')?.status).toBe('completed');
		expect(table.tasks.get('A')?.attempts[0]?.checks[0]).toMatchObject({ exit: 1, known: ['old'] });
		expect(table.tasks.get('B')?.reason).toContain('1 of 2 tests failed; 1 failed before the task began.');
	});

	test('T7, G3: only the verdict file of a validator counts, in a place and a session of its own', async () => {
		const verdict = (word: string) =>
			JSON.stringify({
				verdict: word,
				criteria: [{ criterion: 'It works', verdict: word, finding: 'seen', gap: '' }],
			});
		const agents = {
			...agent(
				'worker',
				`echo "$SWITCHYARD_SESSION" >> sessions; mkdir -p "$SWITCHYARD_OUT/../check-1/out"; echo '${verdict('PASS')}' | tee "$SWITCHYARD_OUT/verdict.json" > "$SWITCHYARD_OUT/../check-1/out/verdict.json"`,
			),
			...agent(
				'judge',
				`echo "$SWITCHYARD_SESSION" >> sessions; test "$SWITCHYARD_ITERATION" = 1 && echo '${verdict('FAIL')}' > "$SWITCHYARD_OUT/verdict.json" || echo '${verdict('PASS')}' > "$SWITCHYARD_OUT/verdict.json"`,
			),
			...agent('silent', 'echo PASS'),
		};
		const tasks = [
			{
				id: 'A',
				agent: 'worker',
				prompt: 'x',
				acceptance_criteria: ['It works'],
				verify: [{ agent: 'judge', persona: 'pm' }],
			},
			{ id: 'B', agent: 'worker', prompt: 'x', verify: [{ agent: 'silent', criteria: ['It works'] }] },
		];
		expect((await ws.plan(tasks, { agents, plan: { jobs: 1 } }).cli('run')).code).toBe(1);
		const table = await ws.table();
		expect(table.tasks.get('A')).toMatchObject({ status: 'completed', validation: 'checks' });
		expect(table.tasks.get('A')?.attempts[0]?.checks[0]?.findings).toEqual([{ text: 'It works: seen' }]);
		expect(table.tasks.get('B')?.reason).toContain('did not judge: it left no verdict.json.');
		expect(told().filter((line) => line.startsWith('silent'))).toHaveLength(2);
		const sessions = ws.read('sessions').trim().split('\n');
		expect(sessions[0]).toBe(sessions[2]);
		expect(new Set(sessions.slice(0, 4)).size).toBe(3);
	});
});

test('S1 and T1: a gate at tasks that only advises is made, shown and told apart, and holds nothing up', async () => {
	const style = { name: 'style', run: ['sh', '-c', 'echo too green; exit 1'] };
	const gates = [{ name: 'style', at: 'task', checks: [style], advisory: true }];
	const tasks = [
		{ id: 'A', verify: [{ run: ['true'] }] },
		{ id: 'B', dependencies: ['A'] },
	];
	const { code, out } = await ws.plan(tasks, { gates }).cli('run');
	expect([code, out]).toEqual([0, expect.stringContaining('2/2 completed')]);
	const table = await ws.table();
	expect(table.tasks.get('A')?.validation).toBe('checks');
	expect(table.tasks.get('B')?.validation).toBe('exit-code');
	const folder = table.tasks.get('A')?.evidence ?? '';
	expect(ws.read(`${folder}/EVIDENCE.md`)).toContain('### Attempt 1: check 2, failed (advice)');
	expect(ws.read(`${folder}/EVIDENCE.md`)).toContain('style failed (advice): sh -c');
	expect((await ws.cli('run', '--dry-run')).out).toContain('exit 1" (advice)');
	// A strict run takes no advice: it demands.
	ws.plan(tasks, { gates, plan: { gate_level: 'strict' } });
	expect((await ws.cli('run', '--new')).code).toBe(1);
	expect((await ws.table()).tasks.get('A')?.reason).toContain('style failed: sh -c');
});

describe('steps inside a task', () => {
	test('a workflow by type runs in order; after a finding only who is responsible works again, and all checks are made', async () => {
		const agents = agent(
			'bot',
			'cat > /dev/null; echo "$SWITCHYARD_PERSONA" >> order; test "$SWITCHYARD_PERSONA" != api-developer || echo x >> code',
		);
		const verdict = (word: string, more: object) =>
			JSON.stringify({
				verdict: word,
				criteria: [{ criterion: 'Login works', verdict: word, finding: 'seen', ...more }],
			});
		Object.assign(
			agents,
			agent(
				'judge',
				`if test "$(wc -l < code)" -lt 2; then echo '${verdict('FAIL', { persona: 'api-developer' })}'; else echo '${verdict('PASS', {})}'; fi > "$SWITCHYARD_OUT/verdict.json"`,
			),
		);
		const workflows = {
			backend: [
				{ persona: 'api-designer', tier: 'T2', verify: [{ run: ['sh', '-c', 'echo design >> checked'] }] },
				{ persona: 'api-developer' },
				{ persona: 'test-writer' },
				{ persona: 'requirements-validator', agent: 'judge' },
			],
		};
		const tasks = [{ id: 'A', type: 'backend', agent: 'bot', acceptance_criteria: ['Login works'] }];
		const { code, out } = await ws.plan(tasks, { agents, workflows }).cli('run');
		expect([code, out]).toEqual([0, expect.stringContaining('1/1 completed')]);
		expect(ws.read('order').trim().split('\n')).toEqual([
			'api-designer',
			'api-developer',
			'test-writer',
			'api-developer',
		]);
		expect(ws.read('checked').trim().split('\n')).toEqual(['design', 'design']);
		expect(told()[0]).toBe('bot iteration=1 tier=T2 step=1 persona=api-designer model=');
		const evidence = ws.read(`${(await ws.table()).tasks.get('A')?.evidence}/EVIDENCE.md`);
		expect(evidence).toContain('### Attempt 2: step 1, api-designer: not done again');
		const shown = (attempt: number) => {
			const folder = (name: string) =>
				join(ws.root, '.switchyard', 'runs', name, 'attempts', 'A', String(attempt));
			const [run = ''] = readdirSync(join(ws.root, '.switchyard', 'runs'));
			const { stdout } = spawnSync(process.execPath, [join(dist, 'viewer.js'), folder(run)], {
				encoding: 'utf8',
			});
			return stdout.split('\n').map((line) => line.replace(/ \$ .*| · .*/g, ''));
		};
		expect(shown(1).filter((line) => /^(Step|✔|✘|Check)/.test(line))).toEqual([
			'Step 1 Name of A: api-designer',
			'Check 1 of step 1',
			'✔ passed',
			'Step 2 Name of A: api-developer',
			'Step 3 Name of A: test-writer',
			'Check 1 of 1',
			'✘ failed',
		]);
		expect(shown(2).filter((line) => /^(Step|✔|✘|Check)/.test(line))).toEqual([
			'Step 2 Name of A: api-developer',
			'Check 1 of step 1',
			'✔ passed',
			'Check 1 of 1',
			'✔ passed',
			'✔ completed',
		]);
	});
});

test('D2, D3: an engine that is killed in the middle of a chain loses no step and repeats none', async () => {
	const say = (text: string) => ({ run: ['sh', '-c', `echo ${text} >> order`] });
	const slow = {
		run: ['sh', '-c', 'echo two begins >> order; while test ! -f go; do sleep 0.05; done; echo two >> order'],
	};
	const verify = [{ run: ['sh', '-c', 'echo checked >> order'] }];
	ws.plan([{ id: 'A', steps: [{ ...say('one'), verify }, slow, say('three')], verify }]);
	const killed = ws.start('run');
	await waitFor('the second step', () => ws.exists('order') && ws.read('order').includes('two begins'));
	killed.kill('SIGKILL');
	await killed.ended;
	ws.write('go', '');
	expect((await ws.cli('run')).code).toBe(0);
	expect(ws.read('order').trim().split('\n')).toEqual([
		'one',
		'checked',
		'two begins',
		'two',
		'three',
		'checked',
	]);
	expect((await ws.table()).tasks.get('A')?.attempts).toHaveLength(1);
});

describe('S2: approvals', () => {
	test('before, in a check, and after: the run ends with 3 each time and goes on from where it stopped', async () => {
		const verify = [
			{ run: ['sh', '-c', 'echo x >> checks'] },
			{ approve: 'the layout' },
			{ run: ['sh', '-c', 'echo y >> checks'] },
		];
		const tasks = [{ id: 'A', approval: 'before', verify }, { id: 'B', dependencies: ['A'] }, { id: 'C' }];
		ws.plan(tasks);
		const first = await ws.cli('run');
		expect(first.code).toBe(3);
		expect(first.out).toContain('needs you: Waits for your approval before it begins: Name of A.');
		expect(ws.count('end')).toEqual({ C: 1 });
		expect((await ws.cli('approve', 'A')).code).toBe(0);
		const second = await ws.cli('run');
		expect([second.code, second.out]).toEqual([
			3,
			expect.stringContaining('needs you: Waits for your approval: the layout.'),
		]);
		expect(ws.count('end')).toEqual({ C: 1, A: 1 });
		expect((await ws.cli('status')).code).toBe(3);
		expect((await ws.cli('approve', 'A', '--reason', 'nice')).code).toBe(0);
		const third = await ws.cli('run');
		expect([third.code, third.out]).toEqual([0, expect.stringContaining('3/3 completed')]);
		expect(ws.read('checks')).toBe('x\ny\n');
		expect(ws.count('end')).toEqual({ C: 1, A: 1, B: 1 });
	});

	test('what is rejected gets the reason as its finding, and another iteration', async () => {
		const agents = agent('bot', 'cat > "prompt-$SWITCHYARD_ITERATION"');
		ws.plan([{ id: 'A', agent: 'bot', prompt: 'x', approval: 'after' }], { agents });
		expect((await ws.cli('run')).code).toBe(3);
		expect((await ws.cli('reject', 'A', '--reason', 'The button is green')).code).toBe(0);
		expect((await ws.cli('run')).code).toBe(3);
		expect(ws.read('prompt-2')).toContain('The button is green');
		expect((await ws.cli('approve', 'A')).code).toBe(0);
		expect((await ws.statuses())['A']).toBe('completed');
	});
});
