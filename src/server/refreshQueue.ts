import type { Disposable } from '../core/base/disposable.ts';

/** A check that takes no longer than this, in milliseconds, follows every change at once. */
const unnoticed = 8;

/** Longest pause between a change and the check that follows, in milliseconds. */
const longest = 1_000;

/**
 * Runs one task some time after it was asked for, once for all requests of that time. The pause is as long as the task took
 * lately: where a check is quick it follows every key, where it is not it never takes more than half of the time. One run
 * that took long says nothing: after a large plan was opened its edits are quick.
 */
export class RefreshQueue implements Disposable {
	readonly #task: () => void;
	readonly #now: () => number;
	/** Takes back the run that waits; null when none does. */
	#cancel: (() => void) | null = null;
	/** Of the last two runs, in milliseconds. */
	#lately: readonly [number, number] = [0, 0];

	constructor(task: () => void, now: () => number) {
		this.#task = task;
		this.#now = now;
	}

	/** Asks for a run; a request that waits is put off, by more when the last run took long. */
	request(): void {
		this.#cancel?.();
		const usual = Math.min(...this.#lately);
		const run = () => this.flush();
		if (usual <= unnoticed) {
			// No timer: the shortest one takes longer than a check.
			const waiting = setImmediate(run);
			this.#cancel = () => clearImmediate(waiting);
		} else {
			const waiting = setTimeout(run, Math.min(usual, longest));
			this.#cancel = () => clearTimeout(waiting);
		}
	}

	/** Runs now what waits. */
	flush(): void {
		if (this.#cancel === null) {
			return;
		}
		this.dispose();
		const start = this.#now();
		this.#task();
		this.#lately = [this.#lately[1], this.#now() - start];
	}

	dispose(): void {
		this.#cancel?.();
		this.#cancel = null;
	}
}
