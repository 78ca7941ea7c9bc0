import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildNumberedGraph } from '../../../src/core/graph/buildGraph.ts';
import { criticalPath } from '../../../src/core/graph/criticalPath.ts';
import { LiveOrder } from '../../../src/core/graph/liveOrder.ts';
import { LivePaths } from '../../../src/core/graph/livePaths.ts';
import { orderNodes } from '../../../src/core/graph/orderNodes.ts';

const size = 120;
const node = fc.integer({ min: 0, max: size - 1 });
const edit = fc.record({
	node,
	needs: fc.array(node, { maxLength: 3 }),
	weight: fc.integer({ min: 0, max: 9 }),
});

/** The order and the slack of nodes with these needs and weights, made at once; null for a circle. */
function madeAtOnce(needs: readonly (readonly number[])[], weights: Float64Array) {
	const edges = needs.flatMap((list, to) => list.map((from) => [from, to] as const));
	const graph = buildNumberedGraph(
		size,
		edges.map(([from]) => from),
		edges.map(([, to]) => to),
	);
	const order = orderNodes(graph);
	return order.hasCycle ? null : { levels: order.layer, slack: criticalPath(graph, weights, order).slack };
}

test('after any edits levels and slack are those of a graph that is made at once, and a circle is found out', () => {
	fc.assert(
		fc.property(fc.array(edit, { maxLength: 60 }), fc.integer({ min: 1, max: 9 }), (edits, often) => {
			const needs: (readonly number[])[] = Array.from({ length: size }, (_, n) =>
				n % 7 === 0 ? [] : [n - 1],
			);
			const weights = Float64Array.from({ length: size }, (_, n) => n % 5);
			const from = needs.flatMap((list, n) => list.map(() => n));
			const order = LiveOrder.of(size, from, needs.flat());
			if (order === null) {
				throw new Error('There is no circle yet.');
			}
			const paths = new LivePaths(order, weights);
			for (const [index, { node: changed, needs: now, weight }] of edits.entries()) {
				const before = needs[changed] ?? [];
				weights[changed] = weight;
				needs[changed] = now;
				const wanted = madeAtOnce(needs, weights);
				const isKept = order.setNeeds(changed, now);
				expect(isKept).toBe(wanted !== null);
				if (wanted === null) {
					return;
				}
				paths.touch(changed, [...before, ...now]);
				expect(order.levels).toEqual(wanted.levels);
				// Somebody asks now and then.
				for (let each = 0; each < size && index % often === 0; each++) {
					expect(paths.slackOf(each)).toBe(wanted.slack[each]);
				}
			}
		}),
		{ numRuns: 300 },
	);
});
