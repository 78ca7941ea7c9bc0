import type { Located, SourceRange } from '../plan.ts';
import type { SourceFile } from '../sourceFile.ts';

/** One line of a Markdown text. */
export interface MarkdownLine {
	readonly text: string;
	/** Offset of its first character in the file. */
	readonly offset: number;
	/** True between code fences; the fences themselves are left out of the list. */
	readonly fenced: boolean;
	/** Level and text of a heading outside of fences, without closing hashes. */
	readonly heading?: { readonly level: number; readonly text: string };
}

/** Splits a text into lines, with headings and fences recognised. A fence that is never closed ends with the text. */
export function markdownLines(file: SourceFile): MarkdownLine[] {
	const lines: MarkdownLine[] = [];
	let fence: string | null = null;
	for (const match of file.text.matchAll(/([^\r\n]*)(\r\n|\n|\r|$)/g)) {
		const text = match[1] ?? '';
		const mark: string | undefined = /^\s{0,3}(`{3,}|~{3,})/.exec(text)?.[1];
		if (mark !== undefined && (fence === null || mark.startsWith(fence))) {
			fence = fence === null ? mark : null;
			continue;
		}
		const heading = fence === null ? /^ {0,3}(#{1,6})\s+(\S.*)$/.exec(text) : null;
		lines.push({
			text,
			offset: match.index,
			fenced: fence !== null,
			...(heading !== null && {
				heading: { level: heading[1]?.length ?? 1, text: withoutClosing(heading[2] ?? '') },
			}),
		});
	}
	return lines;
}

/** The place of a piece of a line; the whole line when the piece is not in it. */
export function rangeIn(file: SourceFile, line: MarkdownLine, piece: string): SourceRange {
	const at = line.text.indexOf(piece);
	return at === -1 || piece === ''
		? file.range(line.offset, line.offset + line.text.length)
		: file.range(line.offset + at, line.offset + at + piece.length);
}

/** A piece of a line with its place. */
export function locate(file: SourceFile, line: MarkdownLine, piece: string): Located<string> {
	return { value: piece, range: rangeIn(file, line, piece) };
}

/** From the start of a line to the end of another, for a section. */
export function rangeOfLines(file: SourceFile, first: MarkdownLine, last: MarkdownLine): SourceRange {
	return file.range(first.offset, last.offset + last.text.length);
}

/** The text without emphasis and code marks: `**Task** one` becomes `Task one`. */
export function plainText(text: string): string {
	return text
		.replace(/\*\*|__|`/g, '')
		.replace(/\s+/g, ' ')
		.trim();
}

/** The first heading of level 1, or the fallback. */
export function titleOf(lines: readonly MarkdownLine[], fallback: string): string {
	const title = lines.find(({ heading }) => heading?.level === 1)?.heading?.text;
	const plain = plainText(title ?? '');
	return plain === '' ? fallback : plain;
}

/** A heading may end in hashes that belong to its form. */
function withoutClosing(text: string): string {
	const plain = text.trimEnd();
	const body = plain.replace(/#{1,6}$/, '');
	return body === plain || /\s$/.test(body) ? body.trimEnd() : plain;
}
