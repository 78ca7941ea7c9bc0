import type { SourceRange } from '../plan.ts';

/** The letters of an id on a line, without quotes and anchors. */
export interface IdText {
	readonly start: number;
	readonly end: number;
	readonly quote: '' | '"' | "'";
	readonly isInFlow: boolean;
}

/** Finds an id in its range of a line; null where something else stands for it (an alias, an escape). */
export function idTextIn(line: string, range: SourceRange, id: string): IdText | null {
	const written = line.slice(range.start.character, range.end.character);
	const [, before = '', quote = ''] = /^((?:[&!]\S*\s+)*)(["']?)/.exec(written) ?? [];
	const start = range.start.character + before.length + quote.length;
	const end = range.end.character - quote.length;
	if (line.slice(start, end) !== id || (quote !== '' && !written.endsWith(quote))) {
		return null;
	}
	const head = line.slice(0, range.start.character);
	return { start, end, quote: quote as IdText['quote'], isInFlow: /[[{]/.test(head) };
}

/** An id as it must be written between these quotes. Without quotes it gets them where YAML would read something else. */
export function writeLike(quote: IdText['quote'], id: string, isInFlow: boolean): string {
	if (quote === "'") {
		return id.replaceAll("'", "''");
	}
	if (quote === '"') {
		return JSON.stringify(id).slice(1, -1);
	}
	return isPlain(id, isInFlow) ? id : JSON.stringify(id);
}

/** True for a text that YAML reads as itself without quotes. */
export function isPlain(text: string, isInFlow: boolean): boolean {
	const isWord = /^[\p{L}\p{N}_/.][^#:\n]*$/u.test(text) && !/\s$/.test(text);
	const isOther =
		/^(?:true|false|null|yes|no|on|off|y|n|~)$/i.test(text) ||
		/^[-+.]?(?:\d[\d_]*(?:\.\d*)?(?:e[-+]?\d+)?|0[xo][\da-f]+|inf|nan|\d{4}-\d\d?-\d\d?.*)$/i.test(text);
	return isWord && !isOther && !(isInFlow && /[,[\]{}]/.test(text));
}
