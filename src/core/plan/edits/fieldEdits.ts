import type { Pair, ParsedNode, YAMLMap } from 'yaml';
import { isMap, isNode, isScalar, visit } from 'yaml';
import { parseYaml } from '../parseYaml.ts';
import type { Position } from '../plan.ts';
import { SourceFile } from '../sourceFile.ts';
import { isPlain } from './idText.ts';
import type { TextChange } from './textChange.ts';

/** A text that was parsed for the sake of one edit, so that an edit also knows where values end. */
interface Parsed {
	readonly file: SourceFile;
	readonly root: ParsedNode | null;
	readonly lineEnd: string;
	readonly isJson: boolean;
}

/** A field with the mapping that holds it. */
interface WrittenField {
	readonly pair: Pair;
	readonly map: YAMLMap;
	readonly index: number;
}

/** A text in a file. */
export interface FileText {
	readonly uri: string;
	readonly text: string;
}

/**
 * The change that takes a field and its value out of a text; `place` is where its name or its value begins. Null where no
 * such field is, where it is the only one of its mapping, and where others refer to what would go.
 */
export function removeField(source: FileText, place: Position): TextChange | null {
	const parsed = parse(source);
	const found = fieldAt(parsed, offsetAt(parsed.file.text, place));
	if (found === null || found.map.items.length < 2 || hasAnchor(found.pair)) {
		return null;
	}
	const stretch = found.map.flow === true ? flowStretch(found) : blockStretch(parsed.file.text, found);
	return stretch === null ? null : change(parsed.file, stretch, '');
}

/** The change that writes a field before the first one of the mapping that has a field at `place`. */
export function insertField(
	source: FileText,
	place: Position,
	field: { readonly name: string; readonly value: string },
): TextChange | null {
	const parsed = parse(source);
	const found = fieldAt(parsed, offsetAt(parsed.file.text, place));
	return found === null ? null : insertInto(parsed, found.map, field);
}

/** The same for the mapping under a field at the top level of the file; null where it has none. */
export function insertUnder(
	source: FileText,
	holder: string,
	field: { readonly name: string; readonly value: string },
): TextChange | null {
	const parsed = parse(source);
	const value = isMap(parsed.root) ? parsed.root.get(holder) : null;
	return isMap(value) ? insertInto(parsed, value, field) : null;
}

/** The change that writes a value behind the name of a field that has none. */
export function fillField(source: FileText, place: Position, value: string): TextChange | null {
	const parsed = parse(source);
	const { text } = parsed.file;
	const found = fieldAt(parsed, offsetAt(text, place));
	const colon = found === null ? -1 : text.indexOf(':', endOf(found.pair.key));
	const isEmpty = found !== null && (!isNode(found.pair.value) || text[colon + 1] !== ' ' || isNull(found));
	return colon === -1 || !isEmpty ? null : change(parsed.file, [colon + 1, colon + 1], ` ${value}`);
}

function isNull({ pair }: WrittenField): boolean {
	return isScalar(pair.value) && pair.value.source === '';
}

function parse({ uri, text }: FileText): Parsed {
	const file = new SourceFile(uri, text);
	const { root } = parseYaml(file);
	return { file, root, lineEnd: text.includes('\r\n') ? '\r\n' : '\n', isJson: /\.json$/i.test(uri) };
}

function insertInto(
	{ file, lineEnd, isJson }: Parsed,
	map: YAMLMap,
	{ name, value }: { readonly name: string; readonly value: string },
): TextChange | null {
	const start = startOf(map.items[0]?.key);
	if (start === -1) {
		return null;
	}
	const isFlow = map.flow === true;
	const key = isJson ? JSON.stringify(name) : name;
	const written = !isJson && isPlain(value, isFlow) ? value : JSON.stringify(value);
	const indent = ' '.repeat(file.range(start, start).start.character);
	return change(file, [start, start], `${key}: ${written}${isFlow ? ', ' : `${lineEnd}${indent}`}`);
}

/** The field whose name or value begins at an offset; the outermost one where several do. */
function fieldAt({ root }: Parsed, offset: number): WrittenField | null {
	let found: WrittenField | null = null;
	visit(root, {
		Pair(_key, pair, path) {
			const map = path.at(-1);
			if (isMap(map) && (startOf(pair.key) === offset || startOf(pair.value) === offset)) {
				found = { pair, map, index: map.items.indexOf(pair) };
				return visit.BREAK;
			}
			return undefined;
		},
	});
	return found;
}

function hasAnchor(pair: Pair): boolean {
	let found = false;
	for (const part of [pair.key, pair.value]) {
		visit(isNode(part) ? part : null, {
			Value(_key, node) {
				found ||= node.anchor !== undefined;
			},
		});
	}
	return found;
}

/** Within brackets a field goes with the comma behind it, the last one with the comma before it. */
function flowStretch({ map, pair, index }: WrittenField): [number, number] | null {
	const [previous, next] = [map.items[index - 1], map.items[index + 1]];
	const start = next === undefined && previous !== undefined ? endOfPair(previous) : startOf(pair.key);
	const end = next === undefined ? endOfPair(pair) : startOf(next.key);
	return start === -1 || end === -1 ? null : [start, end];
}

/** A field in lines of its own goes with them; the first one behind a dash leaves its place to the next. */
function blockStretch(text: string, { map, pair, index }: WrittenField): [number, number] | null {
	const start = startOf(pair.key);
	const line = lineStart(text, start);
	if (text.slice(line, start).trim() !== '') {
		const next = startOf(map.items[index + 1]?.key);
		return next === -1 ? null : [start, next];
	}
	const end = line + text.slice(line, endOfPair(pair)).trimEnd().length;
	const [rest = '', lineEnd = ''] = /^[^\r\n]*(\r\n|\n|\r)?/.exec(text.slice(end)) ?? [];
	if (/^[ \t]*[^\s#]/.test(rest)) {
		return null;
	}
	const before = /(\r\n|\n|\r)$/.exec(text.slice(0, line))?.[0].length ?? 0;
	return lineEnd === '' ? [line - before, end + rest.length] : [line, end + rest.length];
}

function lineStart(text: string, offset: number): number {
	return Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
}

function startOf(node: unknown): number {
	return isNode(node) ? (node.range?.[0] ?? -1) : -1;
}

function endOf(node: unknown): number {
	return isNode(node) ? (node.range?.[1] ?? -1) : -1;
}

function endOfPair({ key, value }: Pair): number {
	return Math.max(endOf(key), endOf(value));
}

function change(file: SourceFile, [from, to]: readonly [number, number], newText: string): TextChange {
	return { range: { start: file.range(from, from).start, end: file.range(to, to).start }, newText };
}

function offsetAt(text: string, { line, character }: Position): number {
	let at = 0;
	for (const match of text.matchAll(/\r\n|\n|\r/g)) {
		if (line === 0) {
			break;
		}
		line -= 1;
		at = match.index + match[0].length;
	}
	return at + character;
}
