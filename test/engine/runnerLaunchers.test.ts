import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { superviseJob } from '../../src/engine/run/superviseJob.ts';
import type { Job } from '../support/jobs.ts';
import { Jobs } from '../support/jobs.ts';
import { isAlive, kill, processesWith } from '../support/processTable.ts';
import { waitFor } from '../support/waitFor.ts';

let jobs: Jobs;

beforeEach(() => {
	jobs = new Jobs();
});

afterEach(() => jobs.dispose());

/** Shells that this test process started; others of the machine are not looked at. */
function shells(): number[] {
	return processesWith('switchyard-launcher').filter((pid) => parentOf(pid) === process.pid);
}

function parentOf(pid: number): number {
	const stat = readIfThere(`/proc/${pid}/stat`);
	return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}

function readIfThere(file: string): string {
	try {
		return readFileSync(file, 'utf8');
	} catch {
		return '';
	}
}

function supervised(job: Job) {
	const none = new AbortController().signal;
	const { folder, spec, launch } = job;
	const more = { stop: none, leave: none, onStarted: () => {}, now: () => Date.now() };
	return superviseJob({ folder, spec, launch, ...more });
}

describe('D2: runners that a warm shell starts', () => {
	test('have the environment that a plain start gives them', async () => {
		const env = { GREETING: 'two  words; $(no)', EMPTY: '', TAIL: 'back\\' };
		const outputs: string[][] = [];
		for (const launched of [false, true]) {
			const job = jobs.job(['env'], { env, launched });
			job.start();
			expect(await job.result()).toMatchObject({ exit: 0 });
			const lines = job.output.replaceAll(job.folder, '').split('\n').sort();
			outputs.push(lines.filter((line) => !/^(OLDPWD|SHLVL|_)=/.test(line)));
		}
		expect(outputs[1]).toEqual(outputs[0]);
	});

	test('one shell starts one job after another, and jobs at once have one each', async () => {
		for (let i = 0; i < 3; i++) {
			expect(await supervised(jobs.job(['true'], { launched: true }))).toMatchObject({ kind: 'result' });
		}
		expect(shells()).toHaveLength(1);
		const both = [0, 1].map(() => jobs.job(['sh', '-c', 'sleep 0.2'], { launched: true }));
		await Promise.all(both.map(supervised));
		expect(shells()).toHaveLength(2);
	});

	test('a shell that is killed takes no job along, and the next job gets another one', async () => {
		const job = jobs.job(['sh', '-c', 'echo ran; while ! test -f go; do sleep 0.05; done; exit 3'], {
			launched: true,
		});
		const end = supervised(job);
		await waitFor('the work', () => job.output === 'ran\n');
		for (const pid of shells()) {
			kill(pid, 'SIGKILL');
		}
		await waitFor('the end of the shell', () => shells().length === 0);
		writeFileSync(join(jobs.root, 'go'), '');
		expect(await end).toMatchObject({ kind: 'result', result: { exit: 3 } });
		expect(job.output).toBe('ran\n');
		expect(await supervised(jobs.job(['true'], { launched: true }))).toMatchObject({ kind: 'result' });
	});

	test('a shell that is killed before it began leaves the job to a plain start', async () => {
		expect(await supervised(jobs.job(['true'], { launched: true }))).toMatchObject({ kind: 'result' });
		const [shell = 0] = shells();
		kill(shell, 'SIGSTOP');
		const job = jobs.job(['sh', '-c', 'echo ran'], { launched: true });
		const end = supervised(job);
		kill(shell, 'SIGKILL');
		expect(await end).toMatchObject({ kind: 'result', result: { exit: 0 } });
		expect(job.output).toBe('ran\n');
	});

	test('what cannot be told to a shell is started plainly: lines in values, names that are its own', async () => {
		const env = { TEXT: 'two\nlines', BASH_ENV: 'nowhere' };
		const job = jobs.job(['sh', '-c', 'printf %s "$TEXT"'], { launched: true, env });
		expect(await supervised(job)).toMatchObject({ kind: 'result', result: { exit: 0 } });
		expect([job.output, shells()]).toEqual(['two\nlines', []]);
	});

	test('a job that cannot be started says why', async () => {
		const nowhere = jobs.job(['true'], { launched: true, cwd: join(jobs.root, 'nowhere') });
		expect(await supervised(nowhere)).toMatchObject({ kind: 'not-started', message: /ENOENT/ });
		const tooLong = jobs.job(['true', 'x'.repeat(300_000)], { launched: true });
		expect(await supervised(tooLong)).toMatchObject({ kind: 'not-started', message: /E2BIG/ });
	});

	test('variables of a job stand in no list of processes', async () => {
		const job = jobs.job(['sleep', '300'], { launched: true, env: { TOKEN: 'planted-8f3a' } });
		job.start();
		await job.pid();
		const lists = job.processes.map((pid) => readIfThere(`/proc/${pid}/cmdline`));
		expect(lists.filter((text) => text.includes('planted-8f3a'))).toEqual([]);
	});

	test('shells end when they are closed, with the job that they have', async () => {
		const job = jobs.job(['sh', '-c', 'sleep 0.3; exit 4'], { launched: true });
		job.start();
		const pid = await job.pid();
		jobs.launchers.close();
		expect(await job.result()).toMatchObject({ exit: 4 });
		await waitFor('the end of the shells', () => shells().length === 0 && !isAlive(pid));
	});
});
