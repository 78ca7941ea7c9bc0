import { cellsOf, indentOf } from './lineCells.ts';
import type { TextLines } from './textLines.ts';

/** The fields of the block mapping whose fields begin in a column, around one line, with the text of their values. */
export function fieldsAround(lines: TextLines, number: number, column: number): Map<string, string> {
	const fields = new Map<string, string>();
	const take = (at: number): boolean => {
		const line = lines.line(at);
		const indent = indentOf(line);
		if (indent === -1 || indent > column) {
			return true;
		}
		const { key, column: start, dashes, value } = cellsOf(line);
		if (start === column && key !== null) {
			fields.set(key.name, value);
			// The line with the dash is the first of its item.
			return dashes.length === 0 || at > number;
		}
		return dashes[0] === column;
	};
	const own = cellsOf(lines.line(number));
	if (own.key !== null) {
		fields.set(own.key.name, own.value);
	}
	const next = (at: number, by: -1 | 1) => lines.skip?.(at + by, column, by) ?? at + by;
	for (let at = next(number, -1); own.dashes.length === 0 && at >= 0 && take(at); at = next(at, -1)) {}
	for (
		let at = next(number, 1);
		at < lines.count && indentAllows(lines.line(at), column) && take(at);
		at = next(at, 1)
	) {}
	return fields;
}

/** Lines to either side in which items of a list are looked for: more are too far away to be meant. */
const reach = 2_000;

/** The plain items of the block list whose dashes stand in a column, near one line and without it. */
export function itemsAround(lines: TextLines, number: number, column: number): string[] {
	const items: string[] = [];
	const take = (at: number): boolean => {
		const line = lines.line(at);
		const indent = indentOf(line);
		if (indent === -1 || indent > column) {
			return true;
		}
		const { dashes, key, value } = cellsOf(line);
		if (indent < column || dashes[0] !== column) {
			return false;
		}
		if (key === null) {
			items.push(value.replace(/^["']|["']$/g, ''));
		}
		return true;
	};
	for (let at = number - 1; at >= Math.max(0, number - reach) && take(at); at--) {}
	for (let at = number + 1; at < Math.min(lines.count, number + reach) && take(at); at++) {}
	return items;
}

/** Below the cursor a mapping ends with the first line that begins further left. */
function indentAllows(line: string, column: number): boolean {
	const indent = indentOf(line);
	return indent === -1 || indent >= column;
}
