import type { Position } from './plan.ts';

/** Translates offsets into lines and columns, with the line ends of the LSP: LF, CR LF and a lone CR. */
export class LineTable {
	readonly #starts: readonly number[];
	readonly #text: string;

	constructor(text: string) {
		const starts = [0];
		for (const end of text.matchAll(/\r\n|\n|\r/g)) {
			starts.push(end.index + end[0].length);
		}
		this.#starts = starts;
		this.#text = text;
	}

	/** Zero-based; an offset outside the text is moved to its nearest end, one between CR and LF before both. */
	positionAt(offset: number): Position {
		const within = Math.max(0, Math.min(offset, this.#text.length));
		const isSplit = this.#text[within - 1] === '\r' && this.#text[within] === '\n';
		const at = isSplit ? within - 1 : within;
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
