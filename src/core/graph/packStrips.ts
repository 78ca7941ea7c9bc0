import type { Layers } from './assignLayers.ts';
import { at } from './buildGraph.ts';
import type { Scene } from './layoutUnits.ts';

/** One row of groups within a lane whose columns do not overlap, so that their frames cannot either. */
export interface Strip {
	readonly lane: number;
	readonly groups: readonly number[];
	readonly units: readonly number[];
	/** True when a group in it is drawn as a frame, which needs room for its title. */
	readonly framed: boolean;
}

/**
 * Distributes the groups of every lane over as few strips as needed, in document order. Usually that is one strip a
 * lane; more are needed for tasks in no sprint, and where dependencies contradict the order of sprints.
 */
export function packStrips(scene: Scene, layers: Layers): Strip[] {
	const strips: Strip[] = [];
	for (const lane of scene.lanes.keys()) {
		strips.push(...packLane(scene, { layers, lane }));
	}
	return strips;
}

/** Index of the strip of every card. */
export function stripOfUnits(strips: readonly Strip[], size: number): Int32Array {
	const of = new Int32Array(size);
	for (const [s, strip] of strips.entries()) {
		for (const unit of strip.units) {
			of[unit] = s;
		}
	}
	return of;
}

/** A group belongs beside others when it is a sprint and its columns are free there. */
function packLane(scene: Scene, { layers, lane }: { layers: Layers; lane: number }): Strip[] {
	const rows: { groups: number[]; taken: Uint8Array; loose: boolean }[] = [];
	for (const [g, group] of scene.groups.entries()) {
		if (group.lane !== lane) {
			continue;
		}
		const [first, last] = layers.spans[g] ?? [0, 0];
		const loose = group.sprint === null;
		let row = rows.find(
			(r) => !loose && !r.loose && r.taken.subarray(first, last + 1).every((used) => used === 0),
		);
		if (row === undefined) {
			row = { groups: [], taken: new Uint8Array(layers.count), loose };
			rows.push(row);
		}
		row.groups.push(g);
		row.taken.fill(1, first, last + 1);
	}
	return rows.map(({ groups }) => ({
		lane,
		groups,
		units: groups.flatMap((g) => scene.groups[g]?.units ?? []),
		framed: groups.some((g) => scene.groups[g]?.framed === true),
	}));
}

/** The cards of a strip by layer; layers without a card are empty lists. */
export function cellsOf(strip: Strip, layers: Layers): number[][] {
	const cells: number[][] = Array.from({ length: layers.count }, () => []);
	for (const unit of strip.units) {
		cells[at(layers.of, unit)]?.push(unit);
	}
	return cells;
}
