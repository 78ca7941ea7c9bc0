import type { Disposable } from '../core/base/disposable.ts';
import type { Problem } from '../core/plan/problem.ts';
import { joinUri } from '../core/plan/uris.ts';
import type { FolderPlansOptions } from './folderPlans.ts';
import type { ForeignPlans } from './foreignPlans.ts';
import type { PlanFileStore } from './planFileStore.ts';
import { problemsByFile } from './problemsByFile.ts';
import { toDiagnostic } from './toDiagnostic.ts';

/** Files that are read at the same time. */
const width = 32;

export interface FolderScanOptions extends FolderPlansOptions {
	readonly store: PlanFileStore;
	/** Plans that other tools wrote. */
	readonly others: ForeignPlans;
	/** Reads a planning file into the store. */
	readonly read: (path: string) => Promise<void>;
}

/** Searches one workspace folder for the files of plans, has them read, and forgets those that are gone. */
export class FolderScan implements Disposable {
	readonly #options: FolderScanOptions;
	/** Places with problems of the search. */
	readonly #shown = new Set<string>();
	#running: Promise<void> | null = null;
	#again = false;
	#disposed = false;

	constructor(options: FolderScanOptions) {
		this.#options = options;
	}

	/** A call during a search has it repeated. Resolves when all is read. */
	run(): Promise<void> {
		if (this.#running !== null) {
			this.#again = true;
			return this.#running;
		}
		this.#running = this.#untilQuiet().finally(() => {
			this.#running = null;
		});
		return this.#running;
	}

	/** Ends what runs, and takes its problems back. */
	dispose(): void {
		this.#disposed = true;
		this.#publish([]);
	}

	async #untilQuiet(): Promise<void> {
		do {
			this.#again = false;
			await this.#once();
		} while (this.#again && !this.#disposed);
	}

	async #once(): Promise<void> {
		const { source, folderUri, store, others, isForeign, onChange, read } = this.#options;
		const before = store.savedUris();
		const { paths, foreign, problems } = await source.search(folderUri);
		const isOwn = (path: string) => !isForeign(joinUri(folderUri, path));
		const wanted = paths.filter(isOwn);
		for (let at = 0; at < wanted.length && !this.#disposed; at += width) {
			await Promise.all(wanted.slice(at, at + width).map(read));
		}
		await others.take(foreign.filter(isOwn).map((path) => joinUri(folderUri, path)));
		if (this.#disposed) {
			return;
		}
		const found = new Set(wanted.map((path) => joinUri(folderUri, path)));
		for (const uri of before) {
			// Only what was known before the search: a file that was written meanwhile is in nobody's list yet.
			if (!found.has(uri)) {
				store.forgetSaved(uri);
			}
		}
		this.#publish(problems);
		onChange();
	}

	/** Problems of whole folders, shown at the folder. */
	#publish(problems: readonly Problem[]): void {
		const { output } = this.#options;
		const byPlace = problemsByFile(problems);
		for (const uri of this.#shown) {
			if (!byPlace.has(uri)) {
				this.#shown.delete(uri);
				output.publish({ uri, diagnostics: [] });
			}
		}
		for (const [uri, list] of byPlace) {
			this.#shown.add(uri);
			output.publish({ uri, diagnostics: list.map(toDiagnostic) });
		}
	}
}
