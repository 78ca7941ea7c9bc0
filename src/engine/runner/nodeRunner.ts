import type { ChildProcess } from 'node:child_process';
import { existsSync, openSync, writeFileSync } from 'node:fs';
import { rename, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import spawn from 'cross-spawn';
import type { JobResult, JobSpec } from '../../protocol/runnerFiles.ts';
import { jobFiles } from '../files/runPaths.ts';
import { ownIdentity } from '../processes/processIdentity.ts';
import { readJobSpec } from './startRunner.ts';

const heartbeatMs = 5_000;
const fullDiskPollMs = 1_000;

/**
 * A life line on POSIX: a guard in the agent's process group reads a pipe whose write end only this runner holds. When
 * the runner dies, however it dies, the guard ends the group. The agent itself takes the guard's shell over by `exec`.
 */
const lifeLine = '{ while IFS= read -r line <&3; do :; done; kill -TERM 0; } & exec 3<&- "$@"';

/**
 * Runs one job to its end: creates `start` exclusively (or leaves at once), starts the agent with its prompt on stdin,
 * keeps a heartbeat, and writes `result.json` last (D2, src/protocol/runnerFiles.ts).
 */
export async function runJob(folder: string): Promise<void> {
	const spec = readJobSpec(folder);
	if (!claimStart(folder)) {
		return;
	}
	const heartbeat = join(folder, jobFiles.heartbeat);
	await writeFile(heartbeat, '');
	const beat = setInterval(() => {
		const now = new Date();
		utimes(heartbeat, now, now).catch(() => {});
	}, heartbeatMs);
	try {
		await writeResult(folder, await runProcess(folder, spec));
	} finally {
		clearInterval(beat);
	}
	endOwnGroup();
}

function claimStart(folder: string): boolean {
	const { pid, startTime, boot } = ownIdentity();
	try {
		writeFileSync(join(folder, jobFiles.start), `${pid} ${startTime} ${boot}\n`, { flag: 'wx', mode: 0o600 });
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
			return false;
		}
		throw error;
	}
}

function runProcess(folder: string, spec: JobSpec): Promise<JobResult> {
	const output = openSync(join(folder, jobFiles.output), 'a', 0o600);
	const input = spec.stdin === null ? ('ignore' as const) : openSync(spec.stdin, 'r');
	const env = { ...process.env, ...spec.env };
	// The editor's Node is Electron told to be Node; the work must not inherit that.
	delete env['ELECTRON_RUN_AS_NODE'];
	const [program = '', ...rest] = spec.argv;
	const child =
		process.platform === 'win32'
			? spawn(program, rest, { cwd: spec.cwd, env, stdio: [input, output, output], windowsHide: true })
			: spawn('/bin/sh', ['-c', lifeLine, 'switchyard-agent', program, ...rest], {
					cwd: spec.cwd,
					env,
					stdio: [input, output, output, 'pipe'],
				});
	return endOf(child);
}

function endOf(child: ChildProcess): Promise<JobResult> {
	return new Promise((resolve) => {
		child.on('error', (error) => resolve({ exit: null, error: error.message }));
		child.on('exit', (exit, signal) => resolve({ exit, signal }));
	});
}

/** Waits for a disk that is full: nobody else knows how the work ended. */
async function writeResult(folder: string, result: JobResult): Promise<void> {
	const temporary = join(folder, 'result.tmp');
	const text = `${JSON.stringify({ ...result, again: result.exit })}\n`;
	for (;;) {
		try {
			await writeFile(temporary, text, { mode: 0o600 });
			await rename(temporary, join(folder, jobFiles.result));
			return;
		} catch (error) {
			if (!existsSync(folder)) {
				throw error;
			}
			await delay(fullDiskPollMs);
		}
	}
}

/** What the agent left running in the background ends with the job: no attempt leaves processes behind. */
function endOwnGroup(): void {
	if (process.platform === 'win32') {
		return;
	}
	process.on('SIGTERM', () => process.exit(0));
	try {
		process.kill(0, 'SIGTERM');
	} catch {
		process.exitCode = 0;
	}
}
