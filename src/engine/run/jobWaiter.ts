import type { RunnerProcess } from '../runner/runnerLaunchers.ts';

/** Waits for the next reason to look at a job: its runner's exit, a stop, or the poll. */
export class JobWaiter {
	readonly #child: RunnerProcess | null;
	readonly #signals: readonly AbortSignal[];
	#wake: (() => void) | null = null;
	#childGone = false;
	#hint = false;
	#fault = '';

	constructor(child: RunnerProcess | null, signals: readonly AbortSignal[]) {
		this.#child = child;
		this.#signals = signals;
		child?.on('exit', this.#onExit);
		child?.on('error', this.#onError);
		for (const signal of signals) {
			signal.addEventListener('abort', this.#onHint);
		}
	}

	get childGone(): boolean {
		return this.#childGone;
	}

	/** True while a child of this process will tell its end by itself. */
	get hasChild(): boolean {
		return this.#child !== null && !this.#childGone;
	}

	/** What the operating system said when the child could not be started; empty otherwise. */
	get fault(): string {
		return this.#fault;
	}

	async wait(ms: number): Promise<void> {
		if (!this.#hint) {
			await new Promise<void>((resolve) => {
				const timer = setTimeout(resolve, ms);
				this.#wake = () => {
					clearTimeout(timer);
					resolve();
				};
			});
			this.#wake = null;
		}
		this.#hint = false;
	}

	/** Waits until the child is gone, whatever else happens; at most so long. */
	async waitForExit(ms: number): Promise<void> {
		const deadline = performance.now() + ms;
		for (let left = ms; this.hasChild && left > 0; left = deadline - performance.now()) {
			await this.wait(left);
		}
	}

	dispose(): void {
		this.#child?.off('exit', this.#onExit);
		for (const signal of this.#signals) {
			signal.removeEventListener('abort', this.#onHint);
		}
	}

	readonly #onHint = (): void => {
		this.#hint = true;
		this.#wake?.();
	};

	readonly #onExit = (): void => {
		this.#childGone = true;
		this.#onHint();
	};

	readonly #onError = (error: Error): void => {
		this.#fault = error.message;
		this.#onExit();
	};
}
