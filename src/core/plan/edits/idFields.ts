import type { TextLines } from '../cursor/textLines.ts';
import type { Located, SourceRange } from '../plan.ts';
import { appendItem, removeItems } from './idLists.ts';
import { isPlain } from './idText.ts';
import type { EditedText, TextChange } from './textChange.ts';

/** A list of ids that a task or a sprint has, or may have. */
export interface IdField {
	/** The task or sprint as a whole, and its id. */
	readonly range: SourceRange;
	readonly idRange: SourceRange;
	readonly items: readonly Located<string>[];
	/** The name of the field, and others it may be written under. */
	readonly names: readonly [string, ...string[]];
}

/** The change that adds an id to a list, which may be empty or not written at all; null where it cannot be written to. */
export function addId(text: EditedText, field: IdField, id: string): TextChange | null {
	const { lines, lineEnd, isJson } = text;
	const written = !isJson && isPlain(id, true) ? id : JSON.stringify(id);
	if (field.items.length > 0) {
		return isOwn(field) ? appendItem(lines, field.items, { text: written, lineEnd }) : null;
	}
	return fillEmptyList(lines, field, written) ?? addField(text, field, written);
}

/** The changes that take ids out of a list; none where the list is shared with others through an anchor. */
export function removeIds(text: EditedText, field: IdField, ids: ReadonlySet<string>): TextChange[] {
	if (!isOwn(field)) {
		return [];
	}
	const gone = new Set(field.items.filter(({ value }) => ids.has(value)).map(({ range }) => range));
	return removeItems(text.lines, field.items, (range) => gone.has(range));
}

/** False for a list that stands elsewhere: an alias names it here. */
function isOwn({ items, range }: IdField): boolean {
	return items.every(
		(item) =>
			item.range.uri === range.uri &&
			item.range.start.line >= range.start.line &&
			item.range.end.line <= range.end.line,
	);
}

function fillEmptyList(lines: TextLines, { range, names }: IdField, written: string): TextChange | null {
	const pattern = new RegExp(
		`^(.*[\\s{,"']|)(?:${names.join('|')})["']?\\s*:[ \\t]*(\\[\\s*\\]|none\\b|null\\b|~)?`,
	);
	for (let number = range.start.line; number <= range.end.line; number++) {
		const match = pattern.exec(lines.line(number));
		if (match !== null) {
			const end = { line: number, character: match[0].length };
			const start = { line: number, character: match[0].length - (match[2] ?? '').length };
			const gap = match[2] === undefined && !/\s$/.test(match[0]) ? ' ' : '';
			return { range: { start, end }, newText: `${gap}[${written}]` };
		}
	}
	return null;
}

/** A new field behind the id, in the form that the fields around it have. */
function addField(
	{ lines, lineEnd, isJson }: EditedText,
	{ idRange, names }: IdField,
	written: string,
): TextChange {
	const { start, end } = idRange;
	const line = lines.line(end.line);
	const [name] = names;
	if (isJson || /[{,]/.test(line.slice(0, start.character))) {
		const key = isJson ? JSON.stringify(name) : name;
		return { range: { start: end, end }, newText: `, ${key}: [${written}]` };
	}
	const column = /^[\s-]*/.exec(line)?.[0].length ?? 0;
	const at = { line: end.line, character: line.length };
	return { range: { start: at, end: at }, newText: `${lineEnd}${' '.repeat(column)}${name}: [${written}]` };
}
