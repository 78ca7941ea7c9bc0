import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readSmallFile } from '../files/readSmallFile.ts';
import { jobFiles } from '../files/runPaths.ts';
import { membersOf } from '../processes/endSession.ts';
import { bootId, isSameProcess, startTimeOf } from '../processes/processIdentity.ts';

/** What a job's `start` file says: nobody began, nobody ever will, or a runner did. */
export type JobStart =
	| { readonly kind: 'none' }
	| { readonly kind: 'void' }
	/** Created and not filled yet, or cut off by a crash between the two. */
	| { readonly kind: 'unnamed'; readonly at: number }
	| {
			readonly kind: 'runner';
			readonly pid: number;
			readonly startTime: string;
			readonly boot: string;
			readonly at: number;
	  };

export function readStart(folder: string): JobStart {
	const found = readSmallFile(join(folder, jobFiles.start));
	if (found === null) {
		return { kind: 'none' };
	}
	const { text, at } = found;
	if (text.startsWith('void')) {
		return { kind: 'void' };
	}
	const [pid, startTime = '', boot = ''] = text.trim().split(' ');
	if (!text.endsWith('\n') || !Number.isInteger(Number(pid)) || Number(pid) <= 1) {
		return { kind: 'unnamed', at };
	}
	return { kind: 'runner', pid: Number(pid), startTime, boot, at };
}

/** Takes the right to begin away from every runner to come. False where one was faster (D2). */
export async function voidStart(folder: string): Promise<boolean> {
	try {
		await writeFile(join(folder, jobFiles.start), 'void\n', { flag: 'wx', mode: 0o600 });
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
			return false;
		}
		throw error;
	}
}

/**
 * The session to end for a job, or -1 when its number may belong to somebody else by now: the runner's pid lives on as
 * another process, or the machine was booted since. Processes of the job are then found by their environment alone.
 */
export function sessionOf(start: JobStart): number {
	if (start.kind !== 'runner' || (start.boot !== '' && start.boot !== bootId())) {
		return -1;
	}
	const reused = startTimeOf(start.pid) !== null && !isSameProcess(start.pid, start.startTime);
	return reused ? -1 : start.pid;
}

/** True while the job's runner, or anything it started, lives on this machine. */
export async function isJobAlive(folder: string, start: JobStart): Promise<boolean> {
	if (start.kind === 'runner' && sessionOf(start) === start.pid && startTimeOf(start.pid) !== null) {
		return true;
	}
	return (await membersOf({ session: sessionOf(start), outFolder: join(folder, jobFiles.out) })).length > 0;
}
