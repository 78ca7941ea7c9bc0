import { existsSync, mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { endSession, membersOf } from '../../src/engine/processes/endSession.ts';
import { livenessOf, ownIdentity } from '../../src/engine/processes/processIdentity.ts';
import { sessionOf } from '../../src/engine/run/jobStart.ts';
import type { JobEnd } from '../../src/engine/run/superviseJob.ts';
import { superviseJob } from '../../src/engine/run/superviseJob.ts';
import type { Job } from '../support/jobs.ts';
import { Jobs } from '../support/jobs.ts';
import { isAlive, kill } from '../support/processTable.ts';
import { waitFor } from '../support/waitFor.ts';

let jobs: Jobs;

beforeEach(() => {
	jobs = new Jobs();
});

afterEach(() => jobs.dispose());

interface Supervised {
	readonly stop: AbortController;
	readonly leave: AbortController;
	readonly started: number[];
	readonly end: Promise<JobEnd | null>;
}

function supervise(job: Job, now: () => number = () => Date.now()): Supervised {
	const [stop, leave] = [new AbortController(), new AbortController()];
	const started: number[] = [];
	const onStarted = (pid: number) => void started.push(pid);
	const signals = { stop: stop.signal, leave: leave.signal };
	const { folder, spec } = job;
	return { stop, leave, started, end: superviseJob({ folder, spec, ...signals, onStarted, now }) };
}

describe('one job to its end', () => {
	test('its result, with the times of its files', async () => {
		const before = Date.now();
		const { end, started } = supervise(jobs.job(['sh', '-c', 'sleep 0.2; exit 5']));
		const ended = await end;
		expect(ended).toMatchObject({ kind: 'result', result: { exit: 5 } });
		expect(started).toHaveLength(1);
		expect(ended?.startedAt).toBeGreaterThan(before - 100);
		expect((ended?.endedAt ?? 0) - (ended?.startedAt ?? 0)).toBeGreaterThanOrEqual(150);
	});

	test('two supervisors of one job start it once and both see its end', async () => {
		const job = jobs.job(['sh', '-c', 'echo ran; sleep 0.2']);
		const ends = await Promise.all([supervise(job).end, supervise(job).end]);
		expect(ends).toMatchObject([{ kind: 'result' }, { kind: 'result' }]);
		expect(job.output).toBe('ran\n');
	});

	test('a job that ended long ago is not begun again', async () => {
		const job = jobs.job(['sh', '-c', 'echo ran']);
		await supervise(job).end;
		expect(await supervise(job).end).toMatchObject({ kind: 'result', result: { exit: 0 } });
		expect(job.output).toBe('ran\n');
	});

	test('a runner that cannot be started at all is told with the reason', async () => {
		const nowhere = jobs.job(['true'], { cwd: join(jobs.root, 'nowhere') });
		expect(await supervise(nowhere).end).toMatchObject({ kind: 'not-started', message: /ENOENT/ });
		const tooLong = jobs.job(['true', 'x'.repeat(300_000)]);
		expect(await supervise(tooLong).end).toMatchObject({ kind: 'not-started', message: /E2BIG/ });
	});

	test('leaving takes nothing along, and the next one finds the end', async () => {
		const job = jobs.job(['sh', '-c', 'echo ran; sleep 0.5; exit 6']);
		const first = supervise(job);
		await job.pid();
		first.leave.abort();
		expect(await first.end).toBeNull();
		expect(await supervise(job).end).toMatchObject({ kind: 'result', result: { exit: 6 } });
		expect(job.output).toBe('ran\n');
	});
});

describe('T5 and timeouts', () => {
	test('a stop ends the whole tree, also what ignores TERM and what left its session', async () => {
		const stubborn = `trap '' TERM; setsid sh -c "trap '' TERM; sleep 300 & sleep 301" & sleep 302 & echo up; sleep 303`;
		const job = jobs.job(['sh', '-c', stubborn]);
		const { stop, end } = supervise(job);
		await waitFor('the tree', () => job.processes.length >= 7);
		stop.abort();
		expect(await end).toMatchObject({ kind: 'stopped' });
		expect(job.processes).toEqual([]);
	});

	test('a stop before the start makes the job void', async () => {
		const job = jobs.job(['sh', '-c', 'echo ran']);
		const stop = new AbortController();
		stop.abort();
		const none = new AbortController().signal;
		const { folder, spec } = job;
		const now = () => Date.now();
		const end = await superviseJob({
			folder,
			spec,
			stop: stop.signal,
			leave: none,
			onStarted: () => {},
			now,
		});
		expect([end?.kind, job.output]).toEqual(['stopped', '']);
		expect(await supervise(job).end).toMatchObject({ kind: 'void' });
	});

	test('the time is up: the tree ends; a result that was there before counts', async () => {
		const job = jobs.job(['sleep', '300'], { timeoutMs: 300 });
		expect(await supervise(job).end).toMatchObject({ kind: 'timeout' });
		expect(job.processes).toEqual([]);
	});

	test('D7: a clock that is set forward or back neither ends a job nor keeps it', async () => {
		for (const jump of [86_400_000, -86_400_000]) {
			let offset = 0;
			const job = jobs.job(['sh', '-c', 'sleep 0.3; exit 7'], { timeoutMs: 20_000 });
			const { end } = supervise(job, () => Date.now() + offset);
			await job.pid();
			await waitFor('a look at the job', () => job.processes.length > 0);
			offset = jump;
			expect(await end).toMatchObject({ kind: 'result', result: { exit: 7 } });
		}
		const late = jobs.job(['sleep', '300'], { timeoutMs: 200 });
		expect(await supervise(late, () => Date.now() - 86_400_000).end).toMatchObject({ kind: 'timeout' });
	});

	test('a job taken up later has what is left of its time', async () => {
		const job = jobs.job(['sleep', '300'], { timeoutMs: 400 });
		const begunAt = performance.now();
		job.start();
		await job.pid();
		await waitFor('the end of its time', () => performance.now() - begunAt > 500);
		expect(await supervise(job).end).toMatchObject({ kind: 'timeout' });
		expect(job.processes).toEqual([]);
	});

	test('D7: a job taken up after the clock was set forward has its whole time', async () => {
		const job = jobs.job(['sh', '-c', 'sleep 0.3; exit 7'], { timeoutMs: 60_000 });
		job.start();
		await job.pid();
		const longAgo = new Date(Date.now() - 86_400_000);
		utimesSync(join(job.folder, 'start'), longAgo, longAgo);
		expect(await supervise(job).end).toMatchObject({ kind: 'result', result: { exit: 7 } });
	});
});

describe('D4: a runner that is gone', () => {
	test('without a result it vanished; what it left is not alive for long', async () => {
		const job = jobs.job(['sleep', '300']);
		const first = supervise(job);
		await job.pid();
		await waitFor('the work', () => job.processes.length >= 3);
		for (const pid of job.processes) {
			kill(pid, 'SIGKILL');
		}
		expect(await first.end).toMatchObject({ kind: 'vanished' });
		expect(await supervise(job).end).toMatchObject({ kind: 'vanished' });
	});

	test('a start file of another boot, or of a pid that is somebody else’s now, names no session', () => {
		const { pid, startTime, boot } = ownIdentity();
		const start = { kind: 'runner' as const, pid, startTime, boot, at: 0 };
		expect(sessionOf(start)).toBe(pid);
		expect(sessionOf({ ...start, startTime: '1' })).toBe(-1);
		expect(sessionOf({ ...start, boot: 'another' })).toBe(-1);
		expect(sessionOf({ kind: 'void' })).toBe(-1);
	});

	test('a start file that was never filled is given up after a while: nothing was begun', async () => {
		const job = jobs.job(['true']);
		writeFileSync(join(job.folder, 'start'), '');
		expect(await supervise(job).end).toMatchObject({ kind: 'void' });
		expect(job.hasResult).toBe(false);
	}, 30_000);
});

describe('who is alive', () => {
	test('D3: pid, start time and boot name a process; another host is not judged', () => {
		const own = ownIdentity();
		expect(livenessOf(own)).toBe('alive');
		expect(livenessOf({ ...own, startTime: '1' })).toBe('dead');
		expect(livenessOf({ ...own, boot: 'another' })).toBe('dead');
		expect(livenessOf({ ...own, pid: 4_194_999, startTime: '' })).toBe('dead');
		expect(livenessOf({ ...own, host: 'elsewhere' })).toBe('unknown');
	});

	test('the members of a job are found by session and by environment, and nobody else is', async () => {
		const job = jobs.job(['sh', '-c', 'setsid sleep 300 & sleep 301']);
		const other = jobs.job(['sleep', '302']);
		job.start();
		other.start();
		const [session, otherSession] = [await job.pid(), await other.pid()];
		const outFolder = join(job.folder, 'out');
		const members = await waitFor('five processes', async () => {
			const found = await membersOf({ session, outFolder });
			return found.length >= 5 ? found : null;
		});
		expect(members).toContain(session);
		expect(members).not.toContain(otherSession);
		expect(members).not.toContain(process.pid);
		expect(await endSession({ session, outFolder })).toBe(true);
		expect([isAlive(session), isAlive(otherSession)]).toEqual([false, true]);
		expect(await endSession({ session: -1, outFolder: join(other.folder, 'out') })).toBe(true);
		expect(isAlive(otherSession)).toBe(false);
	});

	test('a folder whose name begins like another’s is not the other', async () => {
		const job = jobs.job(['sleep', '300']);
		job.start();
		await job.pid();
		const shorter = join(job.folder, 'ou');
		expect(await membersOf({ session: -1, outFolder: shorter })).toEqual([]);
	});

	test('a frozen tree is ended too', async () => {
		const job = jobs.job(['sleep', '300']);
		job.start();
		const session = await job.pid();
		await waitFor('the work', () => job.processes.length >= 3);
		for (const pid of job.processes) {
			kill(pid, 'SIGSTOP');
		}
		expect(await endSession({ session, outFolder: join(job.folder, 'out') })).toBe(true);
		expect(job.processes).toEqual([]);
		expect(existsSync(join(job.folder, 'result.json'))).toBe(false);
	});
});

test('a job folder behind a link works like any other', async () => {
	mkdirSync(join(jobs.root, 'real'));
	symlinkSync(join(jobs.root, 'real'), join(jobs.root, 'link'));
	const job = jobs.job(['pwd'], { cwd: join(jobs.root, 'link') });
	expect(await supervise(job).end).toMatchObject({ kind: 'result', result: { exit: 0 } });
});
