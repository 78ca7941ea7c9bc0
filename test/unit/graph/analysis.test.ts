import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyseGraph } from '../../../src/core/graph/analyseGraph.ts';
import type { Edge } from '../../../src/core/graph/buildGraph.ts';
import { buildGraph } from '../../../src/core/graph/buildGraph.ts';
import { criticalPath } from '../../../src/core/graph/criticalPath.ts';
import { kneeOf } from '../../../src/core/graph/kneeOf.ts';
import { largestBound, lowerBounds } from '../../../src/core/graph/lowerBounds.ts';
import { maximumAntichain } from '../../../src/core/graph/maximumAntichain.ts';
import { isCycleEdge, orderNodes } from '../../../src/core/graph/orderNodes.ts';
import { descendantCounts } from '../../../src/core/graph/reach.ts';
import { topUnblockers } from '../../../src/core/graph/topUnblockers.ts';
import { weakComponents } from '../../../src/core/graph/weakComponents.ts';

interface Sketch {
	readonly size: number;
	readonly edges: [number, number][];
}

/** Small graphs with cycles and self edges. */
const anyGraph: fc.Arbitrary<Sketch> = fc.integer({ min: 1, max: 9 }).chain((size) => {
	const node = fc.integer({ min: 0, max: size - 1 });
	return fc.record({ size: fc.constant(size), edges: fc.array(fc.tuple(node, node), { maxLength: 16 }) });
});

function graphOf({ size, edges }: Sketch) {
	const ids = Array.from({ length: size }, (_, n) => `T${n}`);
	return buildGraph(
		ids,
		edges.map(([a, b]): Edge => [ids[a]!, ids[b]!]),
	);
}

/** `reaches[a]` has bit b when b waits for a over edges that close no cycle. */
function closureOf(sketch: Sketch): number[] {
	const order = orderNodes(graphOf(sketch));
	const reaches = new Array<number>(sketch.size).fill(0);
	for (let round = 0; round < sketch.size; round++) {
		for (const [a, b] of sketch.edges) {
			if (a !== b && !isCycleEdge(order, a, b)) {
				reaches[a] = reaches[a]! | (1 << b) | reaches[b]!;
			}
		}
	}
	return reaches;
}

function isAntichain(set: number, reaches: readonly number[]): boolean {
	return reaches.every((below, n) => ((set >> n) & 1) === 0 || (below & set) === 0);
}

function bits(word: number): number {
	return word === 0 ? 0 : (word & 1) + bits(word >>> 1);
}

describe('the width (P1)', () => {
	it('is that of the largest set without an order, found by trying all, and the set is one', () => {
		fc.assert(
			fc.property(anyGraph, (sketch) => {
				const reaches = closureOf(sketch);
				let widest = 0;
				for (let set = 0; set < 1 << sketch.size; set++) {
					if (isAntichain(set, reaches)) {
						widest = Math.max(widest, bits(set));
					}
				}
				const found = maximumAntichain(graphOf(sketch));
				expect(found.length).toBe(widest);
				expect(
					isAntichain(
						found.reduce((set, n) => set | (1 << n), 0),
						reaches,
					),
				).toBe(true);
			}),
			{ numRuns: 500 },
		);
	});

	it('is more than the widest layer where the widest places lie in different layers', () => {
		// Two chains and a loner: the layers have 3, 3 and 2, the largest set of free ones has 5.
		const sketch: Sketch = {
			size: 8,
			edges: [
				[0, 1],
				[0, 2],
				[3, 4],
				[4, 5],
				[4, 6],
			],
		};
		expect(maximumAntichain(graphOf(sketch))).toHaveLength(5);
	});
});

describe('the other figures (P1)', () => {
	it('chains are what hangs together, independents hang on nothing', () => {
		const sketch: Sketch = {
			size: 7,
			edges: [
				[5, 1],
				[3, 3],
				[1, 6],
				[2, 4],
			],
		};
		expect(weakComponents(graphOf(sketch))).toEqual({
			chains: [
				[1, 5, 6],
				[2, 4],
			],
			independent: [0, 3],
		});
	});

	it('names those that most others wait for, with exact figures', () => {
		fc.assert(
			fc.property(anyGraph, (sketch) => {
				const reaches = closureOf(sketch);
				const weights = Array.from({ length: sketch.size }, (_, n) => n + 1);
				const found = topUnblockers(graphOf(sketch), weights, { count: 9 });
				expect(found.map(({ node }) => node).sort()).toEqual(
					[...reaches.keys()].filter((n) => reaches[n] !== 0),
				);
				for (const { node, tasks, weight } of found) {
					const behind = weights.filter((_, n) => ((reaches[node]! >> n) & 1) === 1);
					expect([tasks, weight]).toEqual([behind.length, behind.reduce((sum, own) => sum + own, 0)]);
				}
				expect(found.map(({ tasks }) => -tasks)).toEqual(
					found.map(({ tasks }) => -tasks).sort((a, b) => a - b),
				);
			}),
		);
	});

	it('finds the first among thousands', () => {
		const edges = Array.from({ length: 4000 }, (_, n): [number, number] => [
			Math.floor(n / 3) + (n % 7 === 0 ? 5 : 0),
			n + 10,
		]).filter(([a, b]) => a < b);
		const graph = graphOf({ size: 4010, edges });
		const counts = descendantCounts(graph);
		const [first] = topUnblockers(graph, new Float64Array(4010).fill(2));
		expect(first).toMatchObject({ tasks: counts.reduce((a, b) => Math.max(a, b)) });
		expect(first?.weight).toBe(2 * (first?.tasks ?? 0));
	});

	it('reports cycles and leaves them out of all other figures', () => {
		const analysis = analyseGraph(
			graphOf({
				size: 5,
				edges: [
					[0, 1],
					[1, 2],
					[2, 1],
					[2, 3],
					[4, 4],
				],
			}),
			[1, 2, 4, 8, 16],
		);
		expect(analysis.cycles).toEqual([[1, 2], [4]]);
		expect(analysis.antichain).toHaveLength(3);
		expect(analysis.critical.length).toBe(16);
		expect(analysis.total).toBe(31);
	});
});

