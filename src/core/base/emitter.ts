import type { Disposable } from './disposable.ts';
import { toDisposable } from './disposable.ts';

/** Subscribes to a fact; the result ends the subscription. Structurally compatible with the editor's events. */
export type Event<T> = (listener: (value: T) => void) => Disposable;

/** Announces facts of one kind. Keep it private and publish `event`. */
export class Emitter<T> implements Disposable {
	readonly #listeners = new Set<(value: T) => void>();
	readonly #onError: (error: unknown) => void;

	/** `onError` hears what listeners throw: one bad listener must not silence the others. */
	constructor(onError: (error: unknown) => void = rethrowLater) {
		this.#onError = onError;
	}

	readonly event: Event<T> = (listener) => {
		// A wrapper gives every subscription an identity of its own, so one function may subscribe twice.
		const entry = (value: T) => listener(value);
		this.#listeners.add(entry);
		return toDisposable(() => this.#listeners.delete(entry));
	};

	fire(value: T): void {
		for (const listener of [...this.#listeners]) {
			try {
				listener(value);
			} catch (error) {
				this.#onError(error);
			}
		}
	}

	dispose(): void {
		this.#listeners.clear();
	}
}

function rethrowLater(error: unknown): void {
	queueMicrotask(() => {
		throw error;
	});
}
