import type { Logger } from '../../core/base/ports.ts';
import type { ListedRun } from '../../engine/journal/listRuns.ts';
import { RunLog } from '../../engine/journal/runLog.ts';
import type { RunView } from '../../engine/journal/runView.ts';
import { viewOf } from '../../engine/journal/runView.ts';
import type { RunDigest } from './runRows.ts';

/** Folds are large: only those that somebody looked into last are kept. */
const keptOpen = 3;

export interface PastRunsOptions {
	readonly logger: Logger;
	/** More digests are there. */
	readonly onRead: () => void;
}

/**
 * Earlier runs, read when somebody looks at them, one after another and never twice: nobody writes into them any more, but
 * for one that is gone on with, which then is the newest and followed by others.
 */
export class PastRuns {
	readonly #options: PastRunsOptions;
	/** By folder; null where it cannot be read. */
	readonly #digests = new Map<string, RunDigest | null>();
	readonly #open = new Map<string, RunView>();
	readonly #wanted = new Map<string, ListedRun>();
	#isReading = false;

	constructor(options: PastRunsOptions) {
		this.#options = options;
	}

	/** What is known of a run; undefined until it was read, which begins with this call. */
	digest(run: ListedRun): RunDigest | null | undefined {
		const known = this.#digests.get(run.folder);
		if (known === undefined && !this.#wanted.has(run.folder)) {
			this.#wanted.set(run.folder, run);
			void this.#readWanted();
		}
		return known;
	}

	/** A run as it ended; null where its journal cannot be read. */
	async open({ folder }: ListedRun): Promise<RunView | null> {
		const known = this.#open.get(folder) ?? (await this.#read(folder));
		if (known !== null) {
			this.#open.delete(folder);
			this.#open.set(folder, known);
		}
		for (const oldest of [...this.#open.keys()].slice(0, -keptOpen)) {
			this.#open.delete(oldest);
		}
		return known;
	}

	/** Forgets runs that are gone, and those that are followed as they go on. */
	keep(runs: readonly ListedRun[], newest: ReadonlySet<string>): void {
		const folders = new Set(runs.map(({ folder }) => folder));
		for (const folder of [...this.#digests.keys(), ...this.#open.keys()]) {
			if (!folders.has(folder) || newest.has(folder)) {
				this.#digests.delete(folder);
				this.#open.delete(folder);
			}
		}
	}

	async #readWanted(): Promise<void> {
		if (this.#isReading) {
			return;
		}
		this.#isReading = true;
		for (const [folder] of this.#wanted) {
			const view = await this.#read(folder);
			this.#wanted.delete(folder);
			this.#digests.set(folder, view === null ? null : digestOf(view));
			this.#options.onRead();
			// The window does its own work between two journals.
			await new Promise((resolve) => setImmediate(resolve));
		}
		this.#isReading = false;
	}

	async #read(folder: string): Promise<RunView | null> {
		const log = new RunLog(folder);
		try {
			await log.refresh();
			return viewOf(log);
		} catch (error) {
			this.#options.logger.warn(`The run in ${folder} cannot be read: ${String(error)}`);
			return null;
		}
	}
}

function digestOf({ state, totals, plan }: RunView): RunDigest {
	return { state, totals, strategy: plan.strategy };
}
