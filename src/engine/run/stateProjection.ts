import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '../../core/base/ports.ts';
import { readStateFile } from '../../core/evidence/readStateFile.ts';
import { renderStateFile } from '../../core/evidence/stateFile.ts';
import type { RunPlan } from '../../core/run/runPlan.ts';
import { sprintVerdicts } from '../../core/run/sprintVerdicts.ts';
import { countPossibleTracks } from '../../core/schedule/possibleTracks.ts';
import { explainDiskError } from '../files/diskError.ts';
import { fileNameForId } from '../files/fileNameForId.ts';
import { replaceFile } from '../files/replaceFile.ts';
import { switchyardFolder } from '../files/runPaths.ts';
import type { RunLog } from '../journal/runLog.ts';

/** The state file is for people and other tools; once a second is more than either reads (design of the hot path). */
const minGapMs = 1_000;
/** What it may take of an engine's time, where a plan is so large that a second is too often: one part in so many. */
const minShare = 20;

/** Where the projection of a plan lies: in the planning folder; of one file in `.switchyard`, or beside it (FORMATS 2.1). */
export function stateFilePath(rootPath: string, plan: RunPlan): string {
	if (plan.form === 'folder') {
		return join(rootPath, 'docs', 'planning', '.project-state.yaml');
	}
	return plan.stateFile === 'beside'
		? join(rootPath, `.${fileNameForId(plan.key)}-state.yaml`)
		: privateStateFile(rootPath, plan);
}

/** Where an import notes what is completed, wherever the plan says that its state belongs. */
export function privateStateFile(rootPath: string, { key }: Pick<RunPlan, 'key'>): string {
	return join(switchyardFolder(rootPath), 'state', `${fileNameForId(key)}.yaml`);
}

export interface StateProjectionOptions {
	readonly rootPath: string;
	readonly log: RunLog;
	readonly logger: Logger;
}

/** Keeps the state file equal to the fold, off the hot path and atomically. It is never read back as truth. */
export class StateProjection {
	readonly #options: StateProjectionOptions;
	#writtenAt = Number.NEGATIVE_INFINITY;
	/** How long the engine was kept by the last one. */
	#tookMs = 0;
	#timer: NodeJS.Timeout | null = null;
	#writing: Promise<void> = Promise.resolve();
	#tracks: { readonly plan: RunPlan; readonly count: number } | null = null;
	#failed = false;

	constructor(options: StateProjectionOptions) {
		this.#options = options;
	}

	/** Keeps a state file that cannot be read (torn, or broken by hand) as `.backup` before the first write. */
	async keepBroken(plan: RunPlan): Promise<void> {
		const file = stateFilePath(this.#options.rootPath, plan);
		try {
			const text = await readFile(file, 'utf8');
			if (readStateFile(text).problems.length > 0) {
				await replaceFile(this.#options.rootPath, `${file}.backup`, text);
				this.#options.logger.warn(
					`${file} could not be read; it was kept as ${file}.backup and is written anew.`,
				);
			}
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
				this.#complain(error);
			}
		}
	}

	/** Says that the fold changed; writes now or within a second, of a very large plan within some. */
	touch(): void {
		if (this.#timer !== null) {
			return;
		}
		const gap = Math.max(minGapMs, this.#tookMs * minShare);
		const wait = Math.max(0, this.#writtenAt + gap - performance.now());
		this.#timer = setTimeout(() => {
			this.#timer = null;
			this.#write();
		}, wait);
	}

	/**
	 * Writes the last state and waits until it is there. Another engine may have written a newer one in the meantime, and
	 * this one would take its place: so the journal is read again after the writing, until nothing is new in it.
	 */
	async flush(): Promise<void> {
		if (this.#timer !== null) {
			clearTimeout(this.#timer);
			this.#timer = null;
		}
		const { log } = this.#options;
		for (let written = -1; written !== log.fold.revision && !this.#failed; ) {
			written = log.fold.revision;
			this.#write();
			await this.#writing;
			await log.refresh();
		}
	}

	#write(): void {
		this.#writing = this.#writing
			.then(() => this.#writeNow())
			.catch((error: unknown) => this.#complain(error));
	}

	async #writeNow(): Promise<void> {
		const { rootPath, log } = this.#options;
		const { fold } = log;
		const { table, created } = fold;
		if (table === null || created === null) {
			return;
		}
		this.#writtenAt = performance.now();
		const file = stateFilePath(rootPath, table.plan);
		const text = renderStateFile({
			plan: table.plan,
			tasks: table.planTasks(),
			createdAt: created.at,
			updatedAt: fold.updatedAt,
			gates: sprintVerdicts(table),
			maxPossibleTracks: this.#possibleTracks(table.plan),
		});
		this.#tookMs = performance.now() - this.#writtenAt;
		await replaceFile(rootPath, file, text);
	}

	#possibleTracks(plan: RunPlan): number {
		if (this.#tracks?.plan !== plan) {
			this.#tracks = { plan, count: countPossibleTracks(plan.tasks) };
		}
		return this.#tracks.count;
	}

	/** A projection that cannot be written costs nothing but itself: the journal goes on. Said once. */
	#complain(fault: unknown): void {
		if (!this.#failed) {
			this.#failed = true;
			const error = explainDiskError(fault);
			this.#options.logger.warn(
				`The state file could not be written: ${error instanceof Error ? error.message : error}`,
			);
		}
	}
}
