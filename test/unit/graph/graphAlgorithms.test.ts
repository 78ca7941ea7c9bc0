import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Edge } from '../../../src/core/graph/buildGraph.ts';
import { buildGraph } from '../../../src/core/graph/buildGraph.ts';
import { criticalPath, longestPathToSink } from '../../../src/core/graph/criticalPath.ts';
import { findCycles } from '../../../src/core/graph/findCycles.ts';
import { isCycleEdge, orderNodes } from '../../../src/core/graph/orderNodes.ts';
import { ancestors, descendantCounts, descendants } from '../../../src/core/graph/reach.ts';

interface Sketch {
	readonly ids: string[];
	readonly edges: Edge[];
	readonly weights: number[];
}

/** Small graphs with everything a plan under edit may contain: cycles, self edges, repeats, unknown ids. */
const anyGraph: fc.Arbitrary<Sketch> = fc.integer({ min: 0, max: 9 }).chain((size) => {
	const ids = Array.from({ length: size }, (_, n) => `T${n}`);
	const id = fc.constantFrom(...ids, 'nobody');
	return fc.record({
		ids: fc.constant(ids),
		edges: fc.array(fc.tuple(id, id), { maxLength: 20 }),
		weights: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: size, maxLength: size }),
	});
});

const acyclicGraph = anyGraph.map((sketch) => ({
	...sketch,
	edges: sketch.edges.filter(([a, b]) => a < b && sketch.ids.includes(a) && sketch.ids.includes(b)),
}));

/** All nodes reachable over at least one edge, by the definition. */
function closure({ ids, edges }: Sketch): Map<string, Set<string>> {
	const reach = new Map(ids.map((id) => [id, new Set<string>()]));
	for (let changed = true; changed; ) {
		changed = false;
		for (const [a, b] of edges) {
			const from = reach.get(a);
			const beyond = reach.get(b);
			if (!from || !beyond) {
				continue;
			}
			const before = from.size;
			for (const id of [b, ...beyond]) {
				from.add(id);
			}
			changed ||= from.size > before;
		}
	}
	return reach;
}

function longestFrom(sketch: Sketch, id: string): number {
	const own = sketch.weights[sketch.ids.indexOf(id)]!;
	const tails = sketch.edges.filter(([a]) => a === id).map(([, b]) => longestFrom(sketch, b));
	return own + Math.max(0, ...tails);
}

const names = (ids: readonly string[], nodes: Iterable<number>) => [...nodes].map((n) => ids[n]!);

