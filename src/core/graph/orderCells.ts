import type { Layers } from './assignLayers.ts';
import { at } from './buildGraph.ts';
import type { Scene } from './layoutUnits.ts';
import { isIndependent } from './layoutUnits.ts';
import type { Strip } from './packStrips.ts';
import { cellsOf } from './packStrips.ts';
import type { Cells } from './placeOnGrid.ts';

/** Sweeps over the layers; more change little. */
const sweeps = 6;

/**
 * Orders the cards of every layer so that edges cross little: barycentres, alternately from the left and from the
 * right. Strips stay apart, but cards are drawn towards the strips of their neighbours. Each sweep is linear but for
 * sorting within one cell.
 */
export function orderCells(
	scene: Scene,
	{ strips, layers }: { strips: readonly Strip[]; layers: Layers },
): Cells[] {
	const cells = strips.map((strip) => cellsOf(strip, layers));
	const place = new Float64Array(scene.units.length);
	for (const [s, strip] of cells.entries()) {
		for (const cell of strip) {
			settle(place, cell, s);
		}
	}
	for (let sweep = 0; sweep < sweeps; sweep++) {
		const fromLeft = sweep % 2 === 0;
		for (let i = 0; i < layers.count; i++) {
			const layer = fromLeft ? i : layers.count - 1 - i;
			for (const [s, strip] of cells.entries()) {
				const cell = strip[layer] ?? [];
				sortCell(scene, { cell, place, fromLeft });
				settle(place, cell, s);
			}
		}
	}
	return cells.map((strip) => strip.map((cell) => independentLast(scene, cell)));
}

/** Notes the height of each card of a cell, in strips. */
function settle(place: Float64Array, cell: readonly number[], strip: number): void {
	for (const [i, unit] of cell.entries()) {
		place[unit] = strip + (i + 0.5) / cell.length;
	}
}

interface Sweep {
	readonly cell: number[];
	readonly place: Float64Array;
	readonly fromLeft: boolean;
}

function sortCell({ graph }: Scene, { cell, place, fromLeft }: Sweep): void {
	const start = fromLeft ? graph.predecessorStart : graph.successorStart;
	const neighbours = fromLeft ? graph.predecessors : graph.successors;
	const wish = new Map(cell.map((unit) => [unit, barycentre({ start, neighbours, place, unit })]));
	cell.sort((a, b) => (wish.get(a) ?? 0) - (wish.get(b) ?? 0) || a - b);
}

interface Neighbourhood {
	readonly start: Int32Array;
	readonly neighbours: Int32Array;
	readonly place: Float64Array;
	readonly unit: number;
}

function barycentre({ start, neighbours, place, unit }: Neighbourhood): number {
	const first = at(start, unit);
	const end = at(start, unit + 1);
	if (first === end) {
		return at(place, unit);
	}
	let sum = 0;
	for (let e = first; e < end; e++) {
		sum += at(place, at(neighbours, e));
	}
	return sum / (end - first);
}

function independentLast(scene: Scene, cell: readonly number[]): number[] {
	return [
		...cell.filter((unit) => !isIndependent(scene, unit)),
		...cell.filter((unit) => isIndependent(scene, unit)),
	];
}
