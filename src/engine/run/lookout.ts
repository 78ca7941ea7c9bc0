import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '../../core/base/ports.ts';
import type { RunEvent } from '../../core/run/events.ts';
import type { EngineEntry } from '../../core/run/runState.ts';
import type { RunTable } from '../../core/run/runTable.ts';
import { livenessOf } from '../processes/processIdentity.ts';
import { StandstillWatch } from '../processes/standstillWatch.ts';

/** How often an engine looks for what nobody tells it: dead engines, lines of others on a quiet file system. */
export const housekeepingMs = 1_000;

export interface LookoutOptions {
	readonly engine: string;
	/** Also what engines of other hosts and containers held, which cannot be seen from here (D3). */
	readonly takeOver: boolean;
	/** Of the run: what tasks leave lies on this disk. */
	readonly folder: string;
	readonly logger: Logger;
}

/** Sees which other engines of a run are gone or frozen. */
export class Lookout {
	readonly #options: LookoutOptions;
	readonly #standstill = new StandstillWatch();
	#isFull = false;
	#lookedAt = Number.NEGATIVE_INFINITY;

	constructor(options: LookoutOptions) {
		this.#options = options;
	}

	/** Milliseconds since the last look, by a clock that nobody can set back. */
	get age(): number {
		return performance.now() - this.#lookedAt;
	}

	/** True once in a while. */
	isDue(): boolean {
		if (this.age < housekeepingMs) {
			return false;
		}
		this.#lookedAt = performance.now();
		return true;
	}

	/** D7: runners wait with their results while the disk is full, which is said, or a run would stand still without a word. */
	async lookAtDisk(): Promise<void> {
		const { folder, logger } = this.#options;
		const isFull = (await Promise.all([folder, join(folder, 'attempts')].map(hasNoSpace))).includes(true);
		if (isFull && !this.#isFull) {
			logger.warn(
				`The disk of ${folder} is full: tasks that end wait with their results until there is some space.`,
			);
		}
		this.#isFull = isFull;
	}

	/**
	 * What is to be said about other engines: what nobody will take up any more must keep no barrier closed (S1), and is
	 * waited for by nobody (S5).
	 */
	absences(table: RunTable): RunEvent[] {
		const others = [...table.engines.values()].filter(
			({ id, stopped }) => !stopped && id !== this.#options.engine,
		);
		return others.flatMap((engine) => this.#absence(engine) ?? []);
	}

	#absence({ id, process, scope, away }: EngineEntry): RunEvent | null {
		const { engine, takeOver, logger } = this.#options;
		const liveness = livenessOf(process);
		if (liveness === 'dead' || (liveness === 'unknown' && takeOver)) {
			// What it held is taken up in any case; only what it was asked for would be waited for.
			return scope.size === 0 ? null : { kind: 'engine-stopped', engine: id };
		}
		if (liveness !== 'alive' || away || !this.#standstill.isFrozen(process)) {
			return null;
		}
		logger.info(`An engine (process ${process.pid}) stands still: what it had is taken up here.`);
		return { kind: 'engine-away', engine: id, seenBy: engine };
	}
}

/** Less than this is nothing: a result is small, and a file system counts in blocks. */
const smallestSpace = 64 * 1024;

async function hasNoSpace(folder: string): Promise<boolean> {
	return statfs(folder).then(
		({ bavail, bsize, blocks }) => blocks > 0 && bavail * bsize < smallestSpace,
		() => false,
	);
}
