import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { EngineWorkspace, work } from '../support/engineWorkspace.ts';
import { waitFor } from '../support/waitFor.ts';

let ws: EngineWorkspace;

beforeEach(() => {
	ws = new EngineWorkspace();
});

afterEach(() => ws.dispose());

const chain = [{ id: 'A' }, { id: 'B', dependencies: ['A'] }, { id: 'C', dependencies: ['B'] }, { id: 'D' }];

const sprints = {
	tracks: { 1: { name: 'One' }, 2: { name: 'Two' } },
	sprints: [
		{ id: 'SPRINT-001-01', track: 1, sprint_number: 1, name: 's', tasks: ['A', 'B'] },
		{ id: 'SPRINT-002-01', track: 1, sprint_number: 2, name: 's', tasks: ['C'] },
		{ id: 'SPRINT-001-02', track: 2, sprint_number: 1, name: 's', tasks: ['D'] },
	],
};

describe('S5: what a command runs', () => {
	test('everything, in the order of the dependencies, each task once', async () => {
		const { code, out, err } = await ws.plan(chain).cli('run');
		expect([code, err]).toEqual([0, '']);
		expect(out).toContain('4/4 completed');
		expect(ws.count('start')).toEqual({ A: 1, B: 1, C: 1, D: 1 });
		const order = ws.log.filter(({ task }) => task !== 'D').map(({ kind, task }) => `${kind} ${task}`);
		expect(order).toEqual(['start A', 'end A', 'start B', 'end B', 'start C', 'end C']);
	});

	test.each([
		[['SPRINT-001-01'], ['A', 'B']],
		[['--track', '2'], ['D']],
		[
			['--track', '01'],
			['A', 'B', 'C'],
		],
		[['--task', 'D'], ['D']],
		[
			['SPRINT-002-01', '--with-deps'],
			['A', 'B', 'C'],
		],
		[
			['--from', 'A'],
			['A', 'B', 'C'],
		],
		[['all'], ['A', 'B', 'C', 'D']],
	] as const)('run %j runs %j and nothing else', async (args, expected) => {
		const { code } = await ws.plan(chain, sprints).cli('run', ...args);
		expect(code).toBe(0);
		expect(Object.keys(ws.count('end')).sort()).toEqual(expected);
	});

	test('a task with unmet predecessors ends with exit 3 and their names, and runs nothing', async () => {
		const { code, out } = await ws.plan(chain, sprints).cli('run', '--task', 'C');
		expect(code).toBe(3);
		expect(out).toContain(
			'needs you: C waits for B, A, which nobody asked for. Run with --with-deps to include them.',
		);
		expect(ws.log).toEqual([]);
	});

	test('--dry-run says what would run, with its exact commands, and runs nothing', async () => {
		const tasks = [
			{ id: 'A', run: ['sh', '-c', 'echo "x y"'], verify: [{ run: ['test', '-f', 'log'] }] },
			...chain.slice(1),
		];
		const { code, out } = await ws
			.plan(tasks)
			.cli('run', '--dry-run', '--task', 'B', '--with-deps', '--jobs', '2');
		expect(code).toBe(0);
		expect(out.split('\n')).toEqual([
			'Demo: B, 2 tasks, strategy dynamic, at most 2 at once',
			...['', 'A  Name of A', '  run     sh -c "echo \\"x y\\""', '  verify  test -f log'],
			...['', 'B  Name of B', '  after   A', '  run     sh work.sh 0.05 0', ''],
		]);
		expect(ws.exists('.switchyard')).toBe(false);
	});

	test('--json prints one status object on stdout and its progress on stderr', async () => {
		const tasks = [{ id: 'A' }, { id: 'B', run: work(0, 4) }, { id: 'C', dependencies: ['B'] }];
		const { code, out, err } = await ws.plan(tasks).cli('run', '--json');
		expect(code).toBe(1);
		expect(err).toContain('B  FAILED: sh work.sh 0 4 ended with exit 4.');
		expect(JSON.parse(out)).toMatchObject({
			run: expect.stringMatching(/^exec-\d{8}-demo$/),
			state: 'idle',
			tasks: {
				A: { status: 'completed', iteration: 1, tier: 'T1', validation: 'exit-code', reason: '' },
				B: { status: 'failed', iteration: 1, reason: 'sh work.sh 0 4 ended with exit 4.' },
				C: { status: 'blocked', iteration: 0, tier: null, reason: 'Blocked by B, which failed.' },
			},
			totals: { total: 3, completed: 1, failed: 1, blocked: 1, running: 0, waiting: 0 },
			problems: [],
		});
	});

	test('S4: --jobs and the plan limit how many run at once', async () => {
		const many = ['A', 'B', 'C', 'D', 'E', 'F'].map((id) => ({ id, run: work(0.15) }));
		for (const [args, limit] of [
			[['--jobs', '2'], 2],
			[[], 3],
			[['--jobs', '9'], 3],
		] as const) {
			ws.write('log', '');
			expect((await ws.plan(many).cli('run', '--new', ...args)).code).toBe(0);
			expect(mostAtOnce()).toBe(limit);
		}
	});
});

