import type { Scalar } from 'yaml';
import { newline, space } from './chars.ts';
import { scalarAt } from './plainScalar.ts';

/** A text below `|` or `>`, and where the line behind it begins. */
export interface BlockScalar {
	readonly scalar: Scalar;
	readonly next: number;
}

/**
 * Reads a block scalar whose header stands at `[start, limit)`, below a field or item at `column`. Null for what is not
 * plainly one: figures in the header, lines that stand out, an end without a line end.
 */
export function blockScalarAt(
	text: string,
	[start, limit]: readonly [number, number],
	column: number,
): BlockScalar | null {
	const header = text.slice(start, limit).trimEnd();
	const isFolded = header.startsWith('>');
	if (!/^[|>]-?$/.test(header)) {
		return null;
	}
	const lines = linesBelow(text, text.indexOf('\n', limit) + 1, column);
	if (lines === null) {
		return null;
	}
	const value = isFolded ? fold(lines.texts) : lines.texts.join('\n');
	if (value === null) {
		return null;
	}
	const source = header.endsWith('-') ? value : `${value}\n`;
	return { scalar: scalarAt(source, source, [start, lines.end]), next: lines.next };
}

interface Lines {
	/** Without what they are indented by, and without the empty ones at the end. */
	readonly texts: readonly string[];
	readonly end: number;
	readonly next: number;
}

function linesBelow(text: string, from: number, column: number): Lines | null {
	const indent = from === 0 ? 0 : firstIndent(text, from);
	const texts: string[] = [];
	let count = 0;
	let end = from;
	let at = from;
	while (indent > column && at < text.length) {
		const lineEnd = text.indexOf('\n', at);
		const own = indentAt(text, at);
		const isEmpty = at + own === lineEnd;
		if (!isEmpty && own <= column) {
			break;
		}
		// Spaces of an empty line that stand out would be a part of the text.
		if (lineEnd === -1 || (isEmpty ? own > indent : own < indent)) {
			return null;
		}
		texts.push(text.slice(at + Math.min(own, indent), lineEnd));
		if (!isEmpty) {
			count = texts.length;
			end = lineEnd;
		}
		at = lineEnd + 1;
	}
	return count === 0 ? null : { texts: texts.slice(0, count), end, next: at };
}

/** By how much the first line with something in it is indented; 0 where a line before it has spaces. */
function firstIndent(text: string, from: number): number {
	let at = from;
	while (text.charCodeAt(at) === newline) {
		at++;
	}
	const indent = indentAt(text, at);
	return text.charCodeAt(at + indent) === newline ? 0 : indent;
}

/** Joins lines by spaces, and by one line end less where lines between them are empty. Null for lines that stand out. */
function fold(texts: readonly string[]): string | null {
	let folded = '';
	let breaks = 0;
	for (const [index, line] of texts.entries()) {
		if (line === '') {
			breaks++;
			continue;
		}
		if (line.charCodeAt(0) === space || line.charCodeAt(line.length - 1) === space) {
			return null;
		}
		folded += index === 0 ? line : breaks > 0 ? '\n'.repeat(breaks) + line : ` ${line}`;
		breaks = 0;
	}
	return folded;
}

function indentAt(text: string, start: number): number {
	let at = start;
	while (text.charCodeAt(at) === space) {
		at++;
	}
	return at - start;
}
