import { Graph as DagreGraph, layout } from '@dagrejs/dagre';
import type { Layers } from './assignLayers.ts';
import { at } from './buildGraph.ts';
import { measures } from './layoutTypes.ts';
import type { Scene, UnitEdge } from './layoutUnits.ts';
import { isIndependent } from './layoutUnits.ts';
import type { Strip } from './packStrips.ts';
import type { Placement } from './placement.ts';
import { heightOf } from './placement.ts';

/** dagre's own types leave out that a ranker may be a function, and what it writes into its labels. */
interface DagreSettings {
	readonly rankdir: 'LR';
	readonly nodesep: number;
	readonly edgesep: number;
	readonly ranksep: number;
	ranker(ranked: Ranked): void;
}

interface DagreCard {
	readonly width: number;
	readonly height: number;
	readonly y?: number;
}

interface DagreLink {
	readonly weight: number;
	readonly points?: readonly { readonly y: number }[];
}

interface Ranked {
	nodes(): string[];
	node(id: string): { rank?: number };
}

/**
 * Lets dagre order and place the cards of one strip from left to right. The columns are ours already, because they
 * hold across all strips; so dagre gets a ranker that repeats them. It doubles ranks to make room for edge labels.
 */
export function placeByDagre(scene: Scene, { strip, layers }: { strip: Strip; layers: Layers }): Placement {
	const graph = new DagreGraph<DagreSettings, DagreCard, DagreLink>();
	const layerOf = (id: string) => at(layers.of, Number(id));
	graph.setGraph({
		rankdir: 'LR',
		nodesep: measures.rowGap,
		edgesep: measures.rowGap,
		ranksep: measures.columnGap,
		ranker(ranked: Ranked) {
			for (const id of ranked.nodes()) {
				ranked.node(id).rank = Number.isNaN(Number(id)) ? -1 : 2 * layerOf(id);
			}
		},
	});
	const inside = new Set(strip.units.filter((unit) => !isIndependent(scene, unit)));
	for (const unit of inside) {
		graph.setNode(String(unit), { width: measures.cardWidth, height: heightOf(scene.units[unit]) });
	}
	const edges = [...scene.edges.entries()].filter(
		([, { from, to }]) => inside.has(from) && inside.has(to) && at(layers.of, from) < at(layers.of, to),
	);
	for (const [, { from, to, count }] of edges) {
		graph.setEdge(String(from), String(to), { weight: count });
	}
	layout(graph);
	return stackBelow(scene, {
		placement: read(scene, { strip, layers, edges, graph }),
		units: strip.units.filter((unit) => !inside.has(unit)),
		layers,
	});
}

interface Laid {
	readonly strip: Strip;
	readonly layers: Layers;
	readonly edges: readonly (readonly [number, UnitEdge])[];
	readonly graph: DagreGraph<DagreSettings, DagreCard, DagreLink>;
}

function read(scene: Scene, { strip, layers, edges, graph }: Laid): Placement {
	const top = new Map<number, number>();
	for (const unit of strip.units.filter((one) => graph.hasNode(String(one)))) {
		top.set(unit, (graph.node(String(unit))?.y ?? 0) - heightOf(scene.units[unit]) / 2);
	}
	const first = top.size === 0 ? 0 : [...top.values()].reduce((a, b) => Math.min(a, b));
	let bottom = 0;
	for (const [unit, y] of top) {
		top.set(unit, y - first);
		bottom = Math.max(bottom, y - first + heightOf(scene.units[unit]));
	}
	const passages = new Map<number, number[]>();
	for (const [index, { from, to }] of edges) {
		const span = at(layers.of, to) - at(layers.of, from);
		const points = graph.edge(String(from), String(to))?.points ?? [];
		// One point where it leaves, one at each doubled rank between, one where it arrives.
		if (span > 1 && points.length === 2 * span + 1) {
			const passed = Array.from({ length: span - 1 }, (_, i) => (points[2 * (i + 1)]?.y ?? first) - first);
			passages.set(index, passed);
			bottom = Math.max(bottom, ...passed);
		}
	}
	const above = [...passages.values()].flat().reduce((a, b) => Math.min(a, b), 0);
	return shift({ height: bottom, top, column: new Map(), passages }, -above);
}

/** Moves everything down so that an edge that passes above all cards stays inside its strip. */
function shift(placement: Placement, by: number): Placement {
	if (by === 0) {
		return placement;
	}
	return {
		...placement,
		height: placement.height + by,
		top: new Map([...placement.top].map(([unit, y]) => [unit, y + by])),
		passages: new Map([...placement.passages].map(([edge, ys]) => [edge, ys.map((y) => y + by)])),
	};
}

interface Independents {
	readonly placement: Placement;
	readonly units: readonly number[];
	readonly layers: Layers;
}

/** Cards without any edge stand in rows of their own below the others, where they part no chain. */
function stackBelow(scene: Scene, { placement, units, layers }: Independents): Placement {
	const top = new Map(placement.top);
	const begin = placement.height === 0 ? 0 : placement.height + measures.rowGap;
	const pitch =
		units.reduce((most, unit) => Math.max(most, heightOf(scene.units[unit])), 0) + measures.rowGap;
	const rows = new Int32Array(layers.count);
	let { height } = placement;
	for (const unit of units) {
		const layer = at(layers.of, unit);
		const y = begin + at(rows, layer) * pitch;
		rows[layer] = at(rows, layer) + 1;
		top.set(unit, y);
		height = Math.max(height, y + heightOf(scene.units[unit]));
	}
	return { ...placement, top, height };
}
