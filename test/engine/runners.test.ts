import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startTimeOf } from '../../src/engine/processes/processIdentity.ts';
import { Jobs } from '../support/jobs.ts';
import { isAlive, kill } from '../support/processTable.ts';
import { waitFor } from '../support/waitFor.ts';

let jobs: Jobs;

beforeEach(() => {
	jobs = new Jobs();
});

afterEach(() => jobs.dispose());

/** Every byte that UTF-8 is made of, some of which shells use for their own ends. */
const letters = Array.from({ length: 0x700 }, (_, index) => String.fromCodePoint(0x80 + index)).join('');

const awkward = [
	letters,
	'a b',
	'$(echo no)',
	'`echo no`',
	"it's",
	'"q"',
	';exit 9',
	'line\nbreak',
	'*',
	'$HOME',
	'\\',
	'',
	'-n',
];

const kinds = [
	{ kind: 'light', runner: 'light', launched: false },
	{ kind: 'light, launched,', runner: 'light', launched: true },
	{ kind: 'Node', runner: 'node', launched: false },
] as const;

describe.each(kinds)('D2: the $kind runner', ({ runner, launched }) => {
	test.each([
		[['true'], 0],
		[['sh', '-c', 'exit 3'], 3],
		[['sh', '-c', 'exit 255'], 255],
		[['no-such-program-anywhere'], 127],
		[['./not-executable'], 126],
	] as const)('tells the true exit code of %j', async (argv, exit) => {
		writeFileSync(join(jobs.root, 'not-executable'), 'x', { mode: 0o644 });
		const job = jobs.job(argv, { runner, launched });
		job.start();
		expect(await job.result()).toMatchObject({ exit });
		await job.nothingLeft();
	});

	test('a signal is told: as 128 + n where a shell is between, by its name otherwise', async () => {
		const job = jobs.job(['sh', '-c', 'kill -9 $$'], { runner, launched });
		job.start();
		const result = await job.result();
		expect(result).toMatchObject(runner === 'light' ? { exit: 137 } : { exit: null, signal: 'SIGKILL' });
	});

	test('nothing of the argument list is interpreted by a shell', async () => {
		const script = 'process.stdout.write(JSON.stringify(process.argv.slice(1)))';
		const job = jobs.job([process.execPath, '-e', script, '--', ...awkward], { runner, launched });
		job.start();
		expect(await job.result()).toMatchObject({ exit: 0 });
		expect(JSON.parse(job.output)).toEqual(awkward);
	});

	test('works in its folder, with its environment, and says who it is', async () => {
		const env = { GREETING: 'two  words; $(no)' };
		const job = jobs.job(['sh', '-c', 'pwd; printf %s "$GREETING"; sleep 30'], { runner, launched, env });
		job.start();
		await waitFor('output', () => job.output.endsWith('$(no)'));
		expect(job.output).toBe(`${jobs.root}\ntwo  words; $(no)`);
		const pid = await job.pid();
		const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
		expect(readFileSync(join(job.folder, 'start'), 'utf8')).toBe(`${pid} ${startTimeOf(pid)} ${boot}\n`);
	});

	test.runIf(runner === 'light')('leaves every variable as it is, whatever its name', async () => {
		const names = [
			'dir',
			'code',
			'boot',
			'stat',
			'began',
			'field',
			'fields',
			'script',
			'line',
			'_x',
			'IFS',
			'PPID',
		];
		const env = Object.fromEntries(names.map((name) => [name, `mine ${name}`]));
		const job = jobs.job(['env'], { runner, launched, env: { ...env, letters, two: 'lines\nof text' } });
		job.start();
		expect(await job.result()).toMatchObject({ exit: 0 });
		const known = names.filter((name) => !['IFS', 'PPID'].includes(name));
		for (const name of known) {
			expect(job.output).toContain(`\n${name}=mine ${name}\n`);
		}
		expect(job.output).toContain(`letters=${letters}\n`);
	});

	test('has empty stdin, or the file it was given', async () => {
		const empty = jobs.job(['cat'], { runner, launched });
		empty.start();
		expect(await empty.result()).toMatchObject({ exit: 0 });
		expect(empty.output).toBe('');
		if (runner === 'node') {
			const prompt = join(jobs.root, 'prompt.md');
			writeFileSync(prompt, 'Do it.\n'.repeat(50_000));
			const job = jobs.job(['wc', '-c'], { runner, stdin: prompt });
			job.start();
			expect(await job.result()).toMatchObject({ exit: 0 });
			expect(job.output.trim()).toBe('350000');
		}
	});

	test('of several runners at once one begins, and the others have done nothing', async () => {
		const job = jobs.job(['sh', '-c', 'echo ran'], { runner, launched });
		await Promise.all(
			Array.from({ length: 6 }, () => new Promise((resolve) => job.start().on('exit', resolve))),
		);
		expect(await job.result()).toMatchObject({ exit: 0 });
		expect(job.output).toBe('ran\n');
	});

	test('a job that was made void is never begun', async () => {
		const job = jobs.job(['sh', '-c', 'echo ran'], { runner, launched });
		writeFileSync(join(job.folder, 'start'), 'void\n');
		await new Promise((resolve) => job.start().on('exit', resolve));
		expect([job.hasResult, job.output]).toEqual([false, '']);
	});

	test('what the work left in the background ends with it', async () => {
		const job = jobs.job(['sh', '-c', 'sleep 300 & sleep 301 & echo done'], { runner, launched });
		job.start();
		expect(await job.result()).toMatchObject({ exit: 0 });
		expect(job.output).toBe('done\n');
		await job.nothingLeft();
	});

	test('lives on when its starter goes, and leaves no zombie behind', async () => {
		const job = jobs.job(['sleep', '0.3'], { runner, launched });
		job.start();
		const pid = await job.pid();
		expect(await job.result()).toMatchObject({ exit: 0 });
		await waitFor('the runner’s end', () => !isAlive(pid));
	});
});

