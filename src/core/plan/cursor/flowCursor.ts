import type { Position } from '../plan.ts';
import { unquote } from './lineCells.ts';
import type { TextLines } from './textLines.ts';

/** Where a position is within brackets and braces. */
export interface FlowPlace {
	/** Steps from the outermost bracket: names of fields, and `[]` for items. */
	readonly path: readonly string[];
	readonly role: 'key' | 'value' | 'open';
	/** What is written at the position, as columns of its line; empty where nothing is. */
	readonly start: number;
	readonly end: number;
	/** Fields of the innermost braces with the text of their values. */
	readonly fields: ReadonlyMap<string, string>;
	/** Entries of the innermost brackets. */
	readonly items: readonly string[];
}

interface Frame {
	readonly kind: '{' | '[';
	readonly fields: Map<string, string>;
	readonly items: string[];
	key: string | null;
}

/** At most this many lines behind the position are searched for further fields of the same braces. */
const maxLookahead = 200;

/**
 * Reads flow YAML from its first bracket to a position and on to the end of the innermost bracket. Null when all brackets
 * are closed before the position. Nothing has to be complete: brackets and quotes may be open.
 */
export function flowPlace(lines: TextLines, from: Position, to: Position): FlowPlace | null {
	return new FlowReader(lines, to).read(from);
}

class FlowReader {
	readonly #lines: TextLines;
	readonly #to: Position;
	readonly #frames: Frame[] = [];
	/** The scalar that was read last, until what follows it is known. */
	#token: { text: string; line: number; start: number; end: number } | null = null;
	#found: { frame: Frame; place: Omit<FlowPlace, 'fields' | 'items'> } | null = null;
	#isOver = false;

	constructor(lines: TextLines, to: Position) {
		this.#lines = lines;
		this.#to = to;
	}

	read(from: Position): FlowPlace | null {
		const last = Math.min(this.#lines.count, this.#to.line + maxLookahead);
		for (let number = from.line; number < last && !this.#isOver; number++) {
			this.#readLine(number, number === from.line ? from.character : 0);
		}
		const found = this.#found;
		return found && { ...found.place, fields: found.frame.fields, items: found.frame.items };
	}

	#readLine(number: number, from: number): void {
		const line = this.#lines.line(number);
		for (let at = from; at <= line.length && !this.#isOver; ) {
			const char = line[at] ?? '';
			if (char === '#' && /^\s?$/.test(line[at - 1] ?? '')) {
				// A position within a comment is nowhere.
				this.#isOver ||= number === this.#to.line && this.#to.character > at;
				break;
			}
			at = this.#step({ line, number, at, char });
		}
	}

	/** Reads one token, and gives the column after it. The position is noted before what follows it takes effect. */
	#step({ line, number, at, char }: { line: string; number: number; at: number; char: string }): number {
		if (char !== '' && /\s/.test(char)) {
			return at + 1;
		}
		if (char === '' || '[]{},'.includes(char) || (char === ':' && this.#isColon(line, at))) {
			this.#noteUpTo(number, at);
			if (char !== '') {
				this.#punctuation(char);
			}
			return at + 1;
		}
		this.#noteUpTo(number, at - 1);
		const end = endOfToken(line, at);
		this.#token = { text: line.slice(at, end), line: number, start: at, end };
		const frame = this.#frames.at(-1);
		if (frame?.kind === '{' && frame.key !== null) {
			frame.fields.set(frame.key, unquote(this.#token.text));
		}
		this.#noteUpTo(number, end);
		return end;
	}

	#noteUpTo(number: number, at: number): void {
		const frame = this.#frames.at(-1);
		const { line, character } = this.#to;
		if (this.#found !== null || frame === undefined || number !== line || character > at) {
			return;
		}
		const token = this.#token;
		const isOnToken = token?.line === number && token.start <= character && character <= token.end;
		const [start, end] = isOnToken ? [token.start, token.end] : [character, character];
		const role = frame.kind === '[' ? 'open' : frame.key === null ? 'key' : 'value';
		const path = this.#frames.flatMap(({ kind, key }) => (kind === '[' ? ['[]'] : key === null ? [] : [key]));
		this.#found = { frame, place: { path, role, start, end } };
	}

	#isColon(line: string, at: number): boolean {
		const frame = this.#frames.at(-1);
		const isBeforeEnd = /^[\s,[\]{}]?$/.test(line[at + 1] ?? '');
		return (
			frame?.kind === '{' && frame.key === null && (isBeforeEnd || /["']$/.test(this.#token?.text ?? ''))
		);
	}

	#punctuation(char: string): void {
		const frame = this.#frames.at(-1);
		const text = this.#token === null ? '' : unquote(this.#token.text);
		this.#token = null;
		if (char === ':') {
			if (frame !== undefined) {
				frame.key = text;
				frame.fields.set(text, '');
			}
			return;
		}
		if (char === '{' || char === '[') {
			this.#frames.push({ kind: char, fields: new Map(), items: [], key: null });
			return;
		}
		if (frame?.kind === '[' && text !== '') {
			frame.items.push(text);
		}
		if (frame?.kind === '{') {
			frame.key = null;
		}
		if (char !== ',') {
			this.#frames.pop();
			this.#isOver = this.#frames.length === 0 || this.#found?.frame === frame;
		}
	}
}

/** The column behind a scalar. A quote that is never closed ends with its line: somebody is typing. */
function endOfToken(line: string, at: number): number {
	const quote = line[at];
	if (quote === '"' || quote === "'") {
		const rest = line.slice(at);
		const match = (quote === '"' ? /^"(?:[^"\\]|\\.)*"/ : /^'[^']*'/).exec(rest);
		return match === null ? line.length : at + match[0].length;
	}
	const plain = /^.(?:[^,[\]{}:#]|:(?![\s,[\]{}]|$)|(?<!\s)#)*/.exec(line.slice(at));
	return at + (plain?.[0].trimEnd().length ?? 1);
}
