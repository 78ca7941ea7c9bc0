import { cellsOf } from '../cursor/lineCells.ts';
import type { TextLines } from '../cursor/textLines.ts';
import type { Located, SourceRange } from '../plan.ts';
import type { PlanPart } from '../readPart.ts';
import type { TextChange } from './textChange.ts';

/** A list of ids in a plan, and whose it is. */
export interface ReferenceList {
	readonly items: readonly Located<string>[];
	/** "the dependencies of TASK-001" */
	readonly name: string;
}

/** The lists of one file by the ranges of their items. */
export function listsOf(part: PlanPart): ReadonlyMap<SourceRange, ReferenceList> {
	const lists = new Map<SourceRange, ReferenceList>();
	const add = (items: readonly Located<string>[], name: string) => {
		for (const item of items) {
			lists.set(item.range, { items, name });
		}
	};
	for (const { id, dependencies } of part.tasks) {
		add(dependencies, `the dependencies of ${id}`);
	}
	for (const { id, tasks, dependencies } of part.sprints) {
		add(tasks, `the tasks of ${id}`);
		add(dependencies, `the dependencies of ${id}`);
	}
	return lists;
}

/** Takes items out of a list and leaves everything else as it is. */
export function removeItems(
	lines: TextLines,
	items: readonly Located<string>[],
	isRemoved: (range: SourceRange) => boolean,
): TextChange[] {
	const first = items.find(({ range }) => isRemoved(range));
	if (first === undefined) {
		return [];
	}
	const { line, character } = first.range.start;
	const before = lines.line(line).slice(0, character);
	if (/^\s*-\s+$/.test(before)) {
		return removeLines(lines, items, isRemoved);
	}
	if (/^\s*$|[[,]\s*$/.test(before)) {
		return removeFromBrackets(items, isRemoved);
	}
	// The one id stands there without a list.
	return [{ range: rangeOf(first.range), newText: '[]' }];
}

function removeLines(
	lines: TextLines,
	items: readonly Located<string>[],
	isRemoved: (range: SourceRange) => boolean,
): TextChange[] {
	const removed = items.filter(({ range }) => isRemoved(range));
	const edits = removed.map(({ range: { start, end } }): TextChange => {
		const isLast = end.line + 1 >= lines.count;
		const from = isLast
			? { line: start.line - 1, character: lines.line(start.line - 1).length }
			: { line: start.line, character: 0 };
		const to = isLast
			? { line: end.line, character: lines.line(end.line).length }
			: { line: end.line + 1, character: 0 };
		return { range: { start: from, end: to }, newText: '' };
	});
	const above = (items[0]?.range.start.line ?? 0) - 1;
	const { key, value } = cellsOf(lines.line(above));
	if (removed.length === items.length && key !== null && value === '') {
		const behind = { line: above, character: lines.line(above).indexOf(':', key.end) + 1 };
		return [{ range: { start: behind, end: behind }, newText: ' []' }, ...edits];
	}
	return edits;
}

/** Each run of removed items goes with the comma behind it, the last run with the comma before it. */
function removeFromBrackets(
	items: readonly Located<string>[],
	isRemoved: (range: SourceRange) => boolean,
): TextChange[] {
	const edits: TextChange[] = [];
	for (let at = 0; at < items.length; at++) {
		const from = at;
		while (at < items.length && isRemoved(items[at]?.range ?? emptyRange)) {
			at++;
		}
		const [first, last, next, previous] = [items[from], items[at - 1], items[at], items[from - 1]];
		if (at === from || first === undefined || last === undefined) {
			continue;
		}
		const start = next === undefined && previous !== undefined ? previous.range.end : first.range.start;
		edits.push({
			range: { start, end: next === undefined ? last.range.end : next.range.start },
			newText: '',
		});
	}
	return edits;
}

const emptyRange: SourceRange = { uri: '', start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** Adds an id to the end of a list that has items already. */
export function appendItem(
	lines: TextLines,
	items: readonly Located<string>[],
	{ text, lineEnd }: { readonly text: string; readonly lineEnd: string },
): TextChange | null {
	const last = items.at(-1);
	if (last === undefined) {
		return null;
	}
	const { start, end } = last.range;
	const before = lines.line(start.line).slice(0, start.character);
	if (/^\s*-\s+$/.test(before)) {
		const at = { line: end.line, character: lines.line(end.line).length };
		return { range: { start: at, end: at }, newText: `${lineEnd}${before}${text}` };
	}
	if (/^\s*$|[[,]\s*$/.test(before)) {
		return { range: { start: end, end }, newText: `, ${text}` };
	}
	const written = lines.line(start.line).slice(start.character, end.character);
	return { range: rangeOf(last.range), newText: `[${written}, ${text}]` };
}

function rangeOf({ start, end }: SourceRange): TextChange['range'] {
	return { start, end };
}
