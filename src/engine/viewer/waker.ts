import type { Disposable } from '../../core/base/disposable.ts';
import { DisposableStore } from '../../core/base/disposable.ts';
import { watchFolder } from '../journal/watchFolder.ts';

const pollMs = 250;

/** Sleeps until something in the watched folders changed, and for a quarter of a second at most. */
export class Waker implements Disposable {
	readonly #watches = new DisposableStore();
	readonly #folders = new Set<string>();
	#changed = false;
	#wake: (() => void) | null = null;

	watch(folder: string): void {
		if (this.#folders.has(folder)) {
			return;
		}
		this.#folders.add(folder);
		this.#watches.add(
			watchFolder({ folder, pollMs, onChange: async () => this.#onChange(), onError: () => {} }),
		);
	}

	/** Resolves at once if something changed since the last call. */
	async sleep(): Promise<void> {
		if (!this.#changed) {
			await new Promise<void>((resolve) => {
				this.#wake = resolve;
			});
		}
		this.#wake = null;
		this.#changed = false;
	}

	dispose(): void {
		this.#watches.dispose();
		this.#onChange();
	}

	#onChange(): void {
		this.#changed = true;
		this.#wake?.();
	}
}