describe('T1–T4: how a task ends', () => {
	test('a failed task blocks what depends on it, the rest goes on, exit 1', async () => {
		const tasks = [{ id: 'A', run: work(0, 3) }, ...chain.slice(1)];
		const { code, out } = await ws.plan(tasks).cli('run');
		expect(code).toBe(1);
		expect(await ws.statuses()).toEqual({ A: 'failed', B: 'blocked', C: 'blocked', D: 'completed' });
		expect(out).toContain('C  blocked: Blocked by B → A, which failed.');
	});

	test('T2: retries add tries of the same command', async () => {
		const { code } = await ws.plan([{ id: 'A', retries: 2, run: work(0, 1) }]).cli('run');
		expect(code).toBe(1);
		expect(ws.log.filter(({ kind }) => kind === 'start').map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
		const flaky = 'test -f tried || { touch tried; exit 1; }';
		const again = await ws.plan([{ id: 'A', retries: 1, run: ['sh', '-c', flaky] }]).cli('run', '--new');
		expect(again.code).toBe(0);
		expect((await ws.table()).tasks.get('A')?.attempts.map(({ outcome }) => outcome)).toEqual([
			'failed',
			'ok',
		]);
	});

	test('verify decides, whatever the work’s own exit code claims', async () => {
		const verify = (line: string, more: object = {}) => ({ verify: [{ run: ['sh', '-c', line], ...more }] });
		const { code, out } = await ws
			.plan([
				{ id: 'GOOD', ...verify('test -f log') },
				{ id: 'BAD', ...verify('echo wrong; exit 2') },
				{ id: 'SEVEN', ...verify('exit 7', { expect: { exit: 7 } }) },
				{ id: 'NOT-SEVEN', ...verify('exit 0', { expect: { exit: 7 } }) },
				{ id: 'AFTER', dependencies: ['BAD'] },
			])
			.cli('run');
		expect(code).toBe(1);
		expect(await ws.statuses()).toEqual({
			...{ GOOD: 'completed', BAD: 'failed', SEVEN: 'completed', 'NOT-SEVEN': 'failed', AFTER: 'blocked' },
		});
		expect(out).toContain('BAD  FAILED: Check 1 failed: sh -c echo wrong; exit 2 ended with exit 2.');
		expect(out).toContain('NOT-SEVEN  FAILED: Check 1 failed: sh -c exit 0 ended with exit 0, expected 7.');
	});

	test('what it produces must be there, also when it ended well', async () => {
		const { code, out } = await ws
			.plan([
				{
					id: 'A',
					run: ['sh', '-c', 'mkdir -p out; echo x > out/a.txt'],
					produces: ['out/a.txt', 'out/*.txt'],
				},
				{ id: 'B', produces: ['out/missing.txt'] },
			])
			.cli('run');
		expect(code).toBe(1);
		expect(await ws.statuses()).toEqual({ A: 'completed', B: 'failed' });
		expect(out).toContain('B  FAILED: It ended well and did not produce out/missing.txt.');
	});

	test('the time is up: the whole tree is ended', async () => {
		const run = ['sh', '-c', 'sleep 300 & sleep 301'];
		const { code, out } = await ws.plan([{ id: 'A', run, timeout_minutes: 0.01 }]).cli('run');
		expect(code).toBe(1);
		expect(out).toContain(
			'A  FAILED: No end after 0.6 s: sh -c sleep 300 & sleep 301 was stopped. Raise timeout_minutes',
		);
		expect(ws.orphans).toEqual([]);
	});

	test('a program that is not there is said to be missing, one that cannot be executed too', async () => {
		ws.write('plain.txt', 'x');
		const { code, out } = await ws
			.plan([
				{ id: 'A', run: ['no-such-program'] },
				{ id: 'B', run: ['./plain.txt'] },
			])
			.cli('run');
		expect(code).toBe(1);
		expect(out).toContain(
			'A  FAILED: no-such-program was not found (exit 127). Is the program installed and in PATH?',
		);
		expect(out).toContain('B  FAILED: ./plain.txt cannot be executed (exit 126). Is the file executable?');
	});

	test('nothing a plan says is shell text, unless it asks for a shell', async () => {
		const script = 'require("fs").writeFileSync("args.json", JSON.stringify(process.argv.slice(1)))';
		const args = ['; touch pwned', '$(touch pwned)', '`touch pwned`', '"\'', 'a\nb'];
		const { code } = await ws
			.plan([
				{ id: 'A', run: ['node', '-e', script, '--', ...args] },
				{ id: 'B', run: 'echo $((6 * 7)) > shell.txt', shell: true },
			])
			.cli('run');
		expect(code).toBe(0);
		expect(JSON.parse(ws.read('args.json'))).toEqual(args);
		expect([ws.exists('pwned'), ws.read('shell.txt')]).toEqual([false, '42\n']);
	});
});

describe('D5: running again', () => {
	test('everything completed is nothing to do, exit 0; a failed task gets a fresh budget; --new starts over', async () => {
		const flaky = { id: 'A', run: ['sh', '-c', 'echo "start A 1 0" >> log; test -f fixed'] };
		ws.plan([flaky, { id: 'B', dependencies: ['A'] }, { id: 'C' }]);
		expect((await ws.cli('run')).code).toBe(1);
		ws.write('fixed', '');
		const second = await ws.cli('run');
		expect([second.code, second.out]).toEqual([0, expect.stringContaining('Joined exec-')]);
		expect(second.out).toContain('1 task completed before: skipped');
		expect(ws.count('start')).toEqual({ A: 2, B: 1, C: 1 });
		const third = await ws.cli('run');
		expect([third.code, third.out]).toEqual([0, expect.stringContaining('Nothing to do')]);
		const fresh = await ws.cli('run', '--new');
		expect([fresh.code, fresh.out]).toEqual([0, expect.stringMatching(/Started exec-\d{8}-demo-2/)]);
		expect(ws.count('start')).toEqual({ A: 3, B: 2, C: 2 });
	});

	test('--new is refused while an engine works on the open run', async () => {
		const waits = ['sh', '-c', 'sh work.sh 0 0; while test ! -f go; do sleep 0.05; done'];
		ws.plan([{ id: 'A', run: waits }, { id: 'B' }]);
		const first = ws.start('run');
		await ws.waitForLog('start', 'A');
		const refused = await ws.cli('run', '--new');
		ws.write('go', '');
		expect([refused.code, refused.err]).toEqual([
			1,
			expect.stringContaining('is still running. Stop it first'),
		]);
		expect((await first.ended).code).toBe(0);
		expect(ws.count('start')).toEqual({ A: 1, B: 1 });
	});

	test('a reader that goes away does not end the run', async () => {
		ws.plan([
			{ id: 'A', run: work(0.3) },
			{ id: 'B', dependencies: ['A'] },
		]);
		const run = ws.start('run');
		await waitFor('the first line', () => run.out !== '');
		run.stopReading();
		expect((await run.ended).code).toBe(0);
		expect(ws.count('end')).toEqual({ A: 1, B: 1 });
	});

	test('a second terminal joins the open run and shares its work', async () => {
		ws.plan(
			['A', 'B', 'C', 'D', 'E', 'F'].map((id) => ({ id, run: work(0.3) })),
			{ plan: { jobs: 2 } },
		);
		const first = ws.start('run');
		await ws.waitForLog('start', 'A');
		const [one, two] = await Promise.all([first.ended, ws.cli('run')]);
		expect([one.code, two.code]).toEqual([0, 0]);
		expect(two.out).toContain('Joined');
		expect(Object.values(ws.count('start'))).toEqual([1, 1, 1, 1, 1, 1]);
		expect(mostAtOnce()).toBe(2);
	});

	test('several that start at once make one run', async () => {
		ws.plan(['A', 'B', 'C'].map((id) => ({ id, run: work(0.1) })));
		const ended = await Promise.all([ws.cli('run'), ws.cli('run'), ws.cli('run')]);
		expect(ended.map(({ code }) => code)).toEqual([0, 0, 0]);
		expect(ws.count('start')).toEqual({ A: 1, B: 1, C: 1 });
		expect(readdirSync(join(ws.root, '.switchyard/runs'))).toHaveLength(1);
	});

	test('--resume takes up what was asked for, and nothing that a person stopped', async () => {
		ws.plan([{ id: 'A', run: work(20) }, { id: 'B', dependencies: ['A'] }, { id: 'C' }]);
		const first = ws.start('run', '--task', 'A');
		await ws.waitForLog('start', 'A');
		first.kill('SIGKILL');
		await first.ended;
		const resumed = ws.start('run', '--resume');
		await waitFor('joined', () => resumed.out.includes('Joined'));
		expect((await ws.cli('stop')).out).toBe('Stopped A.\n');
		expect((await resumed.ended).code).toBe(130);
		expect(ws.count('start')).toEqual({ A: 1 });
		expect((await ws.cli('run', '--resume')).code).toBe(0);
		expect(ws.count('start')).toEqual({ A: 1 });
	});
});

describe('T5: stopping', () => {
	test('Ctrl+C ends the processes, exit 130, and the task can be resumed', async () => {
		ws.plan([
			{ id: 'A', run: ['sh', '-c', 'echo "start A 0 0" >> log; test -f go || sleep 300 & wait'] },
			{ id: 'B', dependencies: ['A'] },
		]);
		const run = ws.start('run');
		await ws.waitForLog('start', 'A');
		run.kill('SIGINT');
		const { code, out } = await run.ended;
		expect(code).toBe(130);
		expect(out).toContain('A  stopped');
		expect(ws.orphans).toEqual([]);
		expect(await ws.statuses()).toEqual({ A: 'cancelled', B: 'pending' });
		ws.write('go', '');
		expect((await ws.cli('run')).code).toBe(0);
		expect((await ws.table()).tasks.get('A')?.attempts).toHaveLength(2);
	});

	test('a second Ctrl+C leaves at once; what runs goes on and is taken up again', async () => {
		ws.plan([{ id: 'A', run: ['sh', '-c', "trap '' TERM; sh work.sh 2"] }]);
		const run = ws.start('run');
		await ws.waitForLog('start', 'A');
		run.kill('SIGINT');
		await waitFor('stopping', () => run.out.includes('Stopping'));
		run.kill('SIGINT');
		expect((await run.ended).code).toBe(130);
	});

	test('SIGTERM and SIGHUP leave at once and take nothing along', async () => {
		for (const signal of ['SIGTERM', 'SIGHUP'] as const) {
			ws.write('log', '').plan([{ id: 'A', run: work(1.5) }]);
			const run = ws.start('run', '--new');
			await ws.waitForLog('start', 'A');
			run.kill(signal);
			expect((await run.ended).code).toBe(130);
			expect(ws.count('end')).toEqual({});
			const again = await ws.cli('run');
			expect([again.code, ws.count('start'), ws.count('end')]).toEqual([0, { A: 1 }, { A: 1 }]);
		}
	});

	test('`stop` of another terminal ends what runs, and the engine says so with exit 130', async () => {
		ws.plan([
			{ id: 'A', run: work(300) },
			{ id: 'B', run: work(0.1) },
			{ id: 'C', dependencies: ['A'] },
		]);
		const run = ws.start('run');
		await ws.waitForLog('start', 'A');
		await ws.waitForLog('end', 'B');
		const stopped = await ws.cli('stop');
		expect([stopped.code, stopped.out]).toEqual([0, 'Stopped A.\n']);
		expect((await run.ended).code).toBe(130);
		expect([ws.orphans, await ws.statuses()]).toEqual([[], { A: 'cancelled', B: 'completed', C: 'pending' }]);
		expect((await ws.cli('stop')).out).toBe('Nothing was running.\n');
	});

	test('`stop --task` ends that one alone; a task that does not exist is said', async () => {
		ws.plan([
			{ id: 'A', run: work(300) },
			{ id: 'B', run: work(1) },
		]);
		const run = ws.start('run');
		await ws.waitForLog('start', 'A');
		await ws.waitForLog('start', 'B');
		const wrong = await ws.cli('stop', '--task', 'X');
		expect([wrong.code, wrong.err]).toEqual([1, expect.stringContaining('has no task X.')]);
		expect((await ws.cli('stop', '--task', 'A')).out).toBe('Stopped A.\n');
		expect((await run.ended).code).toBe(130);
		expect(await ws.statuses()).toEqual({ A: 'cancelled', B: 'completed' });
	});

	test('stopped during its checks: resuming makes the checks again, and not the work', async () => {
		const slow = { run: ['sh', '-c', 'echo "check A 0 0" >> log; test -f go || sleep 300 & wait'] };
		ws.plan([{ id: 'A', verify: [{ run: ['sh', '-c', 'echo "first A 0 0" >> log'] }, slow] }]);
		const run = ws.start('run');
		await ws.waitForLog('check', 'A');
		run.kill('SIGINT');
		expect((await run.ended).code).toBe(130);
		expect(await ws.statuses()).toEqual({ A: 'cancelled' });
		ws.write('go', '');
		expect((await ws.cli('run')).code).toBe(0);
		expect(ws.log.map(({ kind }) => kind)).toEqual(['start', 'end', 'first', 'check', 'first', 'check']);
		expect(await ws.statuses()).toEqual({ A: 'completed' });
	});
});

/** The most tasks whose start and end lie around one moment. */
function mostAtOnce(): number {
	let running = 0;
	let most = 0;
	for (const { kind } of [...ws.log].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))) {
		running += kind === 'start' ? 1 : -1;
		most = Math.max(most, running);
	}
	return most;
}
