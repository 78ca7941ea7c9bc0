/** Something that holds a listener, a timer or another resource until it is disposed. Structurally the editor's own. */
export interface Disposable {
	dispose(): void;
}

/** Wraps a function that is called once, on the first `dispose`. */
export function toDisposable(release: () => void): Disposable {
	let released = false;
	return {
		dispose() {
			if (released) {
				return;
			}
			released = true;
			release();
		},
	};
}

/**
 * Owns disposables and ends them in reverse order of registration. Late additions are disposed at once, so that a
 * callback that resolves after the owner is gone leaks nothing. Errors of single members do not keep others alive:
 * they are collected into one `AggregateError`.
 */
export class DisposableStore implements Disposable {
	readonly #members = new Set<Disposable>();
	#disposed = false;

	get isDisposed(): boolean {
		return this.#disposed;
	}

	add<T extends Disposable>(member: T): T {
		if (this.#disposed) {
			member.dispose();
			return member;
		}
		this.#members.add(member);
		return member;
	}

	/** Disposes one member now and forgets it. */
	delete(member: Disposable): void {
		if (this.#members.delete(member)) {
			member.dispose();
		}
	}

	/** Disposes all members and stays usable. */
	clear(): void {
		const members = [...this.#members].reverse();
		this.#members.clear();
		const errors: unknown[] = [];
		for (const member of members) {
			try {
				member.dispose();
			} catch (error) {
				errors.push(error);
			}
		}
		if (errors.length > 0) {
			throw new AggregateError(errors, 'Some disposables could not be released.');
		}
	}

	dispose(): void {
		if (this.#disposed) {
			return;
		}
		this.#disposed = true;
		this.clear();
	}
}

/** Base of classes that own resources: register them in the expression that creates them. */
export abstract class DisposableOwner implements Disposable {
	readonly #store = new DisposableStore();

	protected get isDisposed(): boolean {
		return this.#store.isDisposed;
	}

	protected register<T extends Disposable>(member: T): T {
		return this.#store.add(member);
	}

	dispose(): void {
		this.#store.dispose();
	}
}
