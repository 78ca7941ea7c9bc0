import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** A small disk in memory at one place, which can be filled and made read-only; only where this machine lets us mount. */
export class SmallDisk {
	readonly #place: string;

	private constructor(place: string) {
		this.#place = place;
	}

	/** Null, with a word, where nothing can be mounted. */
	static mount(place: string): SmallDisk | null {
		mkdirSync(place, { recursive: true });
		const options = ['-t', 'tmpfs', '-o', 'size=512k,nr_inodes=2048', 'none', place];
		if (spawnSync('mount', options).status !== 0) {
			process.stderr.write('\nLeft out: cannot mount here\n');
			return null;
		}
		return new SmallDisk(place);
	}

	get #filler(): string {
		return join(this.#place, 'filler');
	}

	fill(): void {
		const file = openSync(this.#filler, 'w');
		try {
			for (;;) {
				writeSync(file, Buffer.alloc(4_096));
			}
		} catch {
			// Full.
		} finally {
			closeSync(file);
		}
	}

	free(): void {
		rmSync(this.#filler, { force: true });
	}

	setReadOnly(isReadOnly: boolean): void {
		const done = spawnSync('mount', ['-o', `remount,${isReadOnly ? 'ro' : 'rw'}`, this.#place]);
		if (done.status !== 0) {
			throw new Error(String(done.stderr));
		}
	}

	unmount(): void {
		spawnSync('umount', ['-l', this.#place]);
	}
}
