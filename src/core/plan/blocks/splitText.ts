/** A list of a text with its items, each as the lines from its dash to the next. */
export interface SplitList {
	readonly name: string;
	/** The column of the dashes. */
	readonly indent: number;
	readonly items: readonly string[];
}

/** A text in pieces that give it again when they are joined: a frame, a list, a frame, … a frame. */
export interface SplitText {
	/** What stands around the lists: always one more than there are lists. */
	readonly frames: readonly string[];
	readonly lists: readonly SplitList[];
}

const space = 32;
const tab = 9;
const newline = 10;
const carriageReturn = 13;
const dash = 45;
const hash = 35;

/**
 * Splits a text at the items of its lists, by its lines alone. Where the lines are laid out in a way that leaves a doubt
 * (document markers, directives, a list twice, lines further left than their list) it stays in one piece. That a piece
 * means the same alone as in its place is not known from this: reading it tells.
 */
export function splitText(text: string, names: readonly string[]): SplitText {
	return splitSurely(text, names) ?? { frames: [text], lists: [] };
}

/** The same, and null where a doubt is left. */
export function splitSurely(text: string, names: readonly string[]): SplitText | null {
	return new Splitter(text, names).split();
}

/** The items of a stretch of a list; null when it holds anything else. Every item but the last ends with a line end. */
export function splitItems(text: string, indent: number): string[] | null {
	const starts: number[] = [];
	for (let at = 0; at < text.length; at = lineEnd(text, at)) {
		const line = lookAt(text, at);
		if (line.kind === 'blank' && starts.length > 0) {
			continue;
		}
		if (line.kind === 'item' && line.indent === indent) {
			starts.push(at);
		} else if (line.kind === 'blank' || line.indent <= indent || starts.length === 0) {
			return null;
		}
	}
	return starts.map((start, index) => text.slice(start, starts[index + 1] ?? text.length));
}

/** What the beginning of a line shows. `blank`: nothing, or a comment. */
interface LineLook {
	readonly kind: 'blank' | 'item' | 'other';
	readonly indent: number;
}

function lookAt(text: string, start: number): LineLook {
	let at = start;
	while (text.charCodeAt(at) === space) {
		at++;
	}
	const indent = at - start;
	const code = text.charCodeAt(at);
	if (code === dash) {
		return { kind: isGap(text.charCodeAt(at + 1)) ? 'item' : 'other', indent };
	}
	if (code === tab) {
		while (text.charCodeAt(at) === space || text.charCodeAt(at) === tab) {
			at++;
		}
		// Comments behind tabs are left to the parser.
		return { kind: isEnd(text.charCodeAt(at)) ? 'blank' : 'other', indent };
	}
	return { kind: code === hash || isEnd(code) ? 'blank' : 'other', indent };
}

/** A line end or the end of the text. */
function isEnd(code: number): boolean {
	return code === newline || code === carriageReturn || Number.isNaN(code);
}

function isGap(code: number): boolean {
	return code === space || code === tab || isEnd(code);
}

function lineEnd(text: string, start: number): number {
	const end = text.indexOf('\n', start);
	return end === -1 ? text.length : end + 1;
}

class Splitter {
	readonly #text: string;
	readonly #names: readonly string[];
	readonly #frames: string[] = [];
	readonly #lists: { name: string; indent: number; starts: number[]; end: number }[] = [];
	/** The list that the current line is in; an indent of -1 waits for its first item. */
	#open: { name: string; indent: number; starts: number[] } | null = null;
	#frameStart = 0;
	#keys = 0;

	constructor(text: string, names: readonly string[]) {
		this.#text = text;
		this.#names = names;
	}

	split(): SplitText | null {
		const text = this.#text;
		for (let at = 0; at < text.length; at = lineEnd(text, at)) {
			const line = lookAt(text, at);
			if (line.kind !== 'blank' && !this.#take(line, at)) {
				return null;
			}
		}
		this.#close(text.length);
		this.#frames.push(text.slice(this.#frameStart));
		const lists = this.#lists.map(({ name, indent, starts, end }) => ({
			name,
			indent,
			items: starts.map((start, index) => text.slice(start, starts[index + 1] ?? end)),
		}));
		return { frames: this.#frames, lists };
	}

	/** False for a line that leaves a doubt. */
	#take({ kind, indent }: LineLook, at: number): boolean {
		const open = this.#open;
		if (open === null || (indent === 0 && kind !== 'item')) {
			return indent > 0 || this.#takeKey(at);
		}
		if (open.indent === -1) {
			if (kind !== 'item') {
				return false;
			}
			open.indent = indent;
			this.#frames.push(this.#text.slice(this.#frameStart, at));
		}
		if (kind === 'item' && indent === open.indent) {
			open.starts.push(at);
			return true;
		}
		return indent > open.indent;
	}

	#takeKey(at: number): boolean {
		this.#close(at);
		const line = this.#text.slice(at, lineEnd(this.#text, at));
		if (/^---[ \t]*(#.*)?\r?\n?$/.test(line)) {
			return this.#keys === 0;
		}
		if (/^(---|\.\.\.|%|-)/.test(line)) {
			// Lists that are not looked into may lie at the left, and everything else must not.
			return line.startsWith('- ') && this.#keys > 0;
		}
		if (this.#lists.length > 0 && !/^[A-Za-z_][\w.-]*:[\s]/.test(line)) {
			// Where the parser sees the beginning of anything else depends on the blank lines before it.
			return false;
		}
		this.#keys++;
		const name = /^([a-z]+)[ \t]*:[ \t]*(#.*)?\r?\n?$/.exec(line.replace(/^\uFEFF/, ''))?.[1];
		if (name !== undefined && this.#names.includes(name)) {
			this.#open = { name, indent: -1, starts: [] };
			return !this.#lists.some((list) => list.name === name);
		}
		return true;
	}

	#close(end: number): void {
		const open = this.#open;
		this.#open = null;
		if (open !== null && open.indent !== -1) {
			this.#lists.push({ ...open, end });
			this.#frameStart = end;
		}
	}
}