/** The shortest schedule of all, by trying every next step: what each of the workers takes when it is free. */
function shortest(
	size: number,
	edges: readonly [number, number][],
	weights: readonly number[],
	workers: number,
) {
	let best = Number.POSITIVE_INFINITY;
	const ends = new Array<number>(size).fill(-1);
	const visit = (free: readonly number[], done: number, latest: number) => {
		if (latest >= best) {
			return;
		}
		if (done === size) {
			best = latest;
			return;
		}
		for (let n = 0; n < size; n++) {
			const before = edges.filter(([, b]) => b === n).map(([a]) => ends[a]!);
			if (ends[n] !== -1 || before.includes(-1)) {
				continue;
			}
			const tried = new Set<number>();
			for (const [w, at] of free.entries()) {
				if (tried.has(at)) {
					continue;
				}
				tried.add(at);
				const end = Math.max(at, ...before) + weights[n]!;
				ends[n] = end;
				visit(free.with(w, end), done + 1, Math.max(latest, end));
				ends[n] = -1;
			}
		}
	};
	visit(new Array<number>(workers).fill(0), 0, 0);
	return best;
}

describe('lower bounds', () => {
	it('are never above the shortest schedule, found by trying all', () => {
		const plan = fc.record({
			edges: fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 })), {
				maxLength: 12,
			}),
			weights: fc.oneof(
				fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 6, maxLength: 6 }),
				// What all weights have in common is used as well.
				fc.array(fc.constantFrom(30, 30, 60, 90), { minLength: 6, maxLength: 6 }),
				fc.array(fc.constantFrom(0, 0.5, 1.25, Math.PI), { minLength: 6, maxLength: 6 }),
			),
			workers: fc.integer({ min: 1, max: 3 }),
		});
		fc.assert(
			fc.property(plan, ({ edges, weights, workers }) => {
				const forward = edges.filter(([a, b]) => a < b);
				const graph = graphOf({ size: 6, edges: forward });
				const critical = criticalPath(graph, weights);
				const bound = largestBound(lowerBounds(graph, weights, { critical, workers }));
				expect(bound.length).toBeLessThanOrEqual(shortest(6, forward, weights, workers) + 1e-9);
			}),
			{ numRuns: 120 },
		);
	});

	it('reach the shortest schedule of parts in series, of equal tasks, and of what must be shared out first', () => {
		const check = (weights: number[], edges: [number, number][], workers: number) => {
			const graph = graphOf({ size: weights.length, edges });
			const critical = criticalPath(graph, weights);
			const bound = largestBound(lowerBounds(graph, weights, { critical, workers }));
			expect(bound).toEqual({ by: 'width', length: shortest(weights.length, edges, weights, workers) });
		};
		const layers: [number, number][] = [0, 1, 2].flatMap((a) =>
			[3, 4, 5].map((b): [number, number] => [a, b]),
		);
		check([25, 30, 35, 40, 30, 45], layers, 2);
		check([30, 30, 30, 30, 30, 30], layers, 2);
		const funnel: [number, number][] = [0, 1, 2, 3, 4].map((before) => [before, 5]);
		check([7, 7, 7, 7, 7, 3], funnel, 3);
	});

	it('say what binds: a chain, the work, tasks too large to share, too few at once', () => {
		const binds = (weights: number[], edges: [number, number][], workers: number) => {
			const graph = graphOf({ size: weights.length, edges });
			return largestBound(lowerBounds(graph, weights, { critical: criticalPath(graph, weights), workers }))
				.by;
		};
		expect(binds([4, 4, 1], [[0, 1]], 2)).toBe('criticalPath');
		expect(binds([2, 2, 2, 2], [], 2)).toBe('work');
		expect(binds([5, 5, 5], [], 2)).toBe('indivisible');
		expect(
			binds(
				[4, 3, 3, 3, 3],
				[
					[0, 1],
					[0, 2],
					[0, 3],
					[0, 4],
				],
				2,
			),
		).toBe('width');
	});
});

it('the knee is the fewest workers that are within a twentieth of the best', () => {
	expect(kneeOf([100, 52, 40, 39.9, 39.9])).toBe(3);
	expect(kneeOf([10, 10, 10])).toBe(1);
	expect(kneeOf([])).toBe(0);
});
