export const space = 32;
export const newline = 10;
export const dash = 45;
const colon = 58;

/** Longer names are left to the parser, which complains of them. */
const maxKey = 200;

const indicators = new Set(Array.from(',[]{}#&*!|>\'"%@`?:-', (each) => each.charCodeAt(0)));

/** Characters that a plain text does not begin with, or only before certain others. */
export function isIndicator(code: number): boolean {
	return code < 128 && indicators.has(code);
}

/** Letters, digits and `_`. */
function isWord(code: number): boolean {
	return (
		(code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95
	);
}

/** The offset behind a plain name that is followed by a colon and a space or the end of its line; -1 for anything else. */
export function endOfKey(text: string, start: number, end: number): number {
	let at = start;
	while (at < end && (isWord(text.charCodeAt(at)) || (at > start && isInName(text.charCodeAt(at))))) {
		at++;
	}
	const isKey = at > start && at - start < maxKey && at < end && text.charCodeAt(at) === colon;
	return isKey && (at + 1 === end || text.charCodeAt(at + 1) === space) ? at : -1;
}

/** `-` and `.`, which names hold and do not begin with. */
function isInName(code: number): boolean {
	return code === dash || code === 46;
}
