import type { Layers } from './assignLayers.ts';
import { assignLayers } from './assignLayers.ts';
import { at } from './buildGraph.ts';
import type { Columns } from './columns.ts';
import { layoutColumns } from './columns.ts';
import type {
	Box,
	Lane,
	LayoutEdge,
	LayoutInput,
	LayoutNode,
	LayoutResult,
	SprintBox,
} from './layoutTypes.ts';
import { dagreLimit, measures } from './layoutTypes.ts';
import type { Scene } from './layoutUnits.ts';
import { layoutUnits } from './layoutUnits.ts';
import { orderCells } from './orderCells.ts';
import type { Strip } from './packStrips.ts';
import { cellsOf, packStrips, stripOfUnits } from './packStrips.ts';
import { placeByDagre } from './placeByDagre.ts';
import type { Placement } from './placement.ts';
import { heightOf } from './placement.ts';
import { maxRows, placeOnGrid } from './placeOnGrid.ts';
import { routeEdge } from './routeEdge.ts';
import { strongComponents } from './strongComponents.ts';

/**
 * Places every card, frame, lane and edge of a plan, left to right. Deterministic, and never fails: dangling
 * dependencies are left out, cycles are drawn and marked. Linear in cards and edges beyond `dagreLimit` cards.
 */
export function layoutGraph(input: LayoutInput): LayoutResult {
	const scene = layoutUnits(input);
	const layers = assignLayers(scene);
	const strips = packStrips(scene, layers);
	const placements = place(scene, { strips, layers });
	const columns = layoutColumns(scene, { layers, placements });
	const stacked = stackStrips(scene, { strips, placements });
	const nodes = nodesOf(scene, { layers, columns, strips, placements, tops: stacked.tops });
	return {
		width: scene.units.length === 0 ? 0 : columns.width,
		height: scene.units.length === 0 ? 0 : stacked.height,
		nodes,
		edges: edgesOf(scene, { nodes, layers, columns, strips, placements, tops: stacked.tops }),
		sprints: framesOf(scene, { layers, columns, strips, placements, tops: stacked.tops }),
		lanes: scene.hasLanes
			? stacked.lanes.map((lane) => ({
					...lane,
					x: measures.margin,
					width: columns.width - 2 * measures.margin,
				}))
			: [],
	};
}

interface Stage {
	readonly layers: Layers;
	readonly columns: Columns;
	readonly strips: readonly Strip[];
	readonly placements: readonly Placement[];
	/** Where the cards of a strip begin. */
	readonly tops: readonly number[];
}

function place(scene: Scene, { strips, layers }: { strips: readonly Strip[]; layers: Layers }): Placement[] {
	const few = scene.units.length <= dagreLimit;
	const low = (strip: Strip) =>
		cellsOf(strip, layers).every((cell) => cell.length <= maxRows(strip.units.length));
	if (few && strips.every(low)) {
		return strips.map((strip) => placeByDagre(scene, { strip, layers }));
	}
	const cells = orderCells(scene, { strips, layers });
	return strips.map((strip, s) => placeOnGrid(scene, { strip, cells: cells[s] ?? [] }));
}

/** Stacks strips below each other, and lanes around those of one track. */
function stackStrips(scene: Scene, { strips, placements }: Pick<Stage, 'strips' | 'placements'>) {
	const tops: number[] = [];
	const lanes: (Pick<Box, 'y' | 'height'> & Pick<Lane, 'track'>)[] = [];
	let y = measures.margin;
	for (const [lane, track] of scene.lanes.entries()) {
		const start = y;
		y += scene.hasLanes ? measures.laneHeader + measures.lanePadding : 0;
		for (const [s, strip] of strips.entries()) {
			if (strip.lane !== lane) {
				continue;
			}
			const inset = strip.framed
				? { above: measures.frameTitle, below: measures.framePadding }
				: { above: 0, below: 0 };
			tops[s] = y + inset.above;
			y += inset.above + (placements[s]?.height ?? 0) + inset.below + measures.stripGap;
		}
		y += measures.lanePadding - measures.stripGap;
		lanes.push({ track, y: start, height: y - start });
		y += measures.laneGap;
	}
	return { tops, lanes, height: y - measures.laneGap + measures.margin };
}

