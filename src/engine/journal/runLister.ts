import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { runsFolder } from '../files/runPaths.ts';
import type { ListedRun } from './listRuns.ts';
import { byAge, readListedRun } from './listRuns.ts';

/** A folder that changed so shortly before it was read may have changed again with the same time. */
const coarseMs = 2_000;

/**
 * Lists the runs of a root again and again, as `listRuns` does. A journal's first line never changes, so that only folders
 * are read that came since; and none where nothing came or went: a window looks once a second, and a thousand runs are
 * no reason to open a thousand files.
 */
export class RunLister {
	readonly #folder: string;
	readonly #known = new Map<string, ListedRun>();
	#runs: readonly ListedRun[] = [];
	/** Time of the folder when `#runs` was read; null where that has to be done again. */
	#stamp: number | null = null;

	constructor(rootPath: string) {
		this.#folder = runsFolder(rootPath);
	}

	/** All runs, oldest first; the same array as long as they are the same. */
	async list(): Promise<readonly ListedRun[]> {
		const readAt = Date.now();
		const stamp = await stat(this.#folder).then(
			({ mtimeMs }) => mtimeMs,
			() => null,
		);
		if (stamp !== null && stamp === this.#stamp) {
			return this.#runs;
		}
		const names = await foldersIn(this.#folder);
		const missing = await this.#read(names);
		const runs = names.flatMap((name) => this.#known.get(name) ?? []).sort(byAge);
		if (runs.length !== this.#runs.length || runs.some((run, index) => run !== this.#runs[index])) {
			this.#runs = runs;
		}
		const isSettled = stamp !== null && missing === 0 && Math.abs(readAt - stamp) > coarseMs;
		this.#stamp = isSettled ? stamp : null;
		return this.#runs;
	}

	/** A journal was replaced: everything is read again with the next call. */
	forget(): void {
		this.#known.clear();
		this.#stamp = null;
	}

	/** Reads what is not known; returns how many folders are no runs, or not yet. */
	async #read(names: readonly string[]): Promise<number> {
		const there = new Set(names);
		for (const name of this.#known.keys()) {
			if (!there.has(name)) {
				this.#known.delete(name);
			}
		}
		let missing = 0;
		for (const name of names.filter((each) => !this.#known.has(each))) {
			const run = await readListedRun(join(this.#folder, name));
			if (run === null) {
				missing++;
			} else {
				this.#known.set(name, run);
			}
		}
		return missing;
	}
}

async function foldersIn(folder: string): Promise<string[]> {
	try {
		const entries = await readdir(folder, { withFileTypes: true });
		return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
	} catch {
		return [];
	}
}
