import type { Layers } from './assignLayers.ts';
import { at } from './buildGraph.ts';
import { measures } from './layoutTypes.ts';
import type { Scene } from './layoutUnits.ts';
import type { Placement } from './placement.ts';

/** The x of every column. Columns hold across the whole drawing, so the gaps between them are free of cards. */
export interface Columns {
	/** Left edge of column `firstOf[layer] + column`. */
	readonly x: readonly number[];
	/** Number of the first column of a layer. */
	readonly firstOf: Int32Array;
	readonly width: number;
}

/** Lays out the columns, with wider gaps where the frame of a sprint ends. */
export function layoutColumns(
	scene: Scene,
	{ layers, placements }: { layers: Layers; placements: readonly Placement[] },
): Columns {
	const columnsOf = new Int32Array(layers.count).fill(1);
	for (const placement of placements) {
		for (const [unit, column] of placement.column) {
			const layer = at(layers.of, unit);
			columnsOf[layer] = Math.max(at(columnsOf, layer), column + 1);
		}
	}
	const framed = frameGaps(scene, layers);
	const firstOf = new Int32Array(layers.count + 1);
	const x: number[] = [];
	let next = measures.margin + (scene.hasLanes ? measures.framePadding + measures.lanePadding : 0);
	let end = next;
	for (let layer = 0; layer < layers.count; layer++) {
		firstOf[layer] = x.length;
		for (let column = 0; column < at(columnsOf, layer); column++) {
			x.push(next);
			end = next + measures.cardWidth;
			next = end + measures.columnGap;
		}
		next += framed[layer] === 1 ? measures.frameGap - measures.columnGap : 0;
	}
	firstOf[layers.count] = x.length;
	const padding = scene.hasLanes ? measures.framePadding + measures.lanePadding : 0;
	return { x, firstOf, width: end + padding + measures.margin };
}

/** 1 for every layer behind which the frame of a sprint begins or ends. */
function frameGaps(scene: Scene, layers: Layers): Uint8Array {
	const gaps = new Uint8Array(layers.count);
	for (const [g, group] of scene.groups.entries()) {
		const [first, last] = layers.spans[g] ?? [0, 0];
		if (!group.framed) {
			continue;
		}
		gaps[last] = 1;
		if (first > 0) {
			gaps[first - 1] = 1;
		}
	}
	return gaps;
}
