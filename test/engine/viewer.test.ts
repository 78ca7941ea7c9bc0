import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { spawn } from 'node:child_process';
import {
	appendFileSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { RunEvent } from '../../src/core/run/events.ts';
import { jobFolder, journalFile } from '../../src/engine/files/runPaths.ts';
import { JournalWriter } from '../../src/engine/journal/journalWriter.ts';
import { ownIdentity } from '../../src/engine/processes/processIdentity.ts';
import type { JobSpec } from '../../src/protocol/runnerFiles.ts';

const task = 'TASK/1';
const at = Date.UTC(2025, 9, 31, 10);
let bundles = '';
let run = '';
let work = '';
let journal: JournalWriter;
const viewers: Viewer[] = [];

beforeAll(async () => {
	bundles = mkdtempSync(join(tmpdir(), 'switchyard-viewer-'));
	await build({
		entryPoints: { viewer: 'src/engine/viewer/main.ts' },
		bundle: true,
		platform: 'node',
		format: 'cjs',
		target: 'node20',
		mainFields: ['module', 'main'],
		outdir: bundles,
		logLevel: 'error',
	});
});

afterAll(() => rmSync(bundles, { recursive: true, force: true }));

beforeEach(() => {
	run = mkdtempSync(join(tmpdir(), 'switchyard-run-'));
	work = jobFolder(run, task, 1);
	mkdirSync(work, { recursive: true });
	journal = new JournalWriter({
		file: journalFile(run),
		clock: { now: () => at },
		writerName: () => 'test',
	});
});

afterEach(async () => {
	for (const viewer of viewers.splice(0)) {
		await viewer.kill('SIGKILL');
	}
	await journal.close();
	rmSync(run, { recursive: true, force: true });
});

/** A viewer process, with everything it has printed. */
class Viewer {
	readonly #child: ChildProcessWithoutNullStreams;
	readonly ended: Promise<{ code: number | null; signal: string | null }>;
	text = '';

	constructor(env: Record<string, string> = {}) {
		this.#child = spawn(process.execPath, [join(bundles, 'viewer.js'), work], {
			env: { PATH: process.env['PATH'], ...env },
		});
		this.#child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
			this.text += chunk;
		});
		this.#child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
			this.text += chunk;
		});
		this.ended = new Promise((resolve) => {
			this.#child.on('close', (code, signal) => resolve({ code, signal }));
		});
		viewers.push(this);
	}

	shows(part: string): Promise<void> {
		return vi.waitFor(() => expect(this.text).toContain(part), { timeout: 20_000, interval: 20 });
	}

	interrupt(): void {
		this.#child.kill('SIGINT');
	}

	kill(signal: NodeJS.Signals): Promise<unknown> {
		this.#child.kill(signal);
		return this.ended;
	}
}

function writeSpec(folder: string, more: Partial<JobSpec> = {}): void {
	mkdirSync(folder, { recursive: true });
	const spec: JobSpec = {
		schema: 1,
		run: 'exec-20251031-shop',
		task,
		attempt: 1,
		job: 'work',
		title: 'Database schema',
		argv: ['node', 'build.mjs', 'two words'],
		cwd: join(run, 'api'),
		env: { SWITCHYARD_ROOT: run },
		stdin: null,
		runner: 'light',
		timeoutMs: 60_000,
		checks: 1,
		...more,
	};
	// In one step, as the engine does it: a viewer that is there already must not read half of it.
	writeFileSync(join(folder, 'spec.new'), JSON.stringify(spec));
	renameSync(join(folder, 'spec.new'), join(folder, 'spec.json'));
}

const isBegun = (folder: string) => writeFileSync(join(folder, 'start'), '4711 1 boot\n');
const print = (folder: string, output: string | Buffer) => appendFileSync(join(folder, 'output.log'), output);

const claimed: readonly RunEvent[] = [
	{ kind: 'engine-started', engine: 'e1', process: ownIdentity(), face: 'terminal', jobs: null },
	{ kind: 'task-claimed', task, attempt: 1, engine: 'e1' },
];

