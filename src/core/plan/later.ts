/** A value that is made when it is first asked for, once. */
export class Later<T> {
	readonly #make: () => T;
	#made: { readonly value: T } | null = null;

	constructor(make: () => T) {
		this.#make = make;
	}

	get isMade(): boolean {
		return this.#made !== null;
	}

	get value(): T {
		this.#made ??= { value: this.#make() };
		return this.#made.value;
	}
}
