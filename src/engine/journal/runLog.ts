import { readFile } from 'node:fs/promises';
import type { StampedEvent } from '../../core/run/events.ts';
import { RunFold } from '../../core/run/runFold.ts';
import type { RunPlan } from '../../core/run/runPlan.ts';
import { journalFile, snapshotFile } from '../files/runPaths.ts';
import { parseSnapshot } from '../files/snapshot.ts';
import { JournalReader } from './journalReader.ts';

/** A line that changed nothing, and why. */
export interface VoidedEvent {
	readonly event: StampedEvent;
	readonly reason: string;
}

/** A plan, and the hash that names its snapshot. */
export interface KnownPlan {
	readonly hash: string;
	readonly plan: RunPlan;
}

export interface RunLogOptions {
	readonly keepsOpen?: boolean;
	readonly known?: KnownPlan;
}

/** One run on disk, folded as far as its journal has been read. */
export class RunLog {
	readonly folder: string;
	readonly fold = new RunFold();
	readonly #reader: JournalReader;
	readonly #known: KnownPlan | undefined;
	#voided = 0;
	#refreshing: Promise<readonly VoidedEvent[]> | null = null;

	/**
	 * `keepsOpen`: for somebody who refreshes after every line; `close` it then. `known`: a plan that is in memory already,
	 * with the hash of its snapshot, so that a large one is not held twice.
	 */
	constructor(folder: string, { keepsOpen = false, known }: RunLogOptions = {}) {
		this.folder = folder;
		this.#known = known;
		this.#reader = new JournalReader(journalFile(folder), { keepsOpen });
	}

	/** Gives the journal's file back; a refresh opens it again. */
	close(): void {
		this.#reader.close();
	}

	/** True where a refresh may find something: a cheap look, for who is woken by every change of the folder. */
	get mayHaveNews(): boolean {
		return this.#reader.mayHaveNews;
	}

	/** How many lines were void so far: lost races between engines, late results. */
	get voidedCount(): number {
		return this.#voided;
	}

	/** A sentence once the journal is no longer the file that was read; nothing that is appended to it will be seen. */
	get lost(): string | null {
		const { lost } = this.#reader;
		return lost === null
			? null
			: `${journalFile(this.folder)} ${lost === 'removed' ? 'was removed' : 'became shorter: somebody replaced it'} while it was followed.`;
	}

	/** Folds what was appended since the last call and returns what was void in it. Calls share one pass. */
	refresh(): Promise<readonly VoidedEvent[]> {
		this.#refreshing ??= this.#refresh().finally(() => {
			this.#refreshing = null;
		});
		return this.#refreshing;
	}

	/** What is wrong with the journal itself, in sentences. */
	problems(): string[] {
		const file = journalFile(this.folder);
		const { badLines } = this.#reader;
		const bad = badLines.filter(({ reason }) => reason !== 'chain').length;
		const problems: string[] = [];
		if (bad > 0) {
			problems.push(
				`${bad} ${bad === 1 ? 'line' : 'lines'} of ${file} cannot be trusted and ${bad === 1 ? 'was' : 'were'} skipped; results are taken again from the attempts' own files.`,
			);
		} else if (badLines.length > 0) {
			problems.push(`Lines of ${file} are missing; results are taken again from the attempts' own files.`);
		}
		if (this.lost !== null) {
			problems.push(this.lost);
		}
		return problems;
	}

	async #refresh(): Promise<readonly VoidedEvent[]> {
		const voided: VoidedEvent[] = [];
		for (const event of await this.#reader.read()) {
			const named = event.kind === 'run-created' || event.kind === 'plan-changed';
			const snapshot = named ? await this.#snapshot(event.snapshot) : null;
			const reason = this.fold.apply(event, snapshot);
			if (reason !== null) {
				this.#voided++;
				voided.push({ event, reason });
			}
		}
		return voided;
	}

	async #snapshot(hash: string): Promise<RunPlan | null> {
		if (!/^[0-9a-f]{16,64}$/.test(hash)) {
			return null;
		}
		if (hash === this.#known?.hash) {
			return this.#known.plan;
		}
		try {
			return parseSnapshot(await readFile(snapshotFile(this.folder, hash), 'utf8'), hash);
		} catch {
			return null;
		}
	}
}
