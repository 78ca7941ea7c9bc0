import type { Scalar } from 'yaml';
import { Pair, YAMLMap, YAMLSeq } from 'yaml';
import { endOfKey, space } from './chars.ts';
import { plainAt, scalarAt } from './plainScalar.ts';

/** A value that lies on one line. */
export type LineValue = Scalar | YAMLMap | YAMLSeq;

/** Deeper brackets are left to the parser. */
const maxDepth = 8;

/** Values in quotes and brackets on one line of a text. Whatever is not plainly one of these is null. */
export class FlowReader {
	readonly #text: string;
	/** Where the line ends. */
	#limit = 0;
	/** Where the value that was read last ends. */
	#end = 0;
	#depth = 0;

	constructor(text: string) {
		this.#text = text;
	}

	/** The value that begins at `start` and ends with its line at `limit`. */
	read(start: number, limit: number): LineValue | null {
		this.#limit = limit;
		const value = this.#bracketsOrQuotes(start);
		return value !== null && this.#skip(this.#end) === limit ? value : null;
	}

	#bracketsOrQuotes(start: number): LineValue | null {
		switch (this.#text.charCodeAt(start)) {
			case 34: // "
				return this.#quoted(start, '"');
			case 39: // '
				return this.#quoted(start, "'");
			case 91: // [
				return this.#within(() => this.#list(start));
			case 123: // {
				return this.#within(() => this.#map(start));
			default:
				return null;
		}
	}

	#within<T>(read: () => T | null): T | null {
		this.#depth++;
		const found = this.#depth > maxDepth ? null : read();
		this.#depth--;
		return found;
	}

	#quoted(start: number, quote: string): Scalar | null {
		const end = this.#text.indexOf(quote, start + 1);
		if (end === -1 || end >= this.#limit) {
			return null;
		}
		const value = this.#text.slice(start + 1, end);
		// Escapes, and quotes within quotes.
		if (value.includes('\\') || this.#text[end + 1] === quote) {
			return null;
		}
		this.#end = end + 1;
		return scalarAt(value, value, [start, end + 1]);
	}

	#list(start: number): YAMLSeq | null {
		const list = new YAMLSeq();
		list.flow = true;
		let at = this.#skip(start + 1);
		while (this.#text.charCodeAt(at) !== 93 || list.items.length > 0) {
			const item = this.#item(at);
			at = this.#skip(this.#end);
			const code = this.#text.charCodeAt(at);
			if (item === null || (code !== 44 && code !== 93) || at >= this.#limit) {
				return null;
			}
			list.items.push(item);
			if (code === 93) {
				break;
			}
			at = this.#skip(at + 1);
		}
		return this.#close(list, start, at);
	}

	#map(start: number): YAMLMap | null {
		const map = new YAMLMap();
		map.flow = true;
		let at = this.#skip(start + 1);
		while (this.#text.charCodeAt(at) !== 125 || map.items.length > 0) {
			const keyEnd = endOfKey(this.#text, at, this.#limit);
			const key = keyEnd === -1 ? null : plainAt(this.#text, at, keyEnd);
			const value = key === null ? null : this.#item(this.#skip(keyEnd + 1));
			at = this.#skip(this.#end);
			const code = this.#text.charCodeAt(at);
			if (key === null || value === null || (code !== 44 && code !== 125) || at >= this.#limit) {
				return null;
			}
			map.items.push(new Pair(key, value));
			if (code === 125) {
				break;
			}
			at = this.#skip(at + 1);
		}
		return this.#close(map, start, at);
	}

	#close<T extends YAMLMap | YAMLSeq>(node: T, start: number, at: number): T | null {
		if (at >= this.#limit) {
			return null;
		}
		this.#end = at + 1;
		node.range = [start, at + 1, at + 1];
		return node;
	}

	#item(start: number): LineValue | null {
		const text = this.#text;
		let end = start;
		for (; end < this.#limit; end++) {
			const code = text.charCodeAt(end);
			// , [ ] { }
			if (code === 44 || code === 91 || code === 93 || code === 123 || code === 125) {
				break;
			}
		}
		const first = text.charCodeAt(start);
		if (first === 34 || first === 39 || first === 91 || first === 123) {
			return this.#bracketsOrQuotes(start);
		}
		// Text runs on into brackets: only a comma or the end of the collection ends it.
		const code = text.charCodeAt(end);
		if (end >= this.#limit || code === 91 || code === 123) {
			return null;
		}
		this.#end = end;
		return plainAt(text, start, end);
	}

	#skip(from: number): number {
		let at = from;
		while (at < this.#limit && this.#text.charCodeAt(at) === space) {
			at++;
		}
		return at;
	}
}
