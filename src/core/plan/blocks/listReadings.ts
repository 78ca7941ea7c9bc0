import { guessIds } from '../guessIds.ts';
import type { ListEdition } from '../readPart.ts';
import { Block } from './block.ts';
import type { BlockList } from './blockList.ts';
import type { BlockReading, Follower } from './readBlock.ts';
import { readBlock } from './readBlock.ts';

/** What is told of every block that is read or forgotten. */
export interface ReadingTally {
	enter(reading: BlockReading): void;
	leave(reading: BlockReading): void;
}

/** What was read in the items of one list, kept up with the edits of its text. */
export class ListReadings<T> {
	readonly #uri: string;
	readonly #list: BlockList;
	readonly #valuesOf: (reading: BlockReading) => readonly T[];
	readonly #tally: ReadingTally;
	#readings: BlockReading[] = [];
	#values: T[] = [];
	/** The state before, in an array of its own, and where it differs; null where there is none to be used again. */
	#before: { readonly values: T[]; readonly from: number; readonly to: number } | null = null;
	#edition: ListEdition = { list: this, number: 0, changed: null };
	/** Whether somebody saw the values as they are: only then does a change make another state. */
	#isSeen = true;
	/** Blocks that do not hold exactly one value. */
	#uneven = 0;
	#isNew = true;

	constructor(
		list: BlockList,
		options: {
			readonly uri: string;
			readonly valuesOf: (reading: BlockReading) => readonly T[];
			readonly tally: ReadingTally;
		},
	) {
		this.#list = list;
		this.#uri = options.uri;
		this.#valuesOf = options.valuesOf;
		this.#tally = options.tally;
	}

	/** What all blocks hold, in order. Another array after every change; that of two changes ago is used again. */
	get values(): readonly T[] {
		return this.#values;
	}

	/** Which state of the list the values are. The state before it stays as it is until there is a next one. */
	takeEdition(): ListEdition {
		this.#isSeen = true;
		return this.#edition;
	}

	/** Reads what changed. `last` is what follows the last block. */
	update(last: Follower): void {
		const { blocks } = this.#list;
		const first = this.#isNew ? 0 : Math.max(0, (this.#list.window?.from ?? blocks.length) - 1);
		for (let index = first; index < this.#end(); index++) {
			this.#bringUp(index, last);
		}
		this.#bringUp(blocks.length - 1, last);
		const window = this.#list.takeWindow();
		if (this.#isNew) {
			this.#isNew = false;
			this.#take(0, 0, blocks.length);
		} else if (window !== null) {
			this.#take(window.from, window.oldTo, window.newTo);
		}
	}

	/** Tries again to end what runs on; true when nothing does any more. */
	close(open: BlockReading, last: Follower): boolean {
		const index = this.#readings.indexOf(open);
		if (index !== -1) {
			this.#bringUp(index, last);
			const window = this.#list.takeWindow();
			if (window !== null) {
				this.#take(window.from, window.oldTo, window.newTo);
			}
		}
		return index !== -1;
	}

