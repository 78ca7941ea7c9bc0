import { at, buildNumberedGraph } from './buildGraph.ts';
import { dagreLimit } from './layoutTypes.ts';
import type { Group, Scene } from './layoutUnits.ts';
import { isIndependent } from './layoutUnits.ts';
import type { Order } from './orderNodes.ts';
import { orderNodes } from './orderNodes.ts';

/** In which column every card stands, and which columns a group takes. */
export interface Layers {
	readonly of: Int32Array;
	readonly count: number;
	/** First and last layer of each group. */
	readonly spans: readonly (readonly [first: number, last: number])[];
}

/** How much wider than necessary a drawing may become so that the sprints of all tracks line up. */
const alignmentBudget = 1.34;

/**
 * Columns for cards: every dependency runs to the right, and the sprints of a track follow each other (EXECUTION G2).
 * Where it costs little, the n-th sprints of all tracks share their columns. An order of sprints that the dependencies
 * contradict is left out where it is contradicted, so that dependencies still run right.
 */
export function assignLayers(scene: Scene): Layers {
	const loose = solve(scene, new Set(), 'tracks');
	const aligned = solve(scene, new Set(), 'waves');
	const orderFits = !aligned.contradicted && !loose.contradicted;
	if (
		orderFits &&
		aligned.layers.count <= Math.max(loose.layers.count * alignmentBudget, loose.layers.count + 1)
	) {
		return spreadIndependents(scene, shareSpans(scene, aligned.layers));
	}
	if (!loose.contradicted) {
		return spreadIndependents(scene, loose.layers);
	}
	return spreadIndependents(scene, solve(scene, loose.cyclicGroups, 'tracks').layers);
}

/** `tracks`: a sprint follows the one before it in its track. `waves`: it follows all sprints one place before it. */
type Chaining = 'tracks' | 'waves';

interface Solution {
	readonly layers: Layers;
	readonly contradicted: boolean;
	/** Groups whose order is part of a cycle with the dependencies. */
	readonly cyclicGroups: ReadonlySet<number>;
}

/** Longest paths over cards, a begin and an end node for every group, and the chaining between groups. */
function solve(scene: Scene, unchained: ReadonlySet<number>, chaining: Chaining): Solution {
	const size = scene.units.length;
	const begin = (group: number) => size + 2 * group;
	const end = (group: number) => size + 2 * group + 1;
	const from: number[] = [];
	const to: number[] = [];
	const add = (a: number, b: number) => {
		from.push(a);
		to.push(b);
	};
	for (const edge of scene.edges) {
		add(edge.from, edge.to);
	}
	for (const [g, group] of scene.groups.entries()) {
		for (const unit of group.units) {
			add(begin(g), unit);
			add(unit, end(g));
		}
	}
	const hubs = size + 2 * scene.groups.length;
	const nodes = hubs + chain(scene.groups, { unchained, chaining, add, begin, end, hubs });
	const graph = buildNumberedGraph(nodes, from, to);
	const order = orderNodes(graph);
	// Between cards, and from a group's end to the next group's begin, an edge is one column long; frames have no width.
	const lengthOf = (a: number, b: number) =>
		(a < size && b < size) || (a >= size && (a - size) % 2 === 1) ? 1 : 0;
	const layer = longestPaths(graph, order, (a, b) => (a >= hubs ? 0 : lengthOf(a, b)));
	const cyclicGroups = new Set(
		[...scene.groups.keys()].filter((g) => at(order.components.sizes, at(order.components.of, begin(g))) > 1),
	);
	return {
		layers: layersOf(scene, layer),
		contradicted: cyclicGroups.size > 0,
		cyclicGroups,
	};
}

interface ChainOptions {
	readonly unchained: ReadonlySet<number>;
	readonly chaining: Chaining;
	readonly add: (a: number, b: number) => void;
	readonly begin: (group: number) => number;
	readonly end: (group: number) => number;
	/** The number of the first hub node. */
	readonly hubs: number;
}

