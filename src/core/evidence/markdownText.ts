import { toPlainText } from './plainText.ts';
import type { Secret } from './redact.ts';
import { redactLines } from './redact.ts';

/**
 * Turns text of others into Markdown that says the same and nothing else: no user text can open a heading, an image,
 * HTML, a code block, or a link under another name. Secrets are taken out here, before escaping could hide them.
 */
export class MarkdownText {
	readonly #secrets: readonly Secret[];

	constructor(secrets: readonly Secret[]) {
		this.#secrets = secrets;
	}

	/** Text on one line, inside a paragraph, list item or table cell. */
	inline(text: string): string {
		const line = this.#clean(text).replace(/\s+/g, ' ').trim();
		return line
			.replace(/[\\`*_[\]<>|~&$]/g, '\\$&')
			.replace(/^([#+=-])/, '\\$1')
			.replace(/^(\d+)([.)])/, '$1\\$2');
	}

	/** A path, id or command on one line, in a code span whose fence no content can close. */
	code(text: string): string {
		const line = this.#clean(text).replace(/\s+/g, ' ').trim();
		if (line === '') {
			return '(empty)';
		}
		const fence = '`'.repeat(longestRun(line, '`') + 1);
		const edge = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
		return `${fence}${edge}${line}${edge}${fence}`;
	}

	/** The same inside a table, where a bar would end the cell even in a code span. */
	cell(text: string): string {
		return this.code(text).replaceAll('|', '\\|');
	}

	/** Lines as they are, in a fence that is longer than any run of backquotes in them. */
	block(text: string): string[] {
		const body = this.#clean(text).replace(/\n+$/, '');
		const fence = '`'.repeat(Math.max(3, longestRun(body, '`') + 1));
		return [`${fence}text`, ...body.split('\n'), fence];
	}

	/** The target of a link, from a path relative to the document. */
	target(path: string): string {
		const encoded = path
			.split('/')
			.map((part) => encodeURIComponent(part).replace(/[()]/g, encodeParenthesis));
		return encoded.join('/');
	}

	#clean(text: string): string {
		return redactLines(toPlainText(text), this.#secrets);
	}
}

function encodeParenthesis(char: string): string {
	return char === '(' ? '%28' : '%29';
}

function longestRun(text: string, char: string): number {
	let longest = 0;
	let run = 0;
	for (const current of text) {
		run = current === char ? run + 1 : 0;
		longest = Math.max(longest, run);
	}
	return longest;
}
