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
	const changes: TextChange[] = [];
	const tokens = lex(text);
	let at = 0;
	for (const [index, token] of tokens.entries()) {
		const trailing = token.startsWith('#') ? token.length - token.trimEnd().length : blankLength(token);
		const next = tokens[index + 1];
		if (trailing > 0 && (next === undefined || /^[\r\n]/.test(next))) {
			const end = at + token.length;
			changes.push({ start: end - trailing, end, text: '' });
		}
		at += token.length;
	}
	return [...changes, ...endOfText(text, tokens, changes)];
}

/** What the lexer says of structure, in characters that a plan cannot hold. */
const marks: ReadonlySet<string> = new Set(['\u0002', '\u0018', '\u001f']);

/** The tokens of a text without the marks that stand for no characters; none when they do not add up to the text. */
function lex(text: string): string[] {
	const tokens = [...new Lexer().lex(text)].filter((token) => !marks.has(token));
	return tokens.join('') === text ? tokens : [];
}

function blankLength(token: string): number {
	return /^[ \t]+$/.test(token) ? token.length : 0;
}

/** A missing line end at the end, unless the text ends within a scalar whose line ends count. */
function endOfText(text: string, tokens: readonly string[], changes: readonly TextChange[]): TextChange[] {
	const last = tokens.findLast((token) => blankLength(token) === 0);
	if (last === undefined || /[\r\n]$/.test(last) || changes.some(({ end }) => end === text.length)) {
		return [];
	}
	const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
	const isBlockScalar = /[\r\n]/.test(last);
	return isBlockScalar ? [] : [{ start: text.length, end: text.length, text: lineEnd }];
}