/** Adds the order of sprints and answers how many hub nodes that took. */
function chain(
	groups: readonly Group[],
	{ unchained, chaining, add, begin, end, hubs }: ChainOptions,
): number {
	if (chaining === 'waves') {
		let waves = 0;
		for (const [g, { ordinal }] of groups.entries()) {
			if (ordinal < 0) {
				continue;
			}
			add(end(g), hubs + ordinal);
			if (ordinal > 0) {
				add(hubs + ordinal - 1, begin(g));
			}
			waves = Math.max(waves, ordinal + 1);
		}
		return waves;
	}
	const last = new Map<number, number>();
	for (const [g, { lane, ordinal }] of groups.entries()) {
		if (ordinal < 0 || unchained.has(g)) {
			continue;
		}
		const previous = last.get(lane);
		if (previous !== undefined) {
			add(end(previous), begin(g));
		}
		last.set(lane, g);
	}
	return 0;
}

function longestPaths(
	graph: ReturnType<typeof buildNumberedGraph>,
	order: Order,
	lengthOf: (a: number, b: number) => number,
): Int32Array {
	const layer = new Int32Array(graph.size);
	for (const n of order.nodes) {
		for (let e = at(graph.successorStart, n); e < at(graph.successorStart, n + 1); e++) {
			const child = at(graph.successors, e);
			if (at(order.components.of, child) !== at(order.components.of, n)) {
				layer[child] = Math.max(at(layer, child), at(layer, n) + lengthOf(n, child));
			}
		}
	}
	return layer;
}

function layersOf(scene: Scene, layer: Int32Array): Layers {
	const of = layer.slice(0, scene.units.length);
	const spans = scene.groups.map((group): [number, number] => {
		const own = group.units.map((unit) => at(of, unit));
		return [
			own.reduce((a, b) => Math.min(a, b), Number.MAX_SAFE_INTEGER),
			own.reduce((a, b) => Math.max(a, b), 0),
		];
	});
	return { of, spans, count: of.reduce((a, b) => Math.max(a, b), -1) + 1 };
}

/** Sprints of one wave get the columns of the widest, so that frames stand in one grid. */
function shareSpans(scene: Scene, layers: Layers): Layers {
	const waves = new Map<number, [number, number]>();
	for (const [g, { ordinal }] of scene.groups.entries()) {
		const span = layers.spans[g] ?? [0, 0];
		const wave = waves.get(ordinal) ?? [span[0], span[1]];
		waves.set(ordinal, [Math.min(wave[0], span[0]), Math.max(wave[1], span[1])]);
	}
	const spans = scene.groups.map(
		(group, g) => (group.framed && waves.get(group.ordinal)) || layers.spans[g] || ([0, 0] as const),
	);
	return { ...layers, spans };
}

/**
 * A card without any edge may stand in any column of its group: it takes the emptiest, which keeps frames low. While
 * dagre places the cards, those without edges get rows of their own, and only they count.
 */
function spreadIndependents(scene: Scene, layers: Layers): Layers {
	const of = layers.of.slice();
	const ownRows = scene.units.length <= dagreLimit;
	for (const [g, group] of scene.groups.entries()) {
		const [first, last] = layers.spans[g] ?? [0, 0];
		if (first === last) {
			continue;
		}
		const fill = new Int32Array(last - first + 1);
		for (const unit of group.units) {
			const column = at(of, unit) - first;
			fill[column] = at(fill, column) + (ownRows || isIndependent(scene, unit) ? 0 : 1);
		}
		for (const unit of group.units.filter((one) => isIndependent(scene, one))) {
			const column = emptiest(fill);
			fill[column] = at(fill, column) + 1;
			of[unit] = first + column;
		}
	}
	return { ...layers, of };
}

function emptiest(fill: Int32Array): number {
	let best = 0;
	for (let column = 1; column < fill.length; column++) {
		best = at(fill, column) < at(fill, best) ? column : best;
	}
	return best;
}
