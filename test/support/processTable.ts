import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Pids (not zombies) whose environment or command line holds the text: what a test left running, if anything. */
export function processesWith(text: string): number[] {
	const pids: number[] = [];
	for (const name of readdirSync('/proc')) {
		const pid = Number(name);
		if (Number.isInteger(pid) && pid !== process.pid && isAlive(pid) && mentions(pid, text)) {
			pids.push(pid);
		}
	}
	return pids;
}

function mentions(pid: number, text: string): boolean {
	return ['environ', 'cmdline'].some((file) => {
		try {
			return readFileSync(`/proc/${pid}/${file}`, 'utf8').includes(text);
		} catch {
			return false;
		}
	});
}

/** True for a process that exists and is no zombie. */
export function isAlive(pid: number): boolean {
	return !['', 'Z', 'X'].includes(stateOf(pid));
}

/** The letter with which the system says what a process does, as `T` for one that is stopped; '' where there is none. */
export function stateOf(pid: number): string {
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
		return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3);
	} catch {
		return '';
	}
}

/** Processor time that a process has used, in milliseconds, and its resident memory in bytes. */
export function usageOf(pid: number): { readonly cpuMs: number; readonly rssBytes: number } {
	const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	const ticks = Number(fields[11]) + Number(fields[12]);
	return { cpuMs: ticks * 10, rssBytes: Number(fields[21]) * 4096 };
}

export function kill(pid: number, signal: NodeJS.Signals): void {
	try {
		process.kill(pid, signal);
	} catch {
		// It ended by itself.
	}
}

/** Open files of a process, as the links in /proc say. */
export function openFilesOf(pid: number): string[] {
	return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
		try {
			return readlinkSync(`/proc/${pid}/fd/${fd}`);
		} catch {
			return [];
		}
	});
}
