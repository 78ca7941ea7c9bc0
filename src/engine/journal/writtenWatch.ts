import type { Stats } from 'node:fs';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AlteredFile, WrittenRecord } from '../../core/evidence/writtenRecords.ts';
import { alteration, writtenRecords } from '../../core/evidence/writtenRecords.ts';
import type { RunTable } from '../../core/run/runTable.ts';
import { hashFile } from '../files/hashFile.ts';
import { isInside } from '../files/replaceFile.ts';

/** After so many files others have their turn. */
const filesATurn = 50;

interface LookOptions {
	readonly budgetMs?: number;
	readonly revision?: number;
}

/**
 * Finds evidence that is not as it was written. A file whose size and time are as before is not read again, and who looks
 * again and again may say how long one look may take: the next one goes on from there.
 */
export class WrittenWatch {
	readonly #rootPath: string;
	readonly #stamps = new Map<string, string>();
	readonly #altered = new Map<string, AlteredFile>();
	#records: readonly WrittenRecord[] = [];
	#seen: { readonly table: RunTable; readonly revision: number } | null = null;
	#next = 0;

	constructor(rootPath: string) {
		this.#rootPath = rootPath;
	}

	/** Every file that is known to be altered. Reads only. `revision`: of the fold, so that records are made once for each. */
	async look(
		table: RunTable,
		{ budgetMs = Number.POSITIVE_INFINITY, revision }: LookOptions = {},
	): Promise<readonly AlteredFile[]> {
		const records = this.#recordsOf(table, revision);
		const until = performance.now() + budgetMs;
		for (let done = 1; done <= records.length && performance.now() < until; done++) {
			const record = records[this.#next % records.length];
			this.#next++;
			if (record !== undefined) {
				await this.#lookAt(record);
			}
			if (done % filesATurn === 0) {
				await nextTurn();
			}
		}
		return [...this.#altered.values()];
	}

	#recordsOf(table: RunTable, revision: number | undefined): readonly WrittenRecord[] {
		if (revision === undefined || this.#seen?.table !== table || this.#seen.revision !== revision) {
			this.#records = writtenRecords(table);
			this.#seen = revision === undefined ? null : { table, revision };
			this.#forget(this.#records);
		}
		return this.#records;
	}

	/** What was written again since, or has no record any more, is altered no more before it is looked at. */
	#forget(records: readonly WrittenRecord[]): void {
		const hashes = new Map(records.map(({ path, hash }) => [path, hash]));
		for (const path of this.#altered.keys()) {
			const hash = hashes.get(path);
			if (hash === undefined || this.#stamps.get(path)?.startsWith(hash) !== true) {
				this.#altered.delete(path);
			}
		}
	}

	async #lookAt(record: WrittenRecord): Promise<void> {
		const { path, hash } = record;
		const file = join(this.#rootPath, ...path.split('/'));
		if (!isInside(this.#rootPath, file)) {
			// A journal is a file like any other: it may come with a cloned folder.
			return;
		}
		const stats = statOrNull(file);
		const stamp = `${hash} ${stats === null ? 'none' : `${stats.size} ${stats.mtimeMs} ${stats.ino}`}`;
		if (this.#stamps.get(path) === stamp) {
			return;
		}
		const altered = alteration(record, stats === null ? null : ((await hashFile(file))?.hash ?? null));
		this.#stamps.set(path, stamp);
		if (altered === null) {
			this.#altered.delete(path);
		} else {
			this.#altered.set(path, altered);
		}
	}
}

function statOrNull(file: string): Stats | null {
	try {
		return statSync(file, { throwIfNoEntry: false }) ?? null;
	} catch {
		return null;
	}
}
