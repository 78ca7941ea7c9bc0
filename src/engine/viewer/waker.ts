import { Alarm } from '../../core/base/alarm.ts';
import type { Disposable } from '../../core/base/disposable.ts';
import { DisposableStore } from '../../core/base/disposable.ts';
import { watchFolder } from '../journal/watchFolder.ts';

const pollMs = 250;

/** Sleeps until something in the watched folders changed, and for a quarter of a second at most. */
export class Waker implements Disposable {
	readonly #watches = new DisposableStore();
	readonly #folders = new Set<string>();
	readonly #alarm = new Alarm();

	watch(folder: string): void {
		if (this.#folders.has(folder)) {
			return;
		}
		this.#folders.add(folder);
		this.#watches.add(
			watchFolder({ folder, pollMs, onChange: async () => this.#alarm.ring(), onError: () => {} }),
		);
	}

	/** Resolves at once if something changed since the last call. */
	sleep(): Promise<void> {
		return this.#alarm.wait();
	}

	dispose(): void {
		this.#watches.dispose();
		this.#alarm.ring();
	}
}