function nodesOf(scene: Scene, { layers, columns, strips, placements, tops }: Stage): LayoutNode[] {
	const stripOf = stripOfUnits(strips, scene.units.length);
	return scene.units.map((unit, u) => {
		const s = at(stripOf, u);
		const column = at(columns.firstOf, at(layers.of, u)) + (placements[s]?.column.get(u) ?? 0);
		return {
			kind: unit.kind,
			id: unit.id,
			x: columns.x[column] ?? 0,
			y: (tops[s] ?? 0) + (placements[s]?.top.get(u) ?? 0),
			width: measures.cardWidth,
			height: heightOf(unit),
		};
	});
}

function framesOf(scene: Scene, { layers, columns, strips, placements, tops }: Stage): SprintBox[] {
	return strips.flatMap((strip, s) =>
		strip.groups.flatMap((g): SprintBox[] => {
			const group = scene.groups[g];
			const [first, last] = layers.spans[g] ?? [0, 0];
			if (group?.framed !== true || group.sprint === null) {
				return [];
			}
			const left = (columns.x[at(columns.firstOf, first)] ?? 0) - measures.framePadding;
			const right =
				(columns.x[at(columns.firstOf, last + 1) - 1] ?? 0) + measures.cardWidth + measures.framePadding;
			return [
				{
					id: group.sprint,
					x: left,
					y: (tops[s] ?? 0) - measures.frameTitle,
					width: right - left,
					height: measures.frameTitle + (placements[s]?.height ?? 0) + measures.framePadding,
				},
			];
		}),
	);
}

function edgesOf(scene: Scene, stage: Stage & { readonly nodes: readonly LayoutNode[] }): LayoutEdge[] {
	const { nodes, layers, columns, strips, placements, tops } = stage;
	const components = strongComponents(scene.graph);
	const stripOf = stripOfUnits(strips, scene.units.length);
	const portOf = (u: number) => {
		const node = nodes[u] ?? { x: 0, y: 0, width: 0, height: 0 };
		const column = at(columns.firstOf, at(layers.of, u)) + (placements[at(stripOf, u)]?.column.get(u) ?? 0);
		return { column, left: node.x, right: node.x + node.width, middle: node.y + node.height / 2 };
	};
	return scene.edges.map((edge, index) => {
		const from = portOf(edge.from);
		const to = portOf(edge.to);
		const s = at(stripOf, edge.from);
		const top = tops[s] ?? 0;
		const passages = placements[s]?.passages.get(index)?.map((y) => top + y);
		const inside = s === at(stripOf, edge.to);
		const channel = channelOf({
			above: to.middle < from.middle,
			inside,
			node: nodes[edge.from] ?? { x: 0, y: 0, width: 0, height: 0 },
			// Side by side a few lines are told apart; many become a bundle, and pointing at a card lights its own.
			spread: scene.edges.length > dagreLimit ? 0 : 1.5 * ((index % 5) - 2),
			top: top - (strips[s]?.framed === true ? measures.frameTitle : 0),
			bottom: top + (placements[s]?.height ?? 0) + (strips[s]?.framed === true ? measures.framePadding : 0),
		});
		return {
			...edge,
			cycle: at(components.of, edge.from) === at(components.of, edge.to),
			...routeEdge({ from, to, columns: columns.x, columnWidth: measures.cardWidth, passages, channel }),
		};
	});
}

interface ChannelOptions {
	/** True when the edge ends higher than it begins. */
	readonly above: boolean;
	/** True when both ends are in one strip. */
	readonly inside: boolean;
	readonly node: Box;
	/** Small number that keeps neighbouring edges apart. */
	readonly spread: number;
	/** The strip of the edge's begin. */
	readonly top: number;
	readonly bottom: number;
}

/** Where an edge may pass columns: between two rows of its own strip, or between its strip and the next. */
function channelOf({ above, inside, node, spread, top, bottom }: ChannelOptions): number {
	const half = inside ? measures.rowGap / 2 : measures.stripGap / 2;
	if (inside) {
		return (above ? node.y - half : node.y + node.height + half) + spread;
	}
	return (above ? top - half : bottom + half) + spread;
}
