import { spawnSync } from 'node:child_process';
import {
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CliResult } from '../support/engineWorkspace.ts';
import { EngineWorkspace, work } from '../support/engineWorkspace.ts';
import { waitFor } from '../support/waitFor.ts';

let ws: EngineWorkspace;
let outside: string;

beforeEach(() => {
	ws = new EngineWorkspace();
	outside = mkdtempSync(join(tmpdir(), 'switchyard-outside-'));
});

afterEach(() => {
	ws.dispose();
	rmSync(outside, { recursive: true, force: true });
});

/** A message for a person: no stack trace, no bare error of the system. */
function expectSentence({ err, out }: CliResult): void {
	expect(`${out}${err}`).not.toMatch(/\n\s+at |Error:|\[object|undefined/);
}

describe('what is no plan', () => {
	test('an empty folder, a path that is not there, a sprint, track or task that is not: exit 2 and what there is', async () => {
		for (const [args, message] of [
			[['run'], /There is no plan in .+\. A plan is a folder docs\/planning/],
			[['run', './nowhere'], /There is no \.\/nowhere\./],
			[['run', 'S9'], /There is no plan in .+\./],
			[['status'], /There is no plan/],
			[['stop'], /There is no plan/],
		] as const) {
			const result = await ws.cli(...args);
			expect([result.code, result.err]).toEqual([2, expect.stringMatching(message)]);
			expectSentence(result);
		}
		ws.plan([{ id: 'A' }]);
		for (const [args, message] of [
			[['run', 'S9'], /There is no sprint S9\. The plan has no sprints\./],
			[['run', '--task', 'B'], /There is no task B\. Tasks: A\./],
			[['run', '--track', '7'], /Track 7 has no tasks/],
			[['run', '--jobs', '0'], /--jobs takes a whole number from 1, not “0”/],
			[['run', '--task', 'A', '--from', 'A'], /Give one of/],
			[['run', 'one', 'two', 'three'], /one too many/],
			[['run', '--no-such-flag'], /unknown option/],
			[['stop'], /There is no run of this plan/],
		] as const) {
			const result = await ws.cli(...args);
			expect([result.code, result.err]).toEqual([2, expect.stringMatching(message)]);
			expectSentence(result);
		}
		expect(ws.exists('.switchyard')).toBe(false);
	});

	test('a plan with errors: exit 1, each with file, line and column, and nothing is started', async () => {
		ws.plan([
			{ id: 'A', dependencies: ['X'] },
			{ id: 'B', dependencies: ['C'] },
			{ id: 'C', dependencies: ['B'] },
		]);
		const result = await ws.cli('run');
		expect(result.code).toBe(1);
		expect(result.err).toMatch(/^demo\.plan\.yaml:3:\d+ error SY\d+ .*X/m);
		expect(result.err).toMatch(/^demo\.plan\.yaml:[45]:\d+ error SY\d+ .*B.*C/m);
		expect(result.err).toMatch(/errors in the plan: nothing was started/);
		expectSentence(result);
		expect([ws.log, ws.exists('.switchyard')]).toEqual([[], false]);
	});

	test('half a YAML file is an error with its place', async () => {
		ws.write('demo.plan.yaml', 'plan: {name: X}\ntasks:\n  - {id: A, name: a, run: [true\n');
		const result = await ws.cli('run');
		expect([result.code, result.err]).toEqual([
			1,
			expect.stringMatching(/^demo\.plan\.yaml:\d+:\d+ error SY/),
		]);
		expectSentence(result);
	});
});

describe('nothing leads out of the workspace', () => {
	test.each(['.work', '.switchyard', '.switchyard/runs', '.switchyard/state', 'docs/planning'])(
		'%s as a link to elsewhere is refused with a sentence',
		async (link) => {
			ws.plan([{ id: 'A' }]);
			if (link === 'docs/planning') {
				rmSync(join(ws.root, 'demo.plan.yaml'));
				mkdirSync(join(outside, 'tasks'));
				writeFileSync(join(outside, 'tasks/A.yaml'), 'id: A\nname: A\nrun: [touch, ran]\n');
			}
			mkdirSync(join(ws.root, link, '..'), { recursive: true });
			symlinkSync(outside, join(ws.root, link));
			const before = readdirSync(outside, { recursive: true });
			const result = await ws.cli('run');
			expect(`${result.out}${result.err}`).toMatch(/link|leaves|leads|outside|no plan/);
			expect(link === '.switchyard/state' ? 0 : result.code).toBe(result.code);
			expectSentence(result);
			expect(readdirSync(outside, { recursive: true })).toEqual(before);
		},
	);

	test('a file of ours that is a link to elsewhere is not written through', async () => {
		ws.plan([{ id: 'A' }]);
		expect((await ws.cli('run')).code).toBe(0);
		const [milestone = ''] = readdirSync(join(ws.root, '.work/milestones'));
		const folder = join(ws.root, '.work/milestones', milestone, 'unscheduled/implementation');
		const [task = ''] = readdirSync(folder);
		for (const file of [join(folder, task, 'EVIDENCE.md'), join(ws.root, '.switchyard/state/demo.yaml')]) {
			rmSync(file);
			writeFileSync(join(outside, 'precious'), 'mine');
			symlinkSync(join(outside, 'precious'), file);
		}
		ws.plan([{ id: 'A', run: work(0, 1) }, { id: 'B' }]);
		await ws.cli('run', '--new');
		expect(readFileSync(join(outside, 'precious'), 'utf8')).toBe('mine');
	});

	test('cwd and prompt files outside are refused; links inside the workspace that lead out too', async () => {
		writeFileSync(join(outside, 'secret.md'), 'secret prompt');
		symlinkSync(outside, join(ws.root, 'out'));
		const agents = { mine: { run: ['sh', '-c', 'cat > prompt.txt'] } };
		for (const task of [
			{ id: 'A', cwd: '../' },
			{ id: 'A', cwd: outside },
			{ id: 'A', cwd: 'out' },
			{ id: 'A', cwd: 'missing' },
			{ id: 'A', agent: 'mine', prompt: { file: `../${outside.split('/').at(-1)}/secret.md` } },
			{ id: 'A', agent: 'mine', prompt: { file: 'out/secret.md' } },
			{ id: 'A', agent: 'mine', prompt: { file: 'missing.md' } },
		]) {
			const result = await ws.plan([task], { agents }).cli('run', '--new');
			expect([result.code, `${result.out}${result.err}`]).toEqual([
				1,
				expect.stringMatching(/missing or leads outside|outside|inside/),
			]);
			expectSentence(result);
		}
		expect([ws.log, ws.exists('prompt.txt')]).toEqual([[], false]);
	});

	test('ids that look like paths stay below their folders', async () => {
		const paths = ['../../escape', 'a/b', '..', '.', 'C:x', 'a\\b'];
		const refused = await ws.plan(paths.map((id) => ({ id }))).cli('run');
		expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('demo.plan.yaml:3:')]);
		expectSentence(refused);
		const odd = ['ünï-ćode', 'a'.repeat(80), 'T-1.2'];
		const result = await ws.plan(odd.map((id) => ({ id }))).cli('run');
		expectSentence(result);
		expect([result.code, Object.values(await ws.statuses())]).toEqual([0, odd.map(() => 'completed')]);
		const [run = ''] = readdirSync(join(ws.root, '.switchyard/runs'));
		expect(readdirSync(join(ws.root, '.switchyard/runs', run)).sort()).toEqual([
			'attempts',
			'journal.jsonl',
			'plans',
		]);
	});
});