describe('dependency graph', () => {
	it('keeps each known edge once, in both directions, and reports the others', () => {
		fc.assert(
			fc.property(anyGraph, ({ ids, edges }) => {
				const graph = buildGraph(ids, edges);
				const known = edges.filter(([a, b]) => ids.includes(a) && ids.includes(b));
				const expected = [...new Set(known.map(([a, b]) => `${a} ${b}`))].sort();
				const forward: string[] = [];
				const backward: string[] = [];
				for (let n = 0; n < graph.size; n++) {
					for (const m of graph.successors.subarray(graph.successorStart[n], graph.successorStart[n + 1])) {
						forward.push(`${ids[n]} ${ids[m]}`);
					}
					for (const m of graph.predecessors.subarray(
						graph.predecessorStart[n],
						graph.predecessorStart[n + 1],
					)) {
						backward.push(`${ids[m]} ${ids[n]}`);
					}
				}
				expect(forward.sort()).toEqual(expected);
				expect(backward.sort()).toEqual(expected);
				expect(graph.dangling.length).toBe(edges.length - known.length);
			}),
		);
	});

	it('counts a repeated id once', () => {
		expect(buildGraph(['a', 'b', 'a'], [['a', 'b']]).ids).toEqual(['a', 'b']);
	});

	it('reaches exactly what the definition reaches', () => {
		fc.assert(
			fc.property(anyGraph, (sketch) => {
				const graph = buildGraph(sketch.ids, sketch.edges);
				const reach = closure(sketch);
				for (let n = 0; n < graph.size; n++) {
					const id = sketch.ids[n]!;
					const below = [...reach.get(id)!].filter((other) => other !== id).sort();
					const above = sketch.ids.filter((other) => other !== id && reach.get(other)!.has(id));
					expect(names(graph.ids, descendants(graph, n)).sort()).toEqual(below);
					expect(names(graph.ids, ancestors(graph, n)).sort()).toEqual(above);
				}
			}),
		);
	});

	it('counts descendants exactly, also beyond one word of bits', () => {
		fc.assert(
			fc.property(acyclicGraph, (sketch) => {
				const graph = buildGraph(sketch.ids, sketch.edges);
				const reach = closure(sketch);
				expect([...descendantCounts(graph)]).toEqual(sketch.ids.map((id) => reach.get(id)!.size));
			}),
		);
		const ids = Array.from({ length: 100 }, (_, n) => `T${n}`);
		const chain = buildGraph(
			ids,
			ids.slice(1).map((id, n): Edge => [ids[n]!, id]),
		);
		expect([...descendantCounts(chain)]).toEqual(ids.map((_, n) => 99 - n));
	});

	it('finds one true cycle for each group of nodes that wait for each other', () => {
		fc.assert(
			fc.property(anyGraph, (sketch) => {
				const graph = buildGraph(sketch.ids, sketch.edges);
				const reach = closure(sketch);
				const groups = new Set(
					sketch.ids
						.filter((id) => reach.get(id)!.has(id))
						.map((id) => sketch.ids.filter((o) => reach.get(id)!.has(o) && reach.get(o)!.has(id)).join()),
				);
				const cycles = findCycles(graph);
				expect(cycles.length).toBe(groups.size);
				for (const cycle of cycles) {
					const ids = names(graph.ids, cycle);
					expect(new Set(ids).size).toBe(ids.length);
					for (const [i, id] of ids.entries()) {
						expect(sketch.edges).toContainEqual([id, ids[(i + 1) % ids.length]]);
					}
				}
			}),
		);
	});

	it('orders every graph, with all edges forward but those inside a cycle', () => {
		fc.assert(
			fc.property(anyGraph, (sketch) => {
				const graph = buildGraph(sketch.ids, sketch.edges);
				const reach = closure(sketch);
				const order = orderNodes(graph);
				const place = new Map([...order.nodes].map((n, i) => [n, i]));
				expect(place.size).toBe(graph.size);
				for (const [a, b] of sketch.edges) {
					const from = graph.numberOf.get(a);
					const to = graph.numberOf.get(b);
					if (from === undefined || to === undefined) {
						continue;
					}
					expect(isCycleEdge(order, from, to)).toBe(a === b || reach.get(b)!.has(a));
					if (!isCycleEdge(order, from, to)) {
						expect(place.get(from)!).toBeLessThan(place.get(to)!);
						expect(order.layer[from]!).toBeLessThan(order.layer[to]!);
					}
				}
			}),
		);
	});

	it('computes the critical path, slack and remaining paths of the definition', () => {
		fc.assert(
			fc.property(acyclicGraph, (sketch) => {
				const graph = buildGraph(sketch.ids, sketch.edges);
				const tails = sketch.ids.map((id) => longestFrom(sketch, id));
				expect([...longestPathToSink(graph, sketch.weights)]).toEqual(tails);
				const path = criticalPath(graph, sketch.weights);
				expect(path.length).toBe(Math.max(0, ...tails));
				expect(path.nodes.reduce((sum, n) => sum + sketch.weights[n]!, 0)).toBe(path.length);
				expect(path.nodes.every((n) => path.slack[n] === 0)).toBe(true);
			}),
		);
	});

	it('does not overflow on a chain of 100,000 tasks, closed to a cycle or not', () => {
		const ids = Array.from({ length: 100_000 }, (_, n) => `T${n}`);
		const edges = ids.slice(1).map((id, n): Edge => [ids[n]!, id]);
		const chain = buildGraph(ids, edges);
		expect(orderNodes(chain).layerCount).toBe(100_000);
		expect(criticalPath(chain, new Float64Array(100_000).fill(1)).length).toBe(100_000);
		const ring = buildGraph(ids, [...edges, ['T99999', 'T0']]);
		expect(findCycles(ring)[0]).toHaveLength(100_000);
	});
});
