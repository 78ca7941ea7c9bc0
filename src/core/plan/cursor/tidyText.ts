import { Lexer } from 'yaml';

/** Replaces the characters from `start` to `end`. */
export interface TextChange {
	readonly start: number;
	readonly end: number;
	readonly text: string;
}

/**
 * Removes blanks at the ends of lines and gives the file one line end at its end. Only white space that the YAML lexer
 * itself finds between tokens is touched, so that texts of several lines keep every blank.
 */
export function tidyText(text: string): TextChange[] {
	const tokens = lex(text);
	const changes = trailingBlanks(text, tokens);
	const missing = missingLineEnd(text, tokens);
	const last = changes.at(-1);
	if (missing === '' || last?.end !== text.length) {
		return missing === '' ? changes : [...changes, { start: text.length, end: text.length, text: missing }];
	}
	return [...changes.slice(0, -1), { ...last, text: missing }];
}

/** Backwards, since blanks and tabs are tokens of their own: all of them before a line end go. */
function trailingBlanks(text: string, tokens: readonly Token[]): TextChange[] {
	const changes: TextChange[] = [];
	let end = text.length;
	let isAtLineEnd = true;
	for (const token of [...tokens].reverse()) {
		const trailing = blanksAtEnd(token);
		if (isAtLineEnd && trailing > 0) {
			changes.push({ start: end - trailing, end, text: '' });
		}
		end -= token.source.length;
		const isLineEnd = !token.isScalar && /^[\r\n]/.test(token.source);
		isAtLineEnd = isLineEnd || (isAtLineEnd && trailing === token.source.length);
	}
	return changes.reverse();
}

interface Token {
	readonly source: string;
	/** True for the text of a value, where every blank may count. */
	readonly isScalar: boolean;
}

/** What the lexer says of structure, in characters that a plan cannot hold. */
const marks: ReadonlySet<string> = new Set(['\u0002', '\u0018', '\u001f']);
const scalarMark = '\u001f';

/** The tokens of a text without the marks that stand for no characters; none when they do not add up to the text. */
function lex(text: string): Token[] {
	const tokens: Token[] = [];
	let isScalar = false;
	for (const source of new Lexer().lex(text)) {
		if (!marks.has(source)) {
			tokens.push({ source, isScalar });
		}
		isScalar = source === scalarMark;
	}
	return tokens.map(({ source }) => source).join('') === text ? tokens : [];
}

function blanksAtEnd({ source, isScalar }: Token): number {
	const isBlankOrComment = /^(?:[ \t]+$|#)/.test(source);
	return isScalar || !isBlankOrComment ? 0 : source.length - source.replace(/[ \t]+$/, '').length;
}

/** The line end that the last line lacks. In a block scalar it would count. */
function missingLineEnd(text: string, tokens: readonly Token[]): string {
	const last = tokens.findLast((token) => token.isScalar || blanksAtEnd(token) < token.source.length);
	if (last === undefined || /[\r\n]/.test(last.source) || isBlockScalar(tokens, last)) {
		return '';
	}
	return text.includes('\r\n') ? '\r\n' : '\n';
}

/** A block scalar of one line holds no line end of its own, but one that follows becomes a part of it. */
function isBlockScalar(tokens: readonly Token[], last: Token): boolean {
	const before = tokens[tokens.indexOf(last) - 1]?.source ?? '';
	return last.isScalar && /^[\r\n]/.test(before);
}
