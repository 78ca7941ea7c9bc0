import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { switchyardFolder } from '../../engine/files/runPaths.ts';

/**
 * Which windows look at a plan's root: one file each in `.switchyard/windows`, named after the window's extension host.
 * A lease of a process that is gone counts for nothing, so a crash leaves no trace that matters.
 */
export class WindowLeases {
	readonly #folder: string;
	readonly #pid: number;

	constructor(rootPath: string, pid: number) {
		this.#folder = join(switchyardFolder(rootPath), 'windows');
		this.#pid = pid;
	}

	take(): void {
		mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
		writeFileSync(join(this.#folder, String(this.#pid)), '');
	}

	/** Gives the lease back; true when no other live window holds one. */
	release(): boolean {
		rmSync(join(this.#folder, String(this.#pid)), { force: true });
		let others: string[];
		try {
			others = readdirSync(this.#folder);
		} catch {
			return true;
		}
		return !others.some((name) => isAlive(Number(name)));
	}
}

function isAlive(pid: number): boolean {
	if (!Number.isInteger(pid) || pid <= 0) {
		return false;
	}
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		// EPERM: it lives and belongs to somebody else.
		return error instanceof Error && 'code' in error && error.code === 'EPERM';
	}
}
