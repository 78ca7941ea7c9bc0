import { globsOverlap } from './globOverlap.ts';

/** What a task takes for itself while it runs (S2, S3). */
export interface Claims {
	readonly locks: readonly string[];
	readonly touches: readonly string[];
	/** Set where the strategy allows one task of a track at once. */
	readonly track: number | null;
}

/** Why two tasks may not run at the same time. */
export type Clash =
	| { readonly kind: 'lock'; readonly name: string }
	| { readonly kind: 'touches'; readonly own: string; readonly other: string }
	| { readonly kind: 'track'; readonly track: number };

/**
 * Claims by number: tasks that take the same share one, so that two kinds of claims are compared once and not once for
 * every two tasks. Number 0 claims nothing.
 */
export class ClaimTable {
	readonly #claims: Claims[] = [{ locks: [], touches: [], track: null }];
	readonly #numbers = new Map<string, number>();
	readonly #clashes = new Map<number, Map<number, Clash | null>>();
	readonly #overlaps = new Map<string, Map<string, boolean>>();

	/** The number of what a task claims. */
	numberOf({ locks, touches, track }: Claims): number {
		if (locks.length === 0 && touches.length === 0 && track === null) {
			return 0;
		}
		// Patterns that only take something out again make no claim smaller: what is left cannot be ruled out.
		const patterns = touches.filter((pattern) => !/^\s*!(?!\()/.test(pattern));
		const key = JSON.stringify([[...locks].sort(), [...patterns].sort(), track]);
		const known = this.#numbers.get(key);
		if (known !== undefined) {
			return known;
		}
		this.#numbers.set(key, this.#claims.length);
		return this.#claims.push({ locks, touches: patterns, track }) - 1;
	}

	/** What keeps two claims apart, from the first one's side; null where nothing does. */
	clash(one: number, other: number): Clash | null {
		if (one === 0 || other === 0) {
			return null;
		}
		let row = this.#clashes.get(one);
		if (row === undefined) {
			row = new Map();
			this.#clashes.set(one, row);
		}
		let found = row.get(other);
		if (found === undefined) {
			found = this.#compare(this.#claims[one], this.#claims[other]);
			row.set(other, found);
		}
		return found;
	}

	#compare(one: Claims | undefined, other: Claims | undefined): Clash | null {
		if (one === undefined || other === undefined) {
			return null;
		}
		if (one.track !== null && one.track === other.track) {
			return { kind: 'track', track: one.track };
		}
		const name = one.locks.find((lock) => other.locks.includes(lock));
		if (name !== undefined) {
			return { kind: 'lock', name };
		}
		for (const own of one.touches) {
			const met = other.touches.find((pattern) => this.#overlap(own, pattern));
			if (met !== undefined) {
				return { kind: 'touches', own, other: met };
			}
		}
		return null;
	}

	#overlap(one: string, other: string): boolean {
		let row = this.#overlaps.get(one);
		if (row === undefined) {
			row = new Map();
			this.#overlaps.set(one, row);
		}
		let found = row.get(other);
		if (found === undefined) {
			found = globsOverlap(one, other);
			row.set(other, found);
		}
		return found;
	}
}