const common = { task, attempt: 1, engine: 'e1', startedAt: at, outputHash: '', outputBytes: 0 } as const;

function workEnded(outcome: 'ok' | 'failed' | 'cancelled', exit: number | null, reason = ''): RunEvent {
	return { kind: 'attempt-ended', ...common, outcome, exit, reason, endedAt: at + 3_200 };
}

function checkEnded(check: number, passed: boolean, reason = ''): RunEvent {
	const exit = passed ? 0 : 1;
	return { kind: 'check-ended', ...common, check, passed, exit, reason, endedAt: at + 4_000 };
}

describe('the viewer of an attempt', () => {
	test('shows work and checks as they come, and ends with the verdict of the journal', async () => {
		await journal.append(claimed);
		writeSpec(work, { checks: 2 });
		isBegun(work);
		const viewer = new Viewer();
		await viewer.shows("$ node build.mjs 'two words'");
		print(work, 'first line\n');
		await viewer.shows('first line\n');
		// A character that arrives in two pieces stays one.
		const train = Buffer.from('🚂');
		print(work, train.subarray(0, 2));
		print(work, Buffer.concat([train.subarray(2), Buffer.from(' last words without a line end')]));
		await viewer.shows('🚂 last words');
		await journal.append([workEnded('ok', 0)]);
		const first = join(work, 'check-1');
		writeSpec(first, { job: 'check-1', argv: ['node', 'check.mjs'] });
		print(first, 'looks good\n');
		await viewer.shows('looks good');
		await journal.append([checkEnded(0, true)]);
		writeSpec(join(work, 'check-2'), { job: 'check-2', argv: ['node', '--test'] });
		await viewer.shows('Check 2 of 2 $ node --test');
		await journal.append([checkEnded(1, true)]);
		expect(await viewer.ended).toEqual({ code: 0, signal: null });
		expect(viewer.text).toBe(
			[
				'TASK/1 Database schema',
				"$ node build.mjs 'two words'",
				'in api',
				'',
				'first line',
				'🚂 last words without a line end',
				'',
				'Check 1 of 2 $ node check.mjs',
				'looks good',
				'✔ passed · exit 0 · 4.0 s',
				'',
				'Check 2 of 2 $ node --test',
				'✔ passed · exit 0 · 4.0 s',
				'',
				'✔ completed · exit 0 · 4.0 s',
				'',
			].join('\n'),
		);
	});

	const stepEnded = (step: number): RunEvent => ({ ...workEnded('ok', 0), step }) as RunEvent;
	const stepCheck = (step: number, check: number, passed = true): RunEvent =>
		({ ...checkEnded(check, passed, passed ? '' : 'No tests.'), step }) as RunEvent;

	test('shows the checks of each step of a chain as they come, with what they print', async () => {
		await journal.append(claimed);
		const place = (name: string) => join(work, name);
		const chain = { steps: [1, 2], stepChecks: 2, checks: 1 };
		writeSpec(place('step-1'), { ...chain, job: 'step-1', argv: ['design'] });
		isBegun(place('step-1'));
		print(place('step-1'), 'designed\n');
		const viewer = new Viewer();
		await viewer.shows('designed');
		await journal.append([stepEnded(0)]);
		writeSpec(place('step-1/check-1'), { job: 'step-1/check-1', argv: ['review'] });
		print(place('step-1/check-1'), 'reading the design\n');
		await viewer.shows('Check 1 of step 1 $ review\nreading the design\n');
		await journal.append([stepCheck(0, 0)]);
		writeSpec(place('step-2'), { ...chain, job: 'step-2', argv: ['develop'] });
		print(place('step-2'), 'developed\n');
		await viewer.shows('developed');
		await journal.append([stepEnded(1)]);
		// The work is over, and a check of its last step is not: that is no verdict yet.
		writeSpec(place('step-2/check-1'), { job: 'step-2/check-1', argv: ['lint'] });
		await viewer.shows('Check 1 of step 2 $ lint');
		await journal.append([stepCheck(1, 0)]);
		writeSpec(place('check-1'), { job: 'check-1', argv: ['test'] });
		print(place('check-1'), 'all good\n');
		await viewer.shows('Check 1 of 1 $ test\nall good\n');
		await journal.append([checkEnded(0, true)]);
		expect((await viewer.ended).code).toBe(0);
		const late = new Viewer();
		await late.ended;
		expect(late.text).toBe(viewer.text);
	});

	test('ends with the verdict where a check of a step fails, and shows what it printed', async () => {
		await journal.append([...claimed, stepEnded(0), stepCheck(0, 0, false)]);
		writeSpec(join(work, 'step-1'), { steps: [1, 2], stepChecks: 2, checks: 0, argv: ['design'] });
		writeSpec(join(work, 'step-1/check-1'), { argv: ['review'] });
		print(join(work, 'step-1/check-1'), 'nothing to read\n');
		const viewer = new Viewer();
		expect((await viewer.ended).code).toBe(1);
		expect(viewer.text).toContain('Check 1 of step 1 $ review\nnothing to read\n✘ No tests.\n');
		expect(viewer.text.trimEnd().split('\n').at(-1)).toBe('✘ failed · No tests.');
	});

	test('shows what those who judge at a gate print, where nothing else is done', async () => {
		await journal.append(claimed);
		const viewer = new Viewer();
		writeSpec(join(work, 'check-1'), { job: 'check-1', title: 'Security audit', argv: ['audit'], checks: 1 });
		print(join(work, 'check-1'), 'looking for holes\n');
		await viewer.shows('TASK/1 Security audit\nin api\n\n\nCheck 1 of 1 $ audit\nlooking for holes\n');
		await journal.append([checkEnded(0, false, 'Two holes.')]);
		expect((await viewer.ended).code).toBe(1);
		expect(viewer.text.trimEnd().split('\n').at(-1)).toBe('✘ failed · 4.0 s · Two holes.');
	});

	test('a check that is made again is shown from its beginning', async () => {
		await journal.append([...claimed, workEnded('ok', 0)]);
		writeSpec(work, { checks: 1 });
		isBegun(work);
		const check = join(work, 'check-1');
		writeSpec(check, { argv: ['test'] });
		print(check, 'a long first try, cut off\n');
		const viewer = new Viewer();
		await viewer.shows('cut off');
		renameSync(check, `${check}.round-1`);
		writeSpec(check, { argv: ['test'] });
		print(check, 'again\n');
		await viewer.shows('again\n');
		await journal.append([checkEnded(0, true)]);
		expect((await viewer.ended).code).toBe(0);
	});

	const endings: readonly (readonly [name: string, Partial<JobSpec>, RunEvent[], string, number])[] = [
		[
			'failed work',
			{},
			[workEnded('failed', 3, 'It ended with exit 3.')],
			'✘ failed · exit 3 · 3.2 s · It ended with exit 3.',
			1,
		],
		[
			'stopped work',
			{},
			[workEnded('cancelled', null, 'Stopped by a person.')],
			'◼ stopped · 3.2 s · Stopped by a person.',
			1,
		],
		[
			'a failed check',
			{},
			[workEnded('ok', 0), checkEnded(0, false, 'Check 1 failed.')],
			'✘ failed · 4.0 s · Check 1 failed.',
			1,
		],
		['a shell task without checks', { checks: 0 }, [workEnded('ok', 0)], '✔ completed · exit 0 · 3.2 s', 0],
		[
			'an agent without checks',
			{ checks: 0, stdin: 'prompt.md' },
			[workEnded('ok', 0)],
			'✔ ended, not verified: no check is declared · exit 0 · 3.2 s',
			0,
		],
	];
	test.each(endings)(
		'opened after the end of %s, it says how that ended',
		async (_, spec, events, line, code) => {
			writeSpec(work, spec);
			isBegun(work);
			await journal.append([...claimed, ...events]);
			const viewer = new Viewer();
			expect(await viewer.ended).toEqual({ code, signal: null });
			expect(viewer.text.trimEnd().split('\n').at(-1)).toBe(line);
		},
	);

	test('an attempt that never came to work has its reason too', async () => {
		const viewer = new Viewer();
		await journal.append([...claimed, workEnded('failed', null, 'The folder api (cwd) is missing.')]);
		expect((await viewer.ended).code).toBe(1);
		expect(viewer.text).toBe('\n✘ failed · 3.2 s · The folder api (cwd) is missing.\n');
	});

	test('of a long log it shows the end, whole lines only, and says what is missing', async () => {
		writeSpec(work, { checks: 0 });
		isBegun(work);
		const line = `${'ö'.repeat(49)}\n`;
		print(work, line.repeat(50_000));
		await journal.append([...claimed, workEnded('ok', 0)]);
		const viewer = new Viewer();
		await viewer.ended;
		const lines = viewer.text.split('\n');
		const note = lines.findIndex((text) => text.startsWith('… 3.7 MB not shown'));
		expect(note).toBe(4);
		const shown = lines.slice(note + 1, -3);
		expect(shown.length).toBeGreaterThan(10_000);
		expect(new Set(shown)).toEqual(new Set([line.trim()]));
	});

	test('starts the runner if nobody has', async () => {
		writeSpec(work, { argv: [process.execPath, '-e', 'console.log("begun by its viewer")'], checks: 0 });
		const viewer = new Viewer();
		await viewer.shows('begun by its viewer');
		await viewer.shows('The engine of this run is not running.');
		await journal.append([...claimed, workEnded('ok', 0)]);
		expect((await viewer.ended).code).toBe(0);
	});

	test('does not begin what a dead engine left', async () => {
		const dead = { ...ownIdentity(), pid: 2 ** 22 + 1 };
		await journal.append([{ ...claimed[0], process: dead } as RunEvent, claimed[1] as RunEvent]);
		writeSpec(work, { argv: [process.execPath, '-e', 'console.log("begun")'] });
		const viewer = new Viewer();
		await viewer.shows('The engine of this run is not running.');
		expect(await viewer.kill('SIGTERM')).toEqual({ code: 0, signal: null });
		expect(existsSync(join(work, 'start'))).toBe(false);
	});

	test.each(['SIGHUP', 'SIGTERM'] as const)('%s ends it at once and without a word', async (signal) => {
		await journal.append(claimed);
		writeSpec(work);
		isBegun(work);
		const viewer = new Viewer();
		await viewer.shows('in api');
		const before = viewer.text;
		expect(await viewer.kill(signal)).toEqual({ code: 0, signal: null });
		expect(viewer.text).toBe(before);
	});

	test('Ctrl+C asks the run to stop the task, and only the second one leaves', async () => {
		await journal.append(claimed);
		writeSpec(work);
		isBegun(work);
		const viewer = new Viewer();
		await viewer.shows('in api');
		viewer.interrupt();
		await viewer.shows('Asked the run to stop this task.');
		const asked = '"e":{"kind":"stop-requested","tasks":["TASK/1"],"by":"terminal"}';
		expect(readFileSync(journalFile(run), 'utf8')).toContain(asked);
		expect(await viewer.kill('SIGINT')).toEqual({ code: 0, signal: null });
	});

	test('passes colours of the work on, and adds its own only where they are wanted', async () => {
		writeSpec(work, { checks: 0 });
		isBegun(work);
		print(work, '\u001b[31mred');
		await journal.append([...claimed, workEnded('ok', 0)]);
		const plain = new Viewer({ NO_COLOR: '1', FORCE_COLOR: '1' });
		const coloured = new Viewer({ FORCE_COLOR: '1' });
		await Promise.all([plain.ended, coloured.ended]);
		expect(plain.text).toContain('\u001b[31mred\n\n✔ completed');
		expect(coloured.text).toContain('\u001b[31mred\u001b[0m\n\n\u001b[0m\u001b[32m✔ completed');
	});
});
