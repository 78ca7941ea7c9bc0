import type { Document, Node, Pair } from 'yaml';
import { isMap, isScalar, parseDocument } from 'yaml';

/** What becomes of one key at the top of a YAML document; `undefined` removes it. */
export type PairEdit = (document: Document, value: Node | null) => unknown;

/**
 * Changes some keys at the top of a YAML text and nothing else: every other byte stays, and within a changed key
 * comments, order and quotes stay where their values do. A missing key goes before the first of `before`, else to the end.
 * Null where the text is no mapping that can be edited (a syntax error, a list).
 */
export function editPairs(
	text: string,
	edits: Readonly<Record<string, PairEdit>>,
	{ before = [] }: { readonly before?: readonly string[] } = {},
): string | null {
	let edited: string | null = text;
	for (const [key, edit] of Object.entries(edits)) {
		edited = edited === null ? null : editPair(edited, { key, edit, before });
	}
	return edited !== null && text.includes('\r\n') ? edited.replace(/\r?\n/g, '\r\n') : edited;
}

interface KeyEdit {
	readonly key: string;
	readonly edit: PairEdit;
	readonly before: readonly string[];
}

const style = { lineWidth: 110, flowCollectionPadding: false } as const;

function editPair(text: string, { key, edit, before }: KeyEdit): string | null {
	const document = parseDocument(text, { logLevel: 'silent', uniqueKeys: false });
	if (document.errors.length > 0 || (document.contents !== null && !isMap(document.contents))) {
		return null;
	}
	if (isMap(document.contents) && document.contents.flow === true) {
		return editWhole(document, { key, edit, before });
	}
	const pairs = document.contents?.items ?? [];
	const found = pairs.find((pair) => keyOf(pair) === key);
	if (found === undefined) {
		return insertPair(text, pairs, { key, edit, before });
	}
	const start = startOf(found);
	const next = pairs[pairs.indexOf(found) + 1];
	const end = sectionEnd(text, next === undefined ? text.length : startOf(next));
	const section = parseDocument(text.slice(start, end), { logLevel: 'silent', uniqueKeys: false });
	if (section.errors.length > 0) {
		// An alias into another part of the file: the text is changed as a whole.
		return editWhole(document, { key, edit, before });
	}
	applyEdit(section, key, edit);
	const isGone = !(isMap(section.contents) && section.contents.items.length > 0);
	// Blank lines behind the section stay as they were.
	const [gap = '\n'] = /\s*$/.exec(text.slice(start, end)) ?? [];
	const lines = isGone ? '' : `${section.toString(style).trimEnd()}${gap === '' ? '\n' : gap}`;
	return `${text.slice(0, start)}${lines}${text.slice(end)}`;
}

function applyEdit(document: Document, key: string, edit: PairEdit): void {
	const value = edit(document, (document.get(key, true) as Node | undefined) ?? null);
	if (value === undefined) {
		document.delete(key);
	} else {
		document.set(key, document.createNode(value));
	}
}

function editWhole(document: Document, { key, edit }: KeyEdit): string {
	applyEdit(document, key, edit);
	return document.toString(style);
}

function insertPair(text: string, pairs: readonly Pair[], { key, edit, before }: KeyEdit): string {
	const section = parseDocument('', {});
	section.contents = section.createNode({}) as never;
	applyEdit(section, key, edit);
	if (!section.has(key)) {
		return text;
	}
	const follower = pairs.find((pair) => before.includes(keyOf(pair)));
	const at = follower === undefined ? text.length : sectionEnd(text, startOf(follower));
	const head = text.slice(0, at);
	const gap = head === '' || head.endsWith('\n') ? '' : '\n';
	return `${head}${gap}${section.toString(style)}${text.slice(at)}`;
}

function keyOf({ key }: Pair): string {
	return isScalar(key) ? String(key.value) : '';
}

function startOf({ key }: Pair): number {
	return isScalar(key) ? (key.range?.[0] ?? 0) : 0;
}

/** Comment lines right above a key belong to it and not to the section before. */
function sectionEnd(text: string, start: number): number {
	let end = start;
	for (;;) {
		const lineStart = text.lastIndexOf('\n', end - 2) + 1;
		if (end === 0 || !/^\s*#/.test(text.slice(lineStart, end))) {
			return end;
		}
		end = lineStart;
	}
}
