import type { Anchor } from './anchoredPosition.ts';
import type { BlockReading } from './readBlock.ts';

/**
 * A run of whole lines of a text. Its line changes when lines above it come or go; its text never does, since an edit puts
 * another block in its place. What was read in it is kept with it.
 */
export class Block implements Anchor {
	readonly text: string;
	/** Line ends in the text, as the LSP counts them. */
	readonly breaks: number;
	reading: BlockReading | null = null;
	/** The blocks that were joined to this one, to be found again when it is split. */
	readonly joined: readonly Block[];
	#page: Page = still;
	#below: number;

	constructor(text: string, line: number, joined: readonly Block[] = []) {
		this.text = text;
		this.#below = line;
		this.breaks = joined.length > 0 ? joined.reduce((sum, { breaks }) => sum + breaks, 0) : countBreaks(text);
		this.joined = joined;
	}

	get line(): number {
		return this.#page.line + this.#below;
	}

	set line(line: number) {
		this.#below = line - this.#page.line;
	}

	/** What it moves with. Another page does not move it. */
	get page(): Page {
		return this.#page;
	}

	set page(page: Page) {
		this.#below += this.#page.line - page.line;
		this.#page = page;
	}
}

/** Blocks that follow each other and move together: where lines come or go, pages are moved and not 50,000 blocks. */
export interface Page {
	line: number;
}

/** The page of blocks that are in no list: it never moves. */
const still: Page = Object.freeze({ line: 0 });

/** Line ends of a text: LF, CR LF and a lone CR. */
export function countBreaks(text: string): number {
	let count = 0;
	for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
		count++;
	}
	for (let at = text.indexOf('\r'); at !== -1; at = text.indexOf('\r', at + 1)) {
		if (text.charCodeAt(at + 1) !== 10) {
			count++;
		}
	}
	return count;
}

/** The offset of a position in a text whose first line is line 0; what is outside is moved to the nearest place inside. */
export function offsetIn(text: string, line: number, character: number): number {
	let start = 0;
	for (let left = line; left > 0; left--) {
		const next = lineAfter(text, start);
		if (next === -1) {
			return text.length;
		}
		start = next;
	}
	const next = lineAfter(text, start);
	let end = next === -1 ? text.length : next;
	while (end > start && isBreak(text.charCodeAt(end - 1)) && next !== -1) {
		end--;
	}
	return Math.min(start + Math.max(0, character), end);
}

/** Where the line after the one at `from` begins; -1 when there is none. */
function lineAfter(text: string, from: number): number {
	for (let at = from; at < text.length; at++) {
		const code = text.charCodeAt(at);
		if (code === 10) {
			return at + 1;
		}
		if (code === 13) {
			return text.charCodeAt(at + 1) === 10 ? at + 2 : at + 1;
		}
	}
	return -1;
}

function isBreak(code: number): boolean {
	return code === 10 || code === 13;
}
