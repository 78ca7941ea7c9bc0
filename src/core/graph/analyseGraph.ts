import type { Graph } from './buildGraph.ts';
import type { CriticalPath } from './criticalPath.ts';
import { criticalPath } from './criticalPath.ts';
import { findCycles } from './findCycles.ts';
import { maximumAntichain } from './maximumAntichain.ts';
import type { Order } from './orderNodes.ts';
import { orderNodes } from './orderNodes.ts';
import type { Unblocker } from './topUnblockers.ts';
import { topUnblockers } from './topUnblockers.ts';
import type { WeakComponents } from './weakComponents.ts';
import { weakComponents } from './weakComponents.ts';

/** Everything that can be said about a plan before anybody works on it (EXECUTION P1). */
export interface GraphAnalysis extends WeakComponents {
	/** Kahn levels and an order; edges inside a cycle are left out of everything here. */
	readonly order: Order;
	/** One cycle for each group of nodes that wait for each other; empty for a plan that can run. */
	readonly cycles: readonly (readonly number[])[];
	readonly critical: CriticalPath;
	/** The largest set of nodes that could run at once: its length is the width. */
	readonly antichain: Int32Array;
	/** The nodes that most others wait for, first the one with most. */
	readonly unblockers: readonly Unblocker[];
	/** The sum of all weights: how long one worker takes. */
	readonly total: number;
}

/** All figures of a graph, over one common order. `weights[n]` belongs to node `n`. */
export function analyseGraph(graph: Graph, weights: ArrayLike<number>): GraphAnalysis {
	const order = orderNodes(graph);
	let total = 0;
	for (let n = 0; n < graph.size; n++) {
		total += weights[n] ?? 0;
	}
	const { chains, independent } = weakComponents(graph);
	return {
		chains,
		independent,
		order,
		cycles: order.hasCycle ? findCycles(graph) : [],
		critical: criticalPath(graph, weights, order),
		antichain: maximumAntichain(graph, order),
		unblockers: topUnblockers(graph, weights, { order }),
		total,
	};
}
