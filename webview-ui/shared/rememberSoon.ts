import type { Disposable } from '../../src/core/base/disposable.ts';
import { DisposableStore, toDisposable } from '../../src/core/base/disposable.ts';
import type { Event } from '../../src/core/base/emitter.ts';

const delayMs = 150;

/**
 * Has a page's state written at once, because its plan alone is what a window that reloads needs to bring the page back,
 * and then shortly after each change: the page may be thrown away at any time.
 */
export function rememberSoon({
	write,
	onDidChange,
}: {
	readonly write: () => void;
	readonly onDidChange: readonly Event<unknown>[];
}): Disposable {
	const store = new DisposableStore();
	let timer: ReturnType<typeof setTimeout> | null = null;
	write();
	for (const event of onDidChange) {
		store.add(
			event(() => {
				timer ??= setTimeout(() => {
					timer = null;
					write();
				}, delayMs);
			}),
		);
	}
	store.add(
		toDisposable(() => {
			if (timer !== null) {
				clearTimeout(timer);
			}
		}),
	);
	return store;
}
