import type { Page } from './block.ts';
import { Block } from './block.ts';

/** Blocks of one page at most, but for those that edits added. */
const pageSize = 256;

/** Blocks that changed since somebody looked: `[from, oldTo)` of before became `[from, newTo)`. */
export interface Window {
	readonly from: number;
	readonly oldTo: number;
	readonly newTo: number;
}

/** The items of one list of a text. */
export class BlockList {
	readonly name: string;
	readonly indent: number;
	readonly blocks: Block[];
	#window: Window | null = null;
	/** In order of the text: blocks of one page follow each other. */
	#pages: Page[] = [];
	/** Blocks that came since the pages were made. */
	#added = 0;

	constructor(name: string, indent: number, blocks: Block[]) {
		this.name = name;
		this.indent = indent;
		this.blocks = blocks;
		this.#paginate();
	}

	/** Moves a block and all behind it by some lines. */
	move(from: number, lines: number): void {
		const { blocks } = this;
		const page = blocks[from]?.page;
		if (page === undefined) {
			return;
		}
		for (let index = from; blocks[index]?.page === page; index++) {
			const block = blocks[index];
			if (block !== undefined) {
				block.line += lines;
			}
		}
		for (let place = this.#pages.indexOf(page) + 1; place < this.#pages.length; place++) {
			const later = this.#pages[place];
			if (later !== undefined) {
				later.line += lines;
			}
		}
	}

	/** What changed since the last call; null for nothing. */
	takeWindow(): Window | null {
		const window = this.#window;
		this.#window = null;
		return window;
	}

	/** What changed up to now. */
	get window(): Window | null {
		return this.#window;
	}

	/** Puts other blocks in the place of some; their lines are the caller's to set. */
	replace(from: number, to: number, blocks: readonly Block[]): void {
		if (blocks.length === to - from) {
			for (const [index, block] of blocks.entries()) {
				this.blocks[from + index] = block;
			}
		} else {
			const rest = this.blocks.splice(from).slice(to - from);
			for (const block of [...blocks, ...rest]) {
				this.blocks.push(block);
			}
		}
		this.#widen(from, to, blocks.length);
		this.#added += blocks.length;
		if (this.#added > 4 * pageSize) {
			this.#paginate();
			return;
		}
		const page = this.blocks[from - 1]?.page ?? this.blocks[from + blocks.length]?.page ?? this.#pages[0];
		for (const block of page === undefined ? [] : blocks) {
			block.page = page ?? block.page;
		}
	}

	/** Gives all blocks to pages. */
	#paginate(): void {
		this.#pages = [];
		this.#added = 0;
		let page: Page = { line: 0 };
		for (const [index, block] of this.blocks.entries()) {
			if (index % pageSize === 0) {
				page = { line: 0 };
				this.#pages.push(page);
			}
			block.page = page;
		}
	}

	/** Takes other blocks, some of which it may have already. */
	become(fresh: readonly Block[]): void {
		const { blocks } = this;
		const most = Math.min(blocks.length, fresh.length);
		let front = 0;
		while (front < most && blocks[front] === fresh[front]) {
			front++;
		}
		let back = 0;
		while (back < most - front && blocks[blocks.length - 1 - back] === fresh[fresh.length - 1 - back]) {
			back++;
		}
		this.replace(front, blocks.length - back, fresh.slice(front, fresh.length - back));
	}

	/** The number of the last block that begins at or before a line; 0 where none does. */
	at(line: number): number {
		let low = 0;
		let high = this.blocks.length - 1;
		while (low < high) {
			const middle = (low + high + 1) >> 1;
			if ((this.blocks[middle]?.line ?? 0) <= line) {
				low = middle;
			} else {
				high = middle - 1;
			}
		}
		return low;
	}

	#widen(from: number, to: number, count: number): void {
		const known = this.#window ?? { from, oldTo: to, newTo: to };
		const grown = Math.max(0, to - known.newTo);
		this.#window = {
			from: Math.min(known.from, from),
			oldTo: known.oldTo + grown,
			newTo: known.newTo + grown + count - (to - from),
		};
	}
}

/**
 * Blocks for some texts from line `line` on. Old blocks with the same text at the beginning and at the end stay, so that what
 * was read in them need not be read again; a joined block counts as its parts.
 */
export function reuseBlocks(old: readonly Block[], texts: readonly string[], line: number): Block[] {
	const known = old.flatMap((block) => (block.joined.length > 0 ? block.joined : [block]));
	const most = Math.min(known.length, texts.length);
	let front = 0;
	while (front < most && known[front]?.text === texts[front]) {
		front++;
	}
	let back = 0;
	while (back < most - front && known[known.length - 1 - back]?.text === texts[texts.length - 1 - back]) {
		back++;
	}
	const blocks = [
		...known.slice(0, front),
		...texts.slice(front, texts.length - back).map((text) => new Block(text, 0)),
		...known.slice(known.length - back, known.length),
	];
	return placeFrom(blocks, line);
}

/** Sets the lines of blocks that follow each other. */
export function placeFrom(blocks: Block[], line: number): Block[] {
	let next = line;
	for (const block of blocks) {
		block.line = next;
		next += block.breaks;
	}
	return blocks;
}
