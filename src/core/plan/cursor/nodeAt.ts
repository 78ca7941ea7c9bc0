import type { Position } from '../plan.ts';
import type { Link } from './blockChain.ts';
import { chainOf, flowStart, isText } from './blockChain.ts';
import { fieldsAround, itemsAround } from './blockSiblings.ts';
import { flowPlace } from './flowCursor.ts';
import type { LineCells } from './lineCells.ts';
import { cellsOf, commentColumn } from './lineCells.ts';
import type { TextLines } from './textLines.ts';

/** What is under the cursor, found from the lines around it, so that a half-typed file answers too. */
export interface CursorNode {
	/**
	 * Steps from the root: names of fields, and `[]` for items. Of a key: the mapping it stands in. Of a value: the field
	 * it belongs to, and `[]` if it is an item.
	 */
	readonly path: readonly string[];
	/** `open`: an entry that could become a value or the first field of a mapping. `text`: inside a longer text. */
	readonly role: 'key' | 'value' | 'open' | 'text';
	/** The columns of what is written at the cursor; empty where nothing is. */
	readonly start: number;
	readonly end: number;
	/** Fields of the mapping at the cursor, with the text of their values. */
	readonly fields: ReadonlyMap<string, string>;
	/** Other entries of the list at the cursor. */
	readonly items: readonly string[];
	readonly inFlow: boolean;
}

/** The node at a position; null within a comment. Linear in the lines above, which are only looked at by indentation. */
export function nodeAt(lines: TextLines, position: Position): CursorNode | null {
	const comment = commentColumn(lines.line(position.line));
	if (comment !== -1 && position.character > comment) {
		return null;
	}
	const chain = chainOf(lines, position);
	for (const { number, cells, path, isHolder } of chain) {
		const from = isHolder ? flowStart(cells, number) : null;
		if (from !== null && isBefore(from, position)) {
			const found = flowPlace(lines, from, position);
			if (found !== null) {
				return { ...found, path: [...path, ...found.path], inFlow: true };
			}
		}
	}
	return blockNode(lines, position, chain);
}

const nothing = { items: [], fields: new Map<string, string>(), inFlow: false };

function blockNode(lines: TextLines, position: Position, chain: readonly Link[]): CursorNode {
	const parents = chain.slice(0, -1);
	const { cells, path } = chain.at(-1) ?? { cells: cellsOf(''), path: [] };
	const [start, end] = extentOf(cells, position);
	const text = parents.find((link) => link.isHolder && isText(link.cells));
	if (text !== undefined) {
		return { ...nothing, path: text.path, role: 'text', start, end };
	}
	if (cells.key === null) {
		const dash = cells.dashes.at(-1);
		const fields = dash === undefined ? fieldsAround(lines, position.line, cells.column) : nothing.fields;
		const items = dash === undefined ? [] : itemsAround(lines, position.line, dash);
		return { ...nothing, path, role: fields.size > 0 ? 'key' : 'open', start, end, fields, items };
	}
	const fields = fieldsAround(lines, position.line, cells.column);
	if (position.character <= cells.key.end) {
		const { start: from, end: to } = cells.key;
		return { ...nothing, path: path.slice(0, -1), role: 'key', start: from, end: to, fields };
	}
	return { ...nothing, path, role: /^[|>]/.test(cells.value) ? 'text' : 'value', start, end, fields };
}

/** The columns of the value or bare content of a line, if the cursor touches it. */
function extentOf(cells: LineCells, { character }: Position): [number, number] {
	const end = cells.valueColumn + cells.value.length;
	return character >= cells.valueColumn && character <= end
		? [cells.valueColumn, end]
		: [character, character];
}

function isBefore(a: Position, b: Position): boolean {
	return a.line < b.line || (a.line === b.line && a.character < b.character);
}
