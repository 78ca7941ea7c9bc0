import type { Disposable } from '../core/base/disposable.ts';

/** Shortest and longest pause between a change and the check that follows, in milliseconds. */
const shortest = 60;
const longest = 1_000;

/** Runs one task some time after it was asked for, once for all requests of that time: typing checks once a pause. */
export class RefreshQueue implements Disposable {
	readonly #task: () => void;
	readonly #now: () => number;
	#timer: ReturnType<typeof setTimeout> | null = null;
	#lastMs = 0;

	constructor(task: () => void, now: () => number) {
		this.#task = task;
		this.#now = now;
	}

	/** Asks for a run; a request that waits is put off, by more when the last run took long. */
	request(): void {
		if (this.#timer !== null) {
			clearTimeout(this.#timer);
		}
		const pause = Math.min(Math.max(shortest, this.#lastMs), longest);
		this.#timer = setTimeout(() => this.flush(), pause);
	}

	/** Runs now what waits. */
	flush(): void {
		if (this.#timer === null) {
			return;
		}
		clearTimeout(this.#timer);
		this.#timer = null;
		const start = this.#now();
		this.#task();
		this.#lastMs = this.#now() - start;
	}

	dispose(): void {
		if (this.#timer !== null) {
			clearTimeout(this.#timer);
			this.#timer = null;
		}
	}
}
