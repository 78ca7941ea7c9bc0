import { readFileSync } from 'node:fs';
import type { RunPlan } from '../../core/run/runPlan.ts';
import { snapshotFile } from '../files/runPaths.ts';
import { isSnapshot, parseSnapshot } from '../files/snapshot.ts';

/** A plan, and the hash that names its snapshot. */
export interface KnownPlan {
	readonly hash: string;
	readonly plan: RunPlan;
}

/** The versions of its plan that a run went by, each under the hash of its text. */
export class SnapshotStore {
	readonly #folder: string;
	readonly #known: KnownPlan | undefined;

	/** `known` is not read. */
	constructor(folder: string, known: KnownPlan | undefined) {
		this.#folder = folder;
		this.#known = known;
	}

	/** Null where the hash names nothing, or the file does not hold what it names. */
	read(hash: string): RunPlan | null {
		if (hash === this.#known?.hash) {
			return this.#known.plan;
		}
		const bytes = this.#bytes(hash);
		return bytes === null ? null : parseSnapshot(bytes, hash);
	}

	/** True where `read` would find it; of a large plan that is known much sooner. */
	has(hash: string): boolean {
		if (hash === this.#known?.hash) {
			return true;
		}
		const bytes = this.#bytes(hash);
		return bytes !== null && isSnapshot(bytes, hash);
	}

	#bytes(hash: string): Buffer | null {
		if (!/^[0-9a-f]{16,64}$/.test(hash)) {
			return null;
		}
		try {
			return readFileSync(snapshotFile(this.#folder, hash));
		} catch {
			return null;
		}
	}
}
