const none: readonly number[] = [];

/** Lines that a running task keeps from starting: they are not looked at again before that task ends. */
export class ParkedLines {
	/** The task that keeps each line; −1 for one that is not parked. */
	readonly #keeper: Int32Array;
	readonly #lines = new Map<number, number[]>();

	constructor(lines: number) {
		this.#keeper = new Int32Array(lines).fill(-1);
	}

	has(line: number): boolean {
		return (this.#keeper[line] ?? -1) >= 0;
	}

	park(line: number, keeper: number): void {
		this.#keeper[line] = keeper;
		const lines = this.#lines.get(keeper);
		if (lines === undefined) {
			this.#lines.set(keeper, [line]);
		} else {
			lines.push(line);
		}
	}

	/** The lines that a task kept, which may be looked at again. */
	release(keeper: number): readonly number[] {
		const lines = this.#lines.get(keeper);
		if (lines === undefined) {
			return none;
		}
		this.#lines.delete(keeper);
		for (const line of lines) {
			this.#keeper[line] = -1;
		}
		return lines;
	}
}
