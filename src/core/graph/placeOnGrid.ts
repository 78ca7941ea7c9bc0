import { at } from './buildGraph.ts';
import { isotonic } from './isotonic.ts';
import { measures } from './layoutTypes.ts';
import type { Scene } from './layoutUnits.ts';
import type { Strip } from './packStrips.ts';
import type { Placement } from './placement.ts';
import { heightOf } from './placement.ts';

/** The cards of one strip by layer, top to bottom. */
export type Cells = readonly (readonly number[])[];

/**
 * Rows and columns for one strip in linear time: in every layer the cards keep the given order and stand as near to
 * the rows of their predecessors as that allows. A layer with too many cards is broken into several columns.
 */
export function placeOnGrid(scene: Scene, { strip, cells }: { strip: Strip; cells: Cells }): Placement {
	const limit = maxRows(strip.units.length);
	const rows = Math.min(limit, Math.max(1, ...cells.map((cell) => cell.length)));
	const rowOf = new Map<number, number>();
	const column = new Map<number, number>();
	for (const cell of cells) {
		const chosen =
			cell.length > rows ? cell.map((_, i) => i % rows) : chooseRows(scene, { cell, rows, rowOf });
		for (const [i, unit] of cell.entries()) {
			rowOf.set(unit, chosen[i] ?? 0);
			if (cell.length > rows) {
				column.set(unit, Math.floor(i / rows));
			}
		}
	}
	const heights = new Array<number>(rows).fill(0);
	for (const [unit, row] of rowOf) {
		heights[row] = Math.max(heights[row] ?? 0, heightOf(scene.units[unit]));
	}
	const middles: number[] = [];
	let y = 0;
	for (const height of heights) {
		middles.push(y + height / 2);
		y += height > 0 ? height + measures.rowGap : 0;
	}
	const top = new Map(
		[...rowOf].map(([unit, row]) => [unit, (middles[row] ?? 0) - heightOf(scene.units[unit]) / 2]),
	);
	return { height: Math.max(0, y - measures.rowGap), top, column, passages: new Map() };
}

/** How many rows a strip may have before its layers are broken into columns: about as high as wide. */
export function maxRows(units: number): number {
	return Math.max(10, Math.ceil(Math.sqrt(units) * 1.3));
}

interface Cell {
	readonly cell: readonly number[];
	readonly rows: number;
	/** Rows of the layers to the left. */
	readonly rowOf: ReadonlyMap<number, number>;
}

function chooseRows(scene: Scene, { cell, rows, rowOf }: Cell): number[] {
	const { predecessorStart, predecessors } = scene.graph;
	const wished = cell.map((unit, i) => {
		let sum = 0;
		let count = 0;
		for (let e = at(predecessorStart, unit); e < at(predecessorStart, unit + 1); e++) {
			const row = rowOf.get(at(predecessors, e));
			sum += row ?? 0;
			count += row === undefined ? 0 : 1;
		}
		return (count === 0 ? i : sum / count) - i;
	});
	// Wishes less their index, made non-decreasing and kept in bounds, give distinct rows in the given order.
	return isotonic(wished).map((wish, i) => Math.min(Math.max(Math.round(wish), 0), rows - cell.length) + i);
}
