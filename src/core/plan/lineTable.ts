import type { Position } from './plan.ts';

/** Translates offsets into lines and columns, with the line ends of the LSP: LF, CR LF and a lone CR. */
export class LineTable {
	readonly #starts: readonly number[];
	readonly #text: string;

	constructor(text: string) {
		this.#starts = startsOf(text);
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

/** A loop and no pattern: this is done for every block of every text. */
function startsOf(text: string): number[] {
	const starts = [0];
	// Without a lone CR the line feeds alone are the ends.
	const hasReturns = text.includes('\r');
	let at = hasReturns ? text.search(/[\r\n]/) : text.indexOf('\n');
	while (at !== -1) {
		const isPair = text[at] === '\r' && text[at + 1] === '\n';
		const next = isPair ? at + 2 : at + 1;
		starts.push(next);
		at = hasReturns ? nextEnd(text, next) : text.indexOf('\n', next);
	}
	return starts;
}

function nextEnd(text: string, from: number): number {
	for (let at = from; at < text.length; at++) {
		const code = text.charCodeAt(at);
		if (code === 10 || code === 13) {
			return at;
		}
	}
	return -1;
}
