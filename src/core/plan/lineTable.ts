import type { Position } from './plan.ts';

/** Translates offsets into lines and columns, with the line ends of the LSP: LF, CR LF and a lone CR. */
export class LineTable {
	readonly #starts: readonly number[];
	readonly #length: number;

	constructor(text: string) {
		const starts = [0];
		for (const end of text.matchAll(/\r\n|\n|\r/g)) {
			starts.push(end.index + end[0].length);
		}
		this.#starts = starts;
		this.#length = text.length;
	}

	/** Zero-based; an offset outside the text is moved to its nearest end. */
	positionAt(offset: number): Position {
		const at = Math.max(0, Math.min(offset, this.#length));
		let low = 0;
		let high = this.#starts.length - 1;
		while (low < high) {
			const middle = Math.ceil((low + high) / 2);
			if ((this.#starts[middle] ?? 0) <= at) {
				low = middle;
			} else {
				high = middle - 1;
			}
		}
		return { line: low, character: at - (this.#starts[low] ?? 0) };
	}
}
