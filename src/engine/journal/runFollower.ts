import { setTimeout as delay } from 'node:timers/promises';
import { DisposableOwner, DisposableStore } from '../../core/base/disposable.ts';
import { Emitter } from '../../core/base/emitter.ts';
import type { Logger } from '../../core/base/ports.ts';
import { runsFolder } from '../files/runPaths.ts';
import { StaleWatch } from './evidenceRecords.ts';
import type { ListedRun } from './listRuns.ts';
import { RunLister } from './runLister.ts';
import { RunLog } from './runLog.ts';
import type { EvidenceFindings, RunView } from './runView.ts';
import { viewOf } from './runView.ts';
import { watchFolder } from './watchFolder.ts';
import { WrittenWatch } from './writtenWatch.ts';

export type { RunView } from './runView.ts';

/** The newest run of a plan changed: other tasks, another condition, or another run altogether. */
export interface RunChange {
	readonly run: RunView | null;
	/** Ids of tasks whose state changed; all of them when the run is another one. */
	readonly tasks: ReadonlySet<string>;
}

/** How often it looks without a hint. Liveness of engines shows only so: a killed process writes nothing. */
const pollMs = 1_000;
/** The journal's folder is polled for file systems that give no events. */
const journalPollMs = 5_000;
/** Files change by hand at any time, and nobody writes that into a journal. */
const stalePollMs = 3_000;
/** How long one look at the evidence itself may take: of a large run the next ones see the rest. */
const writtenBudgetMs = 25;
/** Views are told at most this often. */
const redrawMs = 40;

/**
 * Follows the newest run of one plan through its journal, whoever drives it, and a later one that starts meanwhile.
 * Reads only; it is what windows and `status --watch` look through.
 */
export class RunFollower extends DisposableOwner {
	readonly #rootPath: string;
	readonly #planKey: string;
	readonly #logger: Logger;
	readonly #changed: Emitter<RunChange>;
	readonly onDidChange;
	readonly #journalWatch: DisposableStore;
	readonly #lister: RunLister;
	#runs: readonly ListedRun[] = [];
	#log: RunLog | null = null;
	#view: RunView | null = null;
	readonly #staleWatch: StaleWatch;
	readonly #writtenWatch: WrittenWatch;
	#evidence: EvidenceFindings = { stale: new Map(), altered: [] };
	#staleAt = Number.NEGATIVE_INFINITY;

	constructor(options: { rootPath: string; planKey: string; logger: Logger }) {
		super();
		this.#rootPath = options.rootPath;
		this.#planKey = options.planKey;
		this.#logger = options.logger;
		this.#lister = new RunLister(options.rootPath);
		this.#staleWatch = new StaleWatch(options.rootPath);
		this.#writtenWatch = new WrittenWatch(options.rootPath);
		this.#changed = this.register(new Emitter<RunChange>((error) => this.#logger.error(String(error))));
		this.onDidChange = this.#changed.event;
		this.#journalWatch = this.register(new DisposableStore());
	}

	get current(): RunView | null {
		return this.#view;
	}

	/** All runs of the plan, oldest first. */
	get runs(): readonly ListedRun[] {
		return this.#runs;
	}

