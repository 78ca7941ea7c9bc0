import type { Position } from '../plan.ts';
import { flowPlace } from './flowCursor.ts';
import type { LineCells } from './lineCells.ts';
import { cellsOf, indentOf } from './lineCells.ts';
import type { TextLines } from './textLines.ts';

/** A line that the cursor's line is nested in. */
export interface Link {
	readonly number: number;
	readonly cells: LineCells;
	/** Steps from the root to what stands on this line. */
	readonly path: readonly string[];
	/** True when the cursor is within the value of this line, false when only its dash holds the cursor. */
	readonly isHolder: boolean;
}

/** The lines that hold the cursor's line, by indentation, from the outermost to the cursor's own. */
export function chainOf(lines: TextLines, position: Position): Link[] {
	const line = lines.line(position.line);
	const own = cellsOf(line.trim() === '' ? ' '.repeat(position.character) : line);
	const climb = new Climb(own, position.line);
	for (let number = position.line - 1; number >= 0 && !climb.isAtTop; number = climb.above(number, lines)) {
		const above = lines.line(number);
		const indent = indentOf(above);
		if (indent === -1 || indent > climb.need) {
			continue;
		}
		const cells = cellsOf(above);
		if (!climb.take(cells, number) && !climb.hasNeighbour) {
			// The field above may have opened a bracket that is not closed yet, with the cursor in its column.
			const start = flowStart(cells, number);
			if (start !== null && flowPlace(lines, start, position) !== null) {
				climb.found.push({ number, cells, steps: keySteps(cells), isHolder: true });
			}
		}
		climb.hasNeighbour = true;
	}
	let path: readonly string[] = [];
	return climb.found.reverse().map(({ number, cells, steps, isHolder }) => {
		path = [...path, ...steps];
		return { number, cells, path, isHolder };
	});
}

/** Where the bracket is that the value of a line begins with; null when it begins with none. */
export function flowStart(cells: LineCells, line: number): Position | null {
	const properties = propertiesOf(cells.value);
	const isFlow = /^[[{]/.test(cells.value.slice(properties));
	return isFlow ? { line, character: cells.valueColumn + properties } : null;
}

/** True when the value of a line is a text that goes on below it. */
export function isText(cells: LineCells): boolean {
	return cells.value.length > propertiesOf(cells.value) && flowStart(cells, 0) === null;
}

/** Length of an anchor or a tag before a value. */
function propertiesOf(value: string): number {
	return /^(?:[&!]\S*(?:\s+|$))*/.exec(value)?.[0].length ?? 0;
}

function keySteps(cells: LineCells): string[] {
	return cells.key === null ? [] : [cells.key.name];
}

/** Climbs from the cursor's line to the root: everything that begins further left holds what is to its right. */
class Climb {
	readonly found: { number: number; cells: LineCells; steps: string[]; isHolder: boolean }[];
	/** The column that a holder must begin before. */
	need: number;
	hasNeighbour = false;
	#isDash: boolean;

	constructor(own: LineCells, number: number) {
		const steps = [...own.dashes.map(() => '[]'), ...keySteps(own)];
		this.found = [{ number, cells: own, steps, isHolder: true }];
		this.need = own.dashes[0] ?? own.column;
		this.#isDash = own.dashes.length > 0;
	}

	/** In the first column of a mapping nothing is above, but the field before may still be open. */
	get isAtTop(): boolean {
		return this.need === 0 && !this.#isDash && this.hasNeighbour;
	}

	/** The next line above that may hold the cursor: other items of a list do not, and there may be 50,000. */
	above(number: number, lines: TextLines): number {
		const next = number - 1;
		return this.hasNeighbour ? (lines.skip?.(next, this.need, -1) ?? next) : next;
	}

	/** Takes a line above; false when it holds nothing of the cursor. */
	take(cells: LineCells, number: number): boolean {
		const isCompactList = this.#isDash && cells.column === this.need && cells.key !== null;
		const isHolder = cells.column < this.need || isCompactList;
		if (isHolder) {
			this.need = cells.column;
			this.#isDash = false;
		}
		const dashes = cells.dashes.filter((column) => column < this.need);
		const first = dashes[0];
		if (first !== undefined) {
			this.need = first;
			this.#isDash = true;
		}
		if (!isHolder && first === undefined) {
			return false;
		}
		const steps = [...dashes.map(() => '[]'), ...(isHolder ? keySteps(cells) : [])];
		this.found.push({ number, cells, steps, isHolder });
		return true;
	}
}
