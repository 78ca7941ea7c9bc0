import type { Position } from '../plan.ts';
import { Block } from './block.ts';
import { BlockList, placeFrom, reuseBlocks } from './blockList.ts';
import type { SplitText } from './splitText.ts';
import { splitItems, splitSurely, splitText } from './splitText.ts';
import type { FrameCell, ItemCell, TextParts } from './textCells.ts';
import { allBlocks, cellAt, textBetween } from './textCells.ts';

/** One edit of a text, as in the LSP: without a range the whole text is new. */
export interface TextEdit {
	readonly range?: { readonly start: Position; readonly end: Position };
	readonly text: string;
}

/** Lines that moved, in the numbers that they had then: everything from `line` on went down by `by` lines. */
export interface LineMove {
	readonly line: number;
	readonly by: number;
}

/**
 * A text under edit, cut at the items of its lists: frame, list, frame, … frame. An edit within an item costs what the
 * item holds; one that moves the cuts looks through the whole text and keeps the blocks whose text stayed.
 */
export class BlockText implements TextParts {
	/** One more than there are lists. */
	frames: readonly Block[] = [];
	lists: readonly BlockList[] = [];
	/** Counts up when the cuts moved, so that windows of lists no longer say what changed. */
	shape = 0;
	#length = 0;
	#moves: LineMove[] | null = [];
	readonly #names: readonly string[];

	/** `names` are the lists at the top level that are cut into items. */
	constructor(text: string, names: readonly string[]) {
		this.#names = names;
		this.#cut(text);
	}

	/** In UTF-16 units. */
	get length(): number {
		return this.#length;
	}

	get text(): string {
		return Array.from(allBlocks(this), ({ text }) => text).join('');
	}

	/** Lines, the last of which may be empty. */
	get lineCount(): number {
		const last = this.frames.at(-1);
		return (last?.line ?? 0) + (last?.breaks ?? 0) + 1;
	}

	/** The text of a range. */
	slice(start: Position, end: Position): string {
		return textBetween(this, cellAt(this, start), cellAt(this, end));
	}

	/**
	 * The moves since the last call by which blocks that stayed came to their lines, in order; null when they are not known.
	 * Blocks that were read anew are not meant.
	 */
	takeMoves(): readonly LineMove[] | null {
		const moves = this.#moves;
		this.#moves = [];
		return moves;
	}

	edit({ range, text }: TextEdit): void {
		if (range === undefined) {
			this.#cut(text);
			return;
		}
		const isReversed =
			range.start.line > range.end.line ||
			(range.start.line === range.end.line && range.start.character > range.end.character);
		const [start, end] = isReversed ? [range.end, range.start] : [range.start, range.end];
		if (!this.#editWithin(start, end, text)) {
			const before = this.slice({ line: 0, character: 0 }, start);
			this.#cut(`${before}${text}${this.slice(end, { line: this.lineCount, character: 0 })}`);
		}
	}

