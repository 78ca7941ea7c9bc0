import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { startTimeOf, statFields } from './processIdentity.ts';

const run = promisify(execFile);

/** T5: the whole tree is gone within five seconds; three of them are for programs that clean up after themselves. */
const graceMs = 3_000;
const pollMs = 50;

/**
 * Ends every process of a runner's session and whoever still carries the job's folder in its environment: first
 * TERM, then KILL. Resolves when they are seen gone (D4); false if something survived even that.
 */
export async function endSession(options: {
	readonly session: number;
	readonly outFolder: string;
}): Promise<boolean> {
	if (process.platform === 'win32') {
		return endTreeOnWindows(options.session);
	}
	signalAll(await membersOf(options), 'SIGTERM');
	if (await goneWithin(options, graceMs)) {
		return true;
	}
	for (let round = 0; round < 20; round++) {
		signalAll(await membersOf(options), 'SIGKILL');
		if (await goneWithin(options, 100)) {
			return true;
		}
	}
	return false;
}

/** Pids of the session that are not zombies, and of processes that left it but belong to the job by environment. */
export async function membersOf(options: { session: number; outFolder: string }): Promise<number[]> {
	return process.platform === 'linux' ? membersOnLinux(options) : membersByPs(options.session);
}

async function membersOnLinux({
	session,
	outFolder,
}: {
	session: number;
	outFolder: string;
}): Promise<number[]> {
	const marker = `SWITCHYARD_OUT=${outFolder}\0`;
	const members: number[] = [];
	for (const name of await readdir('/proc')) {
		const pid = Number(name);
		if (!Number.isInteger(pid) || pid === process.pid) {
			continue;
		}
		const fields = statFields(pid);
		if (fields === null || fields.state === 'Z' || fields.state === 'X') {
			continue;
		}
		if (fields.session === session || (await environmentOf(pid)).includes(marker)) {
			members.push(pid);
		}
	}
	return members;
}

async function environmentOf(pid: number): Promise<string> {
	try {
		return `${await readFile(`/proc/${pid}/environ`, 'utf8')}\0`;
	} catch {
		// It belongs to somebody else, or is gone: then it is not ours to end.
		return '';
	}
}

/** Where there is no /proc: the runner leads its session and its process group, and the tree hangs below it. */
async function membersByPs(session: number): Promise<number[]> {
	const { stdout } = await run('ps', ['-A', '-o', 'pid=,ppid=,pgid=,stat=']);
	const rows = stdout
		.split('\n')
		.map((line) => line.trim().split(/\s+/))
		.filter((row) => row.length === 4 && !row[3]?.startsWith('Z'))
		.map((row) => ({ pid: Number(row[0]), parent: Number(row[1]), group: Number(row[2]) }));
	const members = new Set(
		rows.filter(({ pid, group }) => pid === session || group === session).map(({ pid }) => pid),
	);
	for (let grown = true; grown; ) {
		const children = rows.filter(({ pid, parent }) => members.has(parent) && !members.has(pid));
		for (const { pid } of children) {
			members.add(pid);
		}
		grown = children.length > 0;
	}
	members.delete(process.pid);
	return [...members];
}

async function goneWithin(options: { session: number; outFolder: string }, ms: number): Promise<boolean> {
	for (let waited = 0; waited <= ms; waited += pollMs) {
		if ((await membersOf(options)).length === 0) {
			return true;
		}
		await delay(pollMs);
	}
	return false;
}

function signalAll(pids: readonly number[], signal: 'SIGTERM' | 'SIGKILL'): void {
	for (const pid of pids) {
		try {
			process.kill(pid, signal);
			// A stopped process hears TERM only once it runs again.
			process.kill(pid, 'SIGCONT');
		} catch {
			// It ended by itself in the meantime.
		}
	}
}

async function endTreeOnWindows(pid: number): Promise<boolean> {
	try {
		await run('taskkill', ['/PID', String(pid), '/T', '/F']);
	} catch {
		// Not found: it is gone already.
	}
	return startTimeOf(pid) === null;
}
