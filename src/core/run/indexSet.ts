/**
 * A set of small whole numbers that finds its next member in a few steps: bits in words of 32, with a level above that says
 * which words hold any. Members are numbers from 0 to `size` − 1.
 */
export class IndexSet {
	readonly #levels: Int32Array[] = [];
	#count = 0;

	constructor(size: number) {
		for (let words = size; ; ) {
			words = Math.max(1, (words + 31) >> 5);
			this.#levels.push(new Int32Array(words));
			if (words === 1) {
				break;
			}
		}
	}

	get size(): number {
		return this.#count;
	}

	has(index: number): boolean {
		return ((this.#word(0, index >> 5) >> (index & 31)) & 1) === 1;
	}

	add(index: number): void {
		if (this.has(index)) {
			return;
		}
		this.#count++;
		let at = index;
		for (const words of this.#levels) {
			const word = at >> 5;
			const before = words[word] ?? 0;
			words[word] = before | (1 << (at & 31));
			if (before !== 0) {
				return;
			}
			at = word;
		}
	}

	delete(index: number): void {
		if (!this.has(index)) {
			return;
		}
		this.#count--;
		let at = index;
		for (const words of this.#levels) {
			const word = at >> 5;
			const after = (words[word] ?? 0) & ~(1 << (at & 31));
			words[word] = after;
			if (after !== 0) {
				return;
			}
			at = word;
		}
	}

	/** The smallest member that is at least `from`; −1 without one. */
	next(from: number): number {
		let at = from;
		for (let level = 0; level < this.#levels.length; level++) {
			const word = at >> 5;
			const rest = this.#word(level, word) & (-1 << (at & 31));
			if (rest !== 0) {
				return this.#descend(level, (word << 5) + lowestBit(rest));
			}
			at = word + 1;
		}
		return -1;
	}

	#descend(level: number, member: number): number {
		let at = member;
		for (let below = level - 1; below >= 0; below--) {
			at = (at << 5) + lowestBit(this.#word(below, at));
		}
		return at;
	}

	#word(level: number, word: number): number {
		return this.#levels[level]?.[word] ?? 0;
	}
}

function lowestBit(word: number): number {
	return 31 - Math.clz32(word & -word);
}
