import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { ProcessIdentity } from '../../core/run/processIdentity.ts';

/** So many looks in a row, a second or more apart, without any move: a process that does something each second is frozen. */
const looksUntilFrozen = 8;
const lookMs = 900;

interface Seen {
	readonly move: string;
	readonly looks: number;
	readonly at: number;
}

/**
 * Tells engines that stand still from such that wait: an engine wakes up every second, so the kernel counts switches of its
 * main thread. Counted in looks and not by a clock: after a machine was frozen as a whole, nobody is given up for the time
 * that nobody had.
 */
export class StandstillWatch {
	readonly #seen = new Map<string, Seen>();

	/** To be asked about once a second. Says false of processes of other hosts, and where the platform says nothing. */
	isFrozen({ pid, startTime }: ProcessIdentity): boolean {
		const key = `${pid} ${startTime}`;
		const move = movesOf(pid);
		const now = performance.now();
		const before = this.#seen.get(key);
		if (move === null || before === undefined || before.move !== move) {
			this.#seen.set(key, { move: move ?? '', looks: 1, at: now });
			return false;
		}
		if (now - before.at >= lookMs) {
			this.#seen.set(key, { move, looks: before.looks + 1, at: now });
		}
		return before.looks >= looksUntilFrozen;
	}
}

/** A text that changes whenever a process does something; null where that cannot be told. */
function movesOf(pid: number): string | null {
	try {
		if (process.platform === 'linux') {
			const status = readFileSync(`/proc/${pid}/status`, 'utf8');
			return (status.match(/^(?:non)?voluntary_ctxt_switches:.*$/gm) ?? []).join(' ');
		}
		if (process.platform === 'win32') {
			return null;
		}
		const state = execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).trim();
		return state.startsWith('T') ? state : null;
	} catch {
		return null;
	}
}
