import type { Disposable } from '../../core/base/disposable.ts';

/** Runs `action` once, a moment after it was first asked for, however often that happens meanwhile. */
export interface Coalesced extends Disposable {
	schedule(): void;
	/** Forgets what was asked for. */
	cancel(): void;
}

/** About as often as a screen shows a frame that a person can tell apart. */
export function coalesce(action: () => void, delayMs = 50): Coalesced {
	let timer: ReturnType<typeof setTimeout> | null = null;
	const cancel = () => {
		if (timer !== null) {
			clearTimeout(timer);
			timer = null;
		}
	};
	return {
		schedule() {
			timer ??= setTimeout(() => {
				timer = null;
				action();
			}, delayMs);
		},
		cancel,
		dispose: cancel,
	};
}