	#end(): number {
		const { blocks, window } = this.#list;
		return this.#isNew ? blocks.length : Math.min(blocks.length, (window?.newTo ?? 0) + 1);
	}

	#bringUp(index: number, last: Follower): void {
		const { blocks } = this.#list;
		const block = blocks[index];
		const follower = index < blocks.length - 1 ? 'item' : last;
		if (block === undefined || (block.reading?.follower === follower && block.reading.trust !== 'open')) {
			return;
		}
		const reading = this.#read(block, follower);
		block.reading = reading;
		if (reading.trust !== 'open' || follower !== 'item' || !this.#join(index, last)) {
			this.#list.replace(index, index + 1, [block]);
		}
	}

	/** Joins a block that runs on with those that follow, until the whole ends within itself. */
	#join(index: number, last: Follower): boolean {
		const { blocks } = this.#list;
		for (let count = 2; ; count *= 2) {
			const to = Math.min(index + count, blocks.length);
			const parts = blocks.slice(index, to);
			const text = parts.map((part) => part.text).join('');
			const joined = new Block(text, parts[0]?.line ?? 0, partsOf(parts));
			joined.reading = this.#read(joined, to < blocks.length ? 'item' : last);
			if (joined.reading.trust !== 'open') {
				this.#list.replace(index, to, [joined]);
				return true;
			}
			if (to === blocks.length) {
				return false;
			}
		}
	}

	#read(block: Block, follower: Follower): BlockReading {
		const { name, indent } = this.#list;
		return readBlock(this.#uri, block, { list: name, indent, follower });
	}

	/** Takes the readings of the blocks `[from, newTo)` in the place of those that `[from, oldTo)` had. */
	#take(from: number, oldTo: number, newTo: number): void {
		const fresh: BlockReading[] = [];
		for (let index = from; index < newTo; index++) {
			const reading = this.#list.blocks[index]?.reading;
			if (reading) {
				fresh.push(reading);
			}
		}
		const wasEven = this.#uneven === 0;
		const old = new Set(this.#readings.slice(from, oldTo));
		const kept = new Set(fresh);
		// What came is counted before what went, so that an id in both never seems to be gone.
		for (const reading of fresh) {
			if (!old.has(reading)) {
				this.#count(reading, 1);
			}
		}
		for (const reading of old) {
			if (!kept.has(reading)) {
				this.#count(reading, -1);
			}
		}
		replaceIn(this.#readings, { from, to: oldTo, by: fresh });
		if (wasEven && this.#uneven === 0 && oldTo === newTo && this.#isSeen) {
			this.#replaceValues(from, newTo, fresh.flatMap(this.#valuesOf));
			return;
		}
		this.#before = null;
		if (wasEven && this.#uneven === 0) {
			this.#values = this.#values.slice();
			replaceIn(this.#values, { from, to: oldTo, by: fresh.flatMap(this.#valuesOf) });
		} else {
			this.#values = this.#readings.flatMap(this.#valuesOf);
		}
		this.#edition = {
			list: this,
			number: this.#isSeen ? this.#edition.number + 1 : this.#edition.number,
			changed: null,
		};
		this.#isSeen = false;
	}

	/** Makes the next state out of the one before the last, which nobody has any more: what differs is brought up to date. */
	#replaceValues(from: number, to: number, by: readonly T[]): void {
		const last = this.#values;
		const old = this.#before;
		const values = old?.values ?? last.slice();
		for (let index = old?.from ?? 0; index < (old?.to ?? 0); index++) {
			const value = last[index];
			if (value !== undefined) {
				values[index] = value;
			}
		}
		replaceIn(values, { from, to, by });
		this.#before = { values: last, from, to };
		this.#values = values;
		this.#edition = { list: this, number: this.#edition.number + 1, changed: { from, to } };
		this.#isSeen = false;
	}

	#count(reading: BlockReading, by: 1 | -1): void {
		if (this.#valuesOf(reading).length !== 1) {
			this.#uneven += by;
		}
		if (by === 1) {
			this.#tally.enter(reading);
		} else {
			this.#tally.leave(reading);
		}
	}
}

/** What a text holds that looks like ids, looked for once. */
export class GuessedIds {
	readonly #known = new WeakMap<BlockReading, readonly string[]>();

	of(reading: BlockReading): readonly string[] {
		const known = this.#known.get(reading) ?? guessIds(reading.text);
		this.#known.set(reading, known);
		return known;
	}
}

function partsOf(blocks: readonly Block[]): Block[] {
	return blocks.flatMap((block) => (block.joined.length > 0 ? block.joined : [block]));
}

function replaceIn<T>(
	list: T[],
	{ from, to, by }: { readonly from: number; readonly to: number; readonly by: readonly T[] },
): void {
	if (by.length !== to - from) {
		const rest = list.splice(from).slice(to - from);
		for (const each of [by, rest]) {
			for (const item of each) {
				list.push(item);
			}
		}
		return;
	}
	for (const [index, item] of by.entries()) {
		list[from + index] = item;
	}
}