describe('places that cannot be used', () => {
	/** Mounts for one test, where this machine lets us. */
	const mounted: string[] = [];

	function mount(args: readonly string[], place: string): boolean {
		const done = spawnSync('mount', [...args, place]).status === 0;
		if (done) {
			mounted.push(place);
		} else {
			process.stderr.write(`\nLeft out: cannot mount here (${args.join(' ')})\n`);
		}
		return done;
	}

	afterEach(() => {
		for (const place of mounted.splice(0).reverse()) {
			spawnSync('umount', ['-l', place]);
		}
	});

	test('D7: a read-only workspace: exit 1 with what to do', async ({ skip }) => {
		const disk = join(ws.root, 'disk');
		mkdirSync(disk);
		skip(!mount(['-t', 'tmpfs', '-o', 'size=1m', 'none'], disk));
		writeFileSync(join(disk, 'demo.plan.yaml'), ws.planText([{ id: 'A' }]));
		expect(spawnSync('mount', ['-o', 'remount,ro', disk]).status).toBe(0);
		const result = await ws.cli('run', 'disk');
		expect([result.code, result.err]).toEqual([1, expect.stringContaining('read-only: make it writable')]);
		expectSentence(result);
	});

	test('D7: a disk that is full holds the engine up or ends it with what to do, and loses no finished task', async ({
		skip,
	}) => {
		const disk = join(ws.root, 'disk');
		mkdirSync(disk);
		skip(!mount(['-t', 'tmpfs', '-o', 'size=600k,nr_inodes=4096', 'none'], disk));
		const ids = Array.from({ length: 60 }, (_, index) => `T${String(index).padStart(2, '0')}`);
		const run = [
			'sh',
			'-c',
			'echo "end $SWITCHYARD_TASK 1 0" >> ../log; head -c 30000 /dev/zero | tr "\\\\0" x',
		];
		writeFileSync(
			join(disk, 'demo.plan.yaml'),
			ws.planText(ids.map((id) => ({ id, run, idempotent: true }))),
		);
		const engine = ws.start('run', 'disk');
		const over = engine.ended.then(() => true);
		await waitFor(
			'a word',
			() => engine.err.includes('is full') || Promise.race([over, Promise.resolve(false)]),
			50_000,
		);
		const before = ws.count('end');
		expect(Object.keys(before).length).toBeGreaterThan(3);
		expect(spawnSync('mount', ['-o', 'remount,size=64m', disk]).status).toBe(0);
		const full = await engine.ended;
		expect([0, 1]).toContain(full.code);
		expect(`${full.out}${full.err}`).toMatch(/is full|No space left|ended with exit|FAILED/);
		expectSentence(full);
		// What failed for want of space is a failure of its own, and gets a new try by a run that begins after it.
		const next = await ws.cli('run', 'disk');
		const after = next.code === 0 ? next : await ws.cli('run', 'disk');
		expect([after.code, after.out]).toEqual([0, expect.stringMatching(/60\/60 completed|[Nn]othing to do/)]);
		expect(Object.keys(ws.count('end')).sort()).toEqual(ids);
	});

	test('D7: a network file system is warned about, once, and the run goes on', async () => {
		ws.plan([{ id: 'A' }]);
		const on = (type: number) =>
			ws.startWith({ preload: 'network.cjs', env: { SY_FS_TYPE: String(type) } }, 'run', '--new').ended;
		// Numbers above 2^31 come as negative ones from some systems.
		for (const [type, name] of [
			[0x6969, 'NFS'],
			[0xfe534d42 - 2 ** 32, 'SMB'],
		] as const) {
			const { code, err } = await on(type);
			expect([code, err]).toEqual([
				0,
				`${ws.root} lies on a network file system (${name}), where lines that two machines append at once can be lost. Run this plan from one machine at a time, or from a folder on a disk of its own.\n`,
			]);
		}
		expect((await on(0xef53)).err).toBe('');
	});

	test('a run whose folder is removed while it goes on ends with a sentence, not in a loop', async () => {
		ws.plan([
			{ id: 'A', run: work(1) },
			{ id: 'B', dependencies: ['A'] },
		]);
		const run = ws.start('run');
		await ws.waitForLog('start', 'A');
		rmSync(join(ws.root, '.switchyard'), { recursive: true, force: true });
		const result = await run.ended;
		expect([result.code, result.err]).toEqual([1, expect.stringContaining('was removed')]);
		expectSentence(result);
		await waitFor('no task', () => ws.orphans.length === 0);
	});

	test('a journal that is replaced while it is followed ends the engine with a sentence', async () => {
		ws.plan([
			{ id: 'A', run: work(1) },
			{ id: 'B', dependencies: ['A'] },
		]);
		const run = ws.start('run');
		await ws.waitForLog('start', 'A');
		const [name = ''] = readdirSync(join(ws.root, '.switchyard/runs'));
		writeFileSync(join(ws.root, '.switchyard/runs', name, 'journal.jsonl'), '');
		const result = await run.ended;
		expect([result.code, result.err]).toEqual([1, expect.stringContaining('became shorter')]);
		expectSentence(result);
	});

	test('evidence that cannot be written ends the run with a sentence, and is written by the next', async () => {
		ws.plan([{ id: 'A' }]).write('.work', 'a file where a folder should be');
		const result = await ws.cli('run');
		expect([result.code, result.err]).toEqual([
			1,
			expect.stringContaining('A file stands where a folder should be'),
		]);
		expectSentence(result);
		rmSync(join(ws.root, '.work'));
		expect((await ws.cli('run')).code).toBe(0);
		expect([ws.exists('.work/milestones'), ws.count('start')]).toEqual([true, { A: 1 }]);
	});
});
