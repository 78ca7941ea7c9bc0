/** What stands on one line of block YAML: dashes, perhaps the name of a field, and the rest. */
export interface LineCells {
	/** Columns of the dashes that begin items. */
	readonly dashes: readonly number[];
	/** Column of the first character after indentation and dashes. */
	readonly column: number;
	readonly key: KeyCell | null;
	/** Column of what follows the colon, or of the content where there is no field; trailing comment left out. */
	readonly valueColumn: number;
	readonly value: string;
}

export interface KeyCell {
	/** Without quotes. */
	readonly name: string;
	readonly start: number;
	/** Behind the last character of the name, quotes included. */
	readonly end: number;
}

const keyPattern = /^("(?:[^"\\]|\\.)*"|'[^']*'|[^\s#&*!|>%@`,[\]{}"'-][^#]*?|-[^\s#][^#]*?)\s*:(?=\s|$)/;

/** Number of blanks before the first character; -1 for a line that is blank or holds only a comment. */
export function indentOf(line: string): number {
	let at = 0;
	while (line[at] === ' ' || line[at] === '\t') {
		at++;
	}
	return at === line.length || line[at] === '#' ? -1 : at;
}

/** Takes a line apart. */
export function cellsOf(line: string): LineCells {
	const dashes: number[] = [];
	let column = line.length - line.trimStart().length;
	while (line[column] === '-' && /^-(\s|$)/.test(line.slice(column, column + 2))) {
		dashes.push(column);
		const rest = line.slice(column + 1);
		column += 1 + rest.length - rest.trimStart().length;
	}
	const content = line.slice(column);
	const match = keyPattern.exec(content);
	if (match === null) {
		return { dashes, column, key: null, valueColumn: column, value: withoutComment(content) };
	}
	const written = match[1] ?? '';
	const key = { name: unquote(written), start: column, end: column + written.length };
	const after = content.slice(match[0].length);
	const valueColumn = column + match[0].length + after.length - after.trimStart().length;
	return { dashes, column, key, valueColumn, value: withoutComment(line.slice(valueColumn)) };
}

const quotedOrComment = /(?<![^\s[{,:])(?:"(?:[^"\\]|\\.)*(?:"|$)|'[^']*(?:'|$))|(?<!\S)#/g;

/** Column of a comment on a line of block YAML, or -1. Quotes hide a `#`. */
export function commentColumn(line: string): number {
	if (!line.includes('#')) {
		return -1;
	}
	for (const match of line.matchAll(quotedOrComment)) {
		if (match[0] === '#') {
			return match.index;
		}
	}
	return -1;
}

export function unquote(text: string): string {
	const quote = text[0];
	const isQuoted = (quote === '"' || quote === "'") && text.length > 1 && text.endsWith(quote);
	return isQuoted ? text.slice(1, -1) : text;
}

function withoutComment(text: string): string {
	const at = commentColumn(text);
	return (at === -1 ? text : text.slice(0, at)).trimEnd();
}
