import type { TextLines } from '../cursor/textLines.ts';
import { splitLines } from '../cursor/textLines.ts';
import type { Plan, Position } from '../plan.ts';
import type { PlanPart } from '../readPart.ts';

/** A stretch of a text and what takes its place; the same shape as a text edit of the LSP. */
export interface TextChange {
	readonly range: { readonly start: Position; readonly end: Position };
	readonly newText: string;
}

/** What an edit of a plan does to its files. */
export type FileChange =
	| { readonly kind: 'edit'; readonly uri: string; readonly edits: readonly TextChange[] }
	| { readonly kind: 'create'; readonly uri: string; readonly text: string }
	| { readonly kind: 'rename'; readonly uri: string; readonly newUri: string };

/** A plan that is edited: what was read, and the texts it was read from. */
export interface EditedPlan {
	readonly plan: Plan;
	readonly parts: readonly PlanPart[];
	/** Null when a file cannot be read. */
	textOf(uri: string): Promise<string | null>;
}

/** One text with what an edit has to keep of it. */
export interface EditedText {
	readonly lines: TextLines;
	readonly lineEnd: '\n' | '\r\n';
	/** Every name and every text needs double quotes. */
	readonly isJson: boolean;
}

/** Takes a text apart for edits; null when there is none. A byte order mark is no part of the first line. */
export function editedText(uri: string, text: string | null): EditedText | null {
	return text === null
		? null
		: {
				lines: splitLines(text.replace(/^\uFEFF/, '')),
				lineEnd: text.includes('\r\n') ? '\r\n' : '\n',
				isJson: /\.json$/i.test(uri),
			};
}

/** A text after some changes that do not overlap. A byte order mark stays. */
export function applyChanges(text: string, changes: readonly TextChange[]): string {
	const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
	const body = text.slice(mark.length);
	const starts = [0];
	for (const match of body.matchAll(/\r\n|\n|\r/g)) {
		starts.push(match.index + match[0].length);
	}
	const offsetOf = ({ line, character }: Position) => (starts[line] ?? body.length) + character;
	const ordered = [...changes].sort((a, b) => offsetOf(b.range.start) - offsetOf(a.range.start));
	let result = body;
	for (const { range, newText } of ordered) {
		result = result.slice(0, offsetOf(range.start)) + newText + result.slice(offsetOf(range.end));
	}
	return mark + result;
}
