import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import type { ProcessIdentity } from '../../core/run/processIdentity.ts';

/** Who this process is, in terms that survive pid reuse and reboots (D3). */
export function ownIdentity(): ProcessIdentity {
	return { pid: process.pid, startTime: startTimeOf(process.pid) ?? '', boot: bootId(), host: hostId() };
}

/**
 * Whether the process of an identity still lives. `unknown` means another host or pid namespace: its claims are only
 * watched, never taken over by guess.
 */
export function livenessOf(identity: ProcessIdentity): 'alive' | 'dead' | 'unknown' {
	if (identity.host !== hostId()) {
		return 'unknown';
	}
	if (identity.boot !== bootId()) {
		return 'dead';
	}
	return isSameProcess(identity.pid, identity.startTime) ? 'alive' : 'dead';
}

/** True while the process with this pid is the one that started at `startTime` (empty: any). Zombies are dead. */
export function isSameProcess(pid: number, startTime: string): boolean {
	const actual = startTimeOf(pid);
	return actual !== null && (startTime === '' || actual === '' || actual === startTime);
}

/**
 * Start time of a live process in the platform's own units; '' where the platform does not say; null when there is no
 * such process (or only its zombie).
 */
export function startTimeOf(pid: number): string | null {
	if (process.platform === 'linux') {
		const fields = statFields(pid);
		return fields === null || fields.state === 'Z' || fields.state === 'X' ? null : fields.startTime;
	}
	if (!isThere(pid)) {
		return null;
	}
	if (process.platform === 'win32') {
		return '';
	}
	try {
		return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' })
			.trim()
			.replaceAll(' ', '_');
	} catch {
		return null;
	}
}

/** The kernel counts start times in hundredths of a second, whatever it does itself. */
const msPerTick = 10;

/**
 * For how long a process has lived, in milliseconds, by a clock that nobody can set (D7); null where that cannot be told.
 * Compared with this process, because a container may see another time since boot than its processes do.
 */
export function ageOfProcess(identity: Pick<ProcessIdentity, 'startTime' | 'boot'>): number | null {
	const own = process.platform === 'linux' ? statFields(process.pid) : null;
	if (own === null || identity.boot !== bootId() || !/^\d+$/.test(identity.startTime)) {
		return null;
	}
	const ticks = Number(own.startTime) - Number(identity.startTime);
	return ticks * msPerTick + process.uptime() * 1_000;
}

interface StatFields {
	readonly state: string;
	readonly session: number;
	readonly startTime: string;
	/** Time on the processor, its ended children's included. */
	readonly ticks: number;
}

/** The fields of /proc/<pid>/stat that follow the command name, which may itself hold spaces and parentheses. */
export function statFields(pid: number): StatFields | null {
	const file = `/proc/${pid}/stat`;
	try {
		// A process that is gone is no error, whose stack would cost more than the question.
		if (!existsSync(file)) {
			return null;
		}
		const text = readFileSync(file, 'utf8');
		const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
		const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
		return { state: fields[0] ?? '', session: Number(fields[3]), startTime: fields[19] ?? '', ticks };
	} catch {
		return null;
	}
}

/** Names the boot of this machine; '' where the platform does not say. */
export function bootId(): string {
	if (process.platform === 'linux') {
		return readText('/proc/sys/kernel/random/boot_id');
	}
	if (process.platform === 'darwin') {
		try {
			return execFileSync('sysctl', ['-n', 'kern.bootsessionuuid'], { encoding: 'utf8' }).trim();
		} catch {
			return '';
		}
	}
	return '';
}

function hostId(): string {
	let namespace = '';
	try {
		namespace = process.platform === 'linux' ? readlinkSync('/proc/self/ns/pid') : '';
	} catch {
		// Without /proc the host name alone has to do.
	}
	return namespace === '' ? hostname() : `${hostname()} ${namespace}`;
}

function readText(file: string): string {
	try {
		return readFileSync(file, 'utf8').trim();
	} catch {
		return '';
	}
}

function isThere(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}
