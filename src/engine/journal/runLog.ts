import { readFile } from 'node:fs/promises';
import type { StampedEvent } from '../../core/run/events.ts';
import { RunFold } from '../../core/run/runFold.ts';
import type { RunPlan } from '../../core/run/runPlan.ts';
import { journalFile, snapshotFile } from '../files/runPaths.ts';
import { JournalReader } from './journalReader.ts';

/** A line that changed nothing, and why. */
export interface VoidedEvent {
	readonly event: StampedEvent;
	readonly reason: string;
}

/** One run on disk, folded as far as its journal has been read. */
export class RunLog {
	readonly folder: string;
	readonly fold = new RunFold();
	readonly #reader: JournalReader;
	#voided = 0;
	#refreshing: Promise<readonly VoidedEvent[]> | null = null;

	constructor(folder: string) {
		this.folder = folder;
		this.#reader = new JournalReader(journalFile(folder));
	}

	/** How many lines were void so far: lost races between engines, late results. */
	get voidedCount(): number {
		return this.#voided;
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
		const bad = this.#reader.badLines.length;
		const problems: string[] = [];
		if (bad > 0) {
			problems.push(
				`${bad} ${bad === 1 ? 'line' : 'lines'} of ${journalFile(this.folder)} cannot be trusted and ${bad === 1 ? 'was' : 'were'} skipped; results are taken again from the attempts' own files.`,
			);
		}
		if (this.#reader.truncated) {
			problems.push(
				`${journalFile(this.folder)} became shorter: somebody replaced it. What was read before still holds here.`,
			);
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
		try {
			const plan = JSON.parse(await readFile(snapshotFile(this.folder, hash), 'utf8')) as RunPlan;
			return plan.schema === 1 ? plan : null;
		} catch {
			return null;
		}
	}
}