	#editWithin(start: Position, end: Position, text: string): boolean {
		const [from, to] = [cellAt(this, start), cellAt(this, end)];
		if (from.kind === 'item' && to.kind === 'item') {
			return from.list === to.list && this.#editItems(from, to, text);
		}
		const isFrame = from.kind === 'frame' && to.kind === 'frame' && from.frame === to.frame;
		return isFrame && this.#editFrame(from, to.offset, text);
	}

	#editItems(from: ItemCell, to: ItemCell, text: string): boolean {
		const { list } = from;
		const { blocks } = list;
		const head = blocks[from.index]?.text.slice(0, from.offset) ?? '';
		const merged = `${head}${text}${blocks[to.index]?.text.slice(to.offset) ?? ''}`;
		if (to.index < blocks.length - 1 && merged !== '' && !merged.endsWith('\n')) {
			return false;
		}
		// What no longer begins with a dash belongs to the item before it.
		const before = from.index > 0 ? blocks[from.index - 1]?.text : undefined;
		let first = from.index;
		let items = splitItems(merged, list.indent);
		if (items === null && before !== undefined) {
			first--;
			items = splitItems(before + merged, list.indent);
		}
		if (items === null || (items.length === 0 && to.index - first + 1 === blocks.length)) {
			return false;
		}
		const old = blocks.slice(first, to.index + 1);
		const lines = new Map(old.map((block) => [block, block.line]));
		const fresh = reuseBlocks(old, items, old[0]?.line ?? 0);
		list.replace(first, to.index + 1, fresh);
		this.#length += sizeOf(fresh) - sizeOf(old);
		// Blocks at the end of the stretch may have stayed, and moved with what follows.
		const kept = fresh.find((block) => lines.has(block) && lines.get(block) !== block.line);
		const start = kept && lines.get(kept);
		this.#shift(list, first + fresh.length, { lines: breaksOf(fresh) - breaksOf(old), start });
		return true;
	}

	#editFrame(from: FrameCell, end: number, text: string): boolean {
		const old = this.frames[from.frame];
		if (old === undefined) {
			return false;
		}
		const merged = old.text.slice(0, from.offset) + text + old.text.slice(end);
		const list = this.lists[from.frame];
		// Cut again with one item behind it: the cuts must come out as they are.
		const item = list === undefined ? '' : `${' '.repeat(list.indent)}- x\n`;
		const split = splitSurely(merged + item, this.#names);
		const isSame =
			split !== null &&
			(from.frame === 0 || isKeys(merged)) &&
			(list === undefined
				? split.lists.length === 0
				: split.frames.length === 2 && split.frames[0] === merged && split.lists[0]?.name === list.name);
		if (!isSame) {
			return false;
		}
		const block = new Block(merged, old.line);
		this.frames = this.frames.with(from.frame, block);
		this.#length += merged.length - old.text.length;
		const delta = block.breaks - old.breaks;
		if (delta !== 0 && list !== undefined) {
			this.#shift(list, 0, { lines: delta });
		}
		return true;
	}

	/** Moves what follows a block of a list by some lines; `start` is where what has been moved already began. */
	#shift(
		list: BlockList,
		from: number,
		{ lines, start }: { readonly lines: number; readonly start?: number | undefined },
	): void {
		if (lines === 0) {
			return;
		}
		const place = this.lists.indexOf(list);
		const next = list.blocks[from] ?? this.frames[place + 1];
		this.#moves?.push({ line: start ?? next?.line ?? 0, by: lines });
		list.move(from, lines);
		for (const frame of this.frames.slice(place + 1)) {
			frame.line += lines;
		}
		for (const other of this.lists.slice(place + 1)) {
			other.move(0, lines);
		}
	}

	/** Cuts a whole text, and keeps the blocks whose text stayed. */
	#cut(text: string): void {
		const split = splitText(text, this.#names);
		const isSame =
			this.frames.length > 0 &&
			split.lists.length === this.lists.length &&
			split.lists.every(({ name, indent }, index) => {
				const list = this.lists[index];
				return list?.name === name && list.indent === indent;
			});
		this.#moves = null;
		if (isSame) {
			this.#recut(split);
		} else {
			this.shape++;
			this.frames = split.frames.map((frame) => new Block(frame, 0));
			this.lists = split.lists.map(
				({ name, indent, items }) => new BlockList(name, indent, reuseBlocks([], items, 0)),
			);
		}
		this.#length = text.length;
		let line = 0;
		for (const [index, frame] of this.frames.entries()) {
			line = endOf(placeFrom([frame], line), line);
			line = endOf(placeFrom(this.lists[index]?.blocks ?? [], line), line);
		}
	}

	#recut({ frames, lists }: SplitText): void {
		this.frames = frames.map((frame, index) => {
			const old = this.frames[index];
			return old?.text === frame ? old : new Block(frame, 0);
		});
		for (const [index, list] of this.lists.entries()) {
			list.become(reuseBlocks(list.blocks, lists[index]?.items ?? [], 0));
		}
	}
}

function sizeOf(blocks: readonly Block[]): number {
	return blocks.reduce((sum, { text }) => sum + text.length, 0);
}

function breaksOf(blocks: readonly Block[]): number {
	return blocks.reduce((sum, { breaks }) => sum + breaks, 0);
}

/** The line after the last of some blocks. */
function endOf(blocks: readonly Block[], line: number): number {
	const last = blocks.at(-1);
	return last === undefined ? line : last.line + last.breaks;
}

/** Whether the lines at the left of a frame behind a list are plain fields, as they must be there. */
function isKeys(frame: string): boolean {
	const lines = frame.split(/\r\n|\n|\r/);
	return /^[^\s#]/.test(frame) && lines.every((line) => /^([A-Za-z_][\w.-]*:(\s|$)|\s|#|$)/.test(line));
}