	/** Reads what is there, then keeps following until disposed. */
	async start(): Promise<void> {
		await this.#lookForRuns();
		if (this.isDisposed) {
			return;
		}
		const onError = (error: unknown) =>
			this.#logger.warn(`Cannot follow the runs of ${this.#rootPath}: ${String(error)}`);
		const folder = runsFolder(this.#rootPath);
		this.register(watchFolder({ folder, pollMs, onChange: () => this.#lookForRuns(), onError }));
	}

	/** The newest run may be another one by now; either way its journal is read on. */
	async #lookForRuns(): Promise<void> {
		const runs = (await this.#lister.list()).filter(({ plan }) => plan === this.#planKey);
		if (this.isDisposed) {
			return;
		}
		const isOther = runs.length !== this.#runs.length || runs.some((run, index) => run !== this.#runs[index]);
		this.#runs = isOther ? runs : this.#runs;
		const newest = runs.at(-1);
		// A journal that was removed may be there again, of another run with the same name.
		const isLost = this.#log !== null && this.#log.lost !== null;
		if (isLost) {
			this.#lister.forget();
		}
		if (newest?.folder !== this.#log?.folder || isLost) {
			this.#log = newest === undefined ? null : new RunLog(newest.folder);
			// What was found belongs to the run before.
			this.#evidence = { stale: new Map(), altered: [] };
			this.#staleAt = Number.NEGATIVE_INFINITY;
			this.#journalWatch.clear();
			if (newest !== undefined) {
				this.#followJournal(newest.folder);
			}
		}
		await this.#look(isOther);
	}

	/** Lines arrive at once and not with the next poll. */
	#followJournal(folder: string): void {
		const onError = (error: unknown) => this.#logger.warn(`Cannot follow ${folder}: ${String(error)}`);
		const onChange = async () => {
			await this.#look();
			// A run of a thousand short tasks writes faster than anybody looks.
			await delay(redrawMs);
		};
		this.#journalWatch.add(watchFolder({ folder, pollMs: journalPollMs, onChange, onError }));
	}

	/** Which tasks' evidence fell into doubt, or is in none any more. Costs a `stat` a recorded file, so that it is not done at every line. */
	async #lookAtEvidence(log: RunLog | null): Promise<readonly string[]> {
		const { table = null, revision = 0 } = log?.fold ?? {};
		if (table === null || performance.now() < this.#staleAt) {
			return [];
		}
		const began = performance.now();
		const before = this.#evidence;
		const stale = await this.#staleWatch.look(table);
		const altered = await this.#writtenWatch.look(table, { budgetMs: writtenBudgetMs, revision });
		this.#evidence = { stale, altered };
		// Never more than a fiftieth of the time, however many files there are.
		this.#staleAt = performance.now() + Math.max(stalePollMs, 50 * (performance.now() - began));
		return doubtChanges(before, this.#evidence);
	}

	/** `isNews`: views are told although the newest run is as it was. */
	async #look(isNews = false): Promise<void> {
		const log = this.#log;
		await log?.refresh();
		if (this.isDisposed || log !== this.#log) {
			return;
		}
		const isOpened = this.#view?.folder !== log?.folder;
		if (isOpened) {
			// It is shown at once: there may be thousands of files of evidence to look at.
			this.#show(log, { isNews, restaled: [] });
		}
		const restaled = await this.#lookAtEvidence(log);
		if (!this.isDisposed && log === this.#log) {
			this.#show(log, { isNews: isNews && !isOpened, restaled });
		}
	}

	#show(
		log: RunLog | null,
		{ isNews, restaled }: { readonly isNews: boolean; readonly restaled: readonly string[] },
	): void {
		const before = this.#view;
		this.#view = log === null ? null : viewOf(log, this.#evidence);
		const tasks = new Set([...(log?.fold.takeChanged() ?? []), ...restaled]);
		const condition = this.#view?.state !== before?.state || this.#view?.run !== before?.run;
		if (isNews || condition || tasks.size > 0 || besideTasks(this.#view) !== besideTasks(before)) {
			this.#changed.fire({ run: this.#view, tasks });
		}
	}
}

function doubtChanges(before: EvidenceFindings, after: EvidenceFindings): string[] {
	const old = doubtTexts(before);
	const now = doubtTexts(after);
	return [...new Set([...old.keys(), ...now.keys()])].filter((id) => old.get(id) !== now.get(id));
}

function doubtTexts({ stale, altered }: EvidenceFindings): ReadonlyMap<string, string> {
	const texts = new Map([...stale].map(([id, paths]) => [id, paths.join('\n')]));
	for (const { task, path, how } of altered) {
		texts.set(task, `${texts.get(task) ?? ''}\n${how} ${path}`);
	}
	return texts;
}

/** What views show of a run that belongs to none of its tasks. */
function besideTasks(view: RunView | null): string {
	return view === null ? '' : JSON.stringify([view.engines.map(({ id }) => id), view.questions]);
}