describe('the life line', () => {
	test('SIGKILL of the Node runner ends the agent, and there is no result', async () => {
		const job = jobs.job(['sh', '-c', 'sleep 300 & sleep 301'], { runner: 'node' });
		job.start();
		await waitFor('the agent', () => job.processes.length >= 4);
		kill(await job.pid(), 'SIGKILL');
		await job.nothingLeft();
		expect(job.hasResult).toBe(false);
	});

	test('SIGKILL of the light runner’s inner half ends the work, and there is no result', async () => {
		const job = jobs.job(['sleep', '300'], { runner: 'light' });
		job.start();
		const runner = await job.pid();
		const inner = await waitFor('the work', () =>
			parentOf(job.processes.find((pid) => commandOf(pid) === 'sleep')),
		);
		expect(inner).not.toBe(runner);
		kill(inner, 'SIGKILL');
		await job.nothingLeft();
		expect(job.hasResult).toBe(false);
	});

	test('SIGKILL of the light runner’s outer shell alone loses nothing: the work ends and its result is there', async () => {
		const job = jobs.job(['sh', '-c', 'sleep 0.4; exit 4'], { runner: 'light' });
		job.start();
		kill(await job.pid(), 'SIGKILL');
		expect(await job.result()).toMatchObject({ exit: 4 });
		await job.nothingLeft();
	});

	test('SIGKILL of everything at once leaves no result', async () => {
		const job = jobs.job(['sleep', '300'], { runner: 'light' });
		job.start();
		await waitFor('the work', () => job.processes.length >= 3);
		for (const pid of job.processes) {
			kill(pid, 'SIGKILL');
		}
		await job.nothingLeft();
		expect(job.hasResult).toBe(false);
	});
});

function commandOf(pid: number): string {
	try {
		return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
	} catch {
		return '';
	}
}

function parentOf(pid: number | undefined): number | null {
	if (pid === undefined) {
		return null;
	}
	const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
	return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}
