import { setImmediate as nextTurn } from 'node:timers/promises';
import type { PackedFold } from '../../core/run/checkpoint/packFold.ts';
import { packFold } from '../../core/run/checkpoint/packFold.ts';
import { unpackFold } from '../../core/run/checkpoint/unpackFold.ts';
import type { StampedEvent } from '../../core/run/events.ts';
import type { FoldFacts } from '../../core/run/runFold.ts';
import { RunFold } from '../../core/run/runFold.ts';
import type { RunPlan } from '../../core/run/runPlan.ts';
import { journalFile } from '../files/runPaths.ts';
import type { Checkpoint } from './checkpoint.ts';
import { readCheckpoint, writeCheckpoint } from './checkpoint.ts';
import { foldVersion } from './foldVersion.ts';
import { JournalReader } from './journalReader.ts';
import type { KnownPlan } from './snapshotStore.ts';
import { SnapshotStore } from './snapshotStore.ts';

/** A line that changed nothing, and why. */
export interface VoidedEvent {
	readonly event: StampedEvent;
	readonly reason: string;
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
	readonly #store: SnapshotStore;
	/** The snapshots that lines named, the one in force, and whether each of them could be read. */
	readonly #snapshots = new Set<string>();
	#inForce = '';
	#hasAllSnapshots = true;
	#linesSinceCheckpoint = 0;
	#isBegun = false;
	#refreshing: Promise<readonly VoidedEvent[]> | null = null;

	/**
	 * `keepsOpen`: for somebody who refreshes after every line; `close` it then. `known`: a plan that is in memory already,
	 * with the hash of its snapshot, so that a large one is not held twice.
	 */
	constructor(folder: string, { keepsOpen = false, known }: RunLogOptions = {}) {
		this.folder = folder;
		this.#store = new SnapshotStore(folder, known);
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

	/** How many lines an opening would have to read now. */
	get linesSinceCheckpoint(): number {
		return this.#linesSinceCheckpoint;
	}

	/** A sentence once the journal is no longer the file that was read; nothing that is appended to it will be seen. */
	get lost(): string | null {
		const { lost } = this.#reader;
		return lost === null
			? null
			: `${journalFile(this.folder)} ${lost === 'removed' ? 'was removed' : 'became shorter: somebody replaced it'} while it was followed.`;
	}

	/**
	 * Folds what was appended since the last call and returns what was void in it; the first call begins at the checkpoint,
	 * where there is one. Calls share one pass.
	 */
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

	/**
	 * Keeps what the journal came to beside it, so that the next one who opens the run need not read it again. Without a word
	 * where what there is depends on more than the files say: a snapshot that could not be read may be there the next time.
	 * Throws what the operating system says.
	 */
	writeCheckpoint(): void {
		this.#linesSinceCheckpoint = 0;
		const facts = this.fold.putAside();
		if (facts !== null && this.#hasAllSnapshots && this.lost === null && foldVersion !== '') {
			const { position } = this.#reader;
			const [snapshots, plan] = [[...this.#snapshots], this.#inForce];
			writeCheckpoint(this.folder, { position, snapshots, plan, fold: packFold(facts) });
		}
	}

	async #refresh(): Promise<readonly VoidedEvent[]> {
		if (!this.#isBegun) {
			this.#isBegun = true;
			await this.#takeUpCheckpoint();
		}
		const voided: VoidedEvent[] = [];
		for (const event of await this.#reader.read()) {
			const named = event.kind === 'run-created' || event.kind === 'plan-changed';
			const snapshot = named ? this.#named(event.snapshot) : null;
			const reason = this.fold.apply(event, snapshot);
			this.#linesSinceCheckpoint++;
			if (reason !== null) {
				voided.push({ event, reason });
			} else if (named) {
				this.#inForce = event.snapshot;
			}
		}
		return voided;
	}

	/** A checkpoint is a cache: whatever is wrong with it, the journal is read from its beginning. */
	async #takeUpCheckpoint(): Promise<void> {
		const checkpoint = readCheckpoint(this.folder);
		if (checkpoint === null || !(await this.#reader.beginsWith(checkpoint.position))) {
			return;
		}
		const facts = await this.#unpack(checkpoint);
		if (facts !== null) {
			this.#reader.resume(checkpoint.position);
			this.fold.takeUp(facts);
			for (const hash of checkpoint.snapshots) {
				this.#snapshots.add(hash);
			}
			this.#inForce = checkpoint.plan;
		}
	}

	/** Null where a snapshot that the lines before it name is not what it was: whoever reads the lines would come to something else. */
	async #unpack({ snapshots, plan: inForce, fold }: Checkpoint): Promise<FoldFacts | null> {
		for (const hash of snapshots) {
			if (hash !== inForce && !this.#store.has(hash)) {
				return null;
			}
		}
		const plan = this.#store.read(inForce);
		if (plan === null) {
			return null;
		}
		// A window does its own work in between.
		await nextTurn();
		try {
			return unpackFold(JSON.parse(fold) as PackedFold, plan);
		} catch {
			return null;
		}
	}

	/** The snapshot that a line names, remembered for the checkpoint. */
	#named(hash: string): RunPlan | null {
		// The line that creates a run stands twice in its journal.
		const plan = hash === this.#inForce ? (this.fold.table?.plan ?? null) : this.#store.read(hash);
		this.#snapshots.add(hash);
		this.#hasAllSnapshots &&= plan !== null;
		return plan;
	}
}
