import type { ParsedNode, Scalar } from 'yaml';
import { Pair, YAMLMap, YAMLSeq } from 'yaml';
import { blockScalarAt } from './blockScalar.ts';
import { dash, endOfKey, space } from './chars.ts';
import type { LineValue } from './flowValue.ts';
import { FlowReader } from './flowValue.ts';
import { emptyAt, plainAt } from './plainScalar.ts';

/** Deeper nesting is left to the parser. */
const maxDepth = 20;

/**
 * Reads a text that is written as nearly all plans are: fields and items one a line, values on one line or below `|` and
 * `>`, without comments, anchors, tags and escapes. Gives the nodes that the composer of `yaml` would, with their values and
 * places, many times faster; null for every text in which anything is not plainly so, and then that one reads it.
 */
export function readSimple(text: string): ParsedNode | null {
	return /[\t\r]/.test(text) ? null : new SimpleReader(text).read();
}

class SimpleReader {
	readonly #text: string;
	readonly #flow: FlowReader;
	/** The line that is read next: where its content begins, in which column, and where it ends. */
	#start = 0;
	#column = -1;
	#limit = 0;
	#next = 0;
	#depth = 0;

	constructor(text: string) {
		this.#text = text;
		this.#flow = new FlowReader(text);
	}

	read(): ParsedNode | null {
		this.#load();
		const root = this.#column === 0 ? this.#collection() : null;
		// Every line is used up, and belongs to something.
		return this.#column === -1 ? (root as ParsedNode | null) : null;
	}

	/** Goes on to the next line that is not empty; at the end of the text the column is -1. */
	#load(): void {
		const text = this.#text;
		while (this.#next < text.length) {
			const from = this.#next;
			const end = text.indexOf('\n', from);
			const limit = end === -1 ? text.length : end;
			this.#next = limit + 1;
			let at = from;
			while (text.charCodeAt(at) === space) {
				at++;
			}
			if (at < limit) {
				this.#start = at;
				this.#column = at - from;
				this.#limit = limit;
				return;
			}
		}
		this.#column = -1;
	}

	#isItem(): boolean {
		const [text, start] = [this.#text, this.#start];
		return text.charCodeAt(start) === dash && text.charCodeAt(start + 1) === space;
	}

	#collection(): YAMLMap | YAMLSeq | null {
		this.#depth++;
		const found = this.#depth > maxDepth ? null : this.#isItem() ? this.#list() : this.#map();
		this.#depth--;
		return found;
	}

	/** The fields that begin in the column of this line. */
	#map(): YAMLMap | null {
		const map = new YAMLMap();
		const [start, column] = [this.#start, this.#column];
		let end = start;
		do {
			const keyEnd = endOfKey(this.#text, this.#start, this.#limit);
			const key = keyEnd === -1 ? null : plainAt(this.#text, this.#start, keyEnd);
			const value = key === null ? null : this.#valueOf(column, keyEnd + 1);
			if (key === null || value === null) {
				return null;
			}
			map.items.push(new Pair(key, value));
			end = endOf(value);
		} while (this.#column === column && !this.#isItem());
		map.range = [start, end, end];
		return this.#column > column || (this.#column === column && this.#isItem()) ? null : map;
	}

	/** What stands behind a colon, or below it. */
	#valueOf(column: number, colonEnd: number): LineValue | null {
		let at = colonEnd;
		while (at < this.#limit && this.#text.charCodeAt(at) === space) {
			at++;
		}
		if (at < this.#limit) {
			return this.#inline(at, column);
		}
		this.#load();
		if (this.#column > column || (this.#column === column && this.#isItem())) {
			return this.#collection();
		}
		return emptyAt(colonEnd);
	}

	/** The items whose dashes stand in the column of this line. */
	#list(): YAMLSeq | null {
		const list = new YAMLSeq();
		const [start, column] = [this.#start, this.#column];
		let end = start;
		do {
			const item = this.#item(column);
			if (item === null) {
				return null;
			}
			list.items.push(item);
			end = endOf(item);
		} while (this.#column === column && this.#isItem());
		list.range = [start, end, end];
		return this.#column > column ? null : list;
	}

	/** What stands behind a dash. */
	#item(column: number): LineValue | null {
		const text = this.#text;
		let at = this.#start + 1;
		while (at < this.#limit && text.charCodeAt(at) === space) {
			at++;
		}
		if (at === this.#limit) {
			return null;
		}
		if (endOfKey(text, at, this.#limit) === -1) {
			return this.#inline(at, column);
		}
		this.#column += at - this.#start;
		this.#start = at;
		return this.#collection();
	}

	/** A value that begins on this line, within something in `column`; goes on to the line behind it. */
	#inline(at: number, column: number): LineValue | null {
		const code = this.#text.charCodeAt(at);
		if (code === 124 || code === 62) {
			const found = blockScalarAt(this.#text, [at, this.#limit], column);
			this.#next = found?.next ?? this.#text.length;
			this.#load();
			return found?.scalar ?? null;
		}
		const isFlow = code === 34 || code === 39 || code === 91 || code === 123;
		const value: LineValue | Scalar | null = isFlow
			? this.#flow.read(at, this.#limit)
			: plainAt(this.#text, at, this.#limit);
		this.#load();
		// Lines further right would be a part of it, or a fault.
		return this.#column > column ? null : value;
	}
}

function endOf(node: LineValue): number {
	return node.range?.[1] ?? 0;
}
