import type { Position } from '../plan.ts';
import { Block, offsetIn } from './block.ts';
import type { BlockList } from './blockList.ts';

/** A text in blocks: a frame, the items of a list, a frame, … a frame. */
export interface TextParts {
	readonly frames: readonly Block[];
	/** One less than there are frames. */
	readonly lists: readonly BlockList[];
}

/** A place in a text: the frame or the item it is in, and the offset there. */
export type Cell = FrameCell | ItemCell;

export interface FrameCell {
	readonly kind: 'frame';
	readonly frame: number;
	readonly offset: number;
}

export interface ItemCell {
	readonly kind: 'item';
	readonly list: BlockList;
	readonly index: number;
	readonly offset: number;
}

/** Where a position is. The end of a text belongs to its last item where nothing is behind that. */
export function cellAt({ frames, lists }: TextParts, { line, character }: Position): Cell {
	let frame = frames.length - 1;
	while (frame > 0 && (line < (frames[frame]?.line ?? 0) || frames[frame]?.text === '')) {
		const list = lists[frame - 1];
		if (list !== undefined && line >= (list.blocks[0]?.line ?? 0)) {
			const index = list.at(line);
			return { kind: 'item', list, index, offset: offsetAt(list.blocks[index], line, character) };
		}
		frame--;
	}
	return { kind: 'frame', frame, offset: offsetAt(frames[frame], line, character) };
}

function offsetAt(block: Block | undefined, line: number, character: number): number {
	return block === undefined ? 0 : offsetIn(block.text, line - block.line, character);
}

/** The block of a place. */
export function blockOf({ frames }: TextParts, cell: Cell): Block {
	const block = cell.kind === 'frame' ? frames[cell.frame] : cell.list.blocks[cell.index];
	return block ?? new Block('', 0);
}

/** All blocks in order of the text. */
export function* allBlocks({ frames, lists }: TextParts): Generator<Block> {
	for (const [index, frame] of frames.entries()) {
		yield frame;
		yield* lists[index]?.blocks ?? [];
	}
}

/** The text from one place to another behind it. */
export function textBetween(parts: TextParts, from: Cell, to: Cell): string {
	const [first, last] = [blockOf(parts, from), blockOf(parts, to)];
	if (first === last) {
		return first.text.slice(from.offset, Math.max(from.offset, to.offset));
	}
	return `${first.text.slice(from.offset)}${wholeBetween(parts, from, to)}${last.text.slice(0, to.offset)}`;
}

/** The text of the blocks after one place and before another. */
function wholeBetween(parts: TextParts, from: Cell, to: Cell): string {
	const pieces: string[] = [];
	const [first, last] = [partOf(parts, from), partOf(parts, to)];
	for (let part = first; part <= last; part++) {
		const blocks = blocksOf(parts, part);
		const start = part > first ? 0 : from.kind === 'item' ? from.index + 1 : 1;
		const end = part < last ? blocks.length : to.kind === 'item' ? to.index : 0;
		for (let index = start; index < end; index++) {
			pieces.push(blocks[index]?.text ?? '');
		}
	}
	return pieces.join('');
}

/** Counts frames and lists in order: a frame is even, the list after it odd. */
function partOf({ lists }: TextParts, cell: Cell): number {
	return cell.kind === 'frame' ? 2 * cell.frame : 2 * lists.indexOf(cell.list) + 1;
}

function blocksOf({ frames, lists }: TextParts, part: number): readonly Block[] {
	return part % 2 === 1 ? (lists[part >> 1]?.blocks ?? []) : frames.slice(part >> 1, (part >> 1) + 1);
}
