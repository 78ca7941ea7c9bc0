import { buildGraph } from '../graph/buildGraph.ts';
import type { CriticalPath } from '../graph/criticalPath.ts';
import { criticalPath } from '../graph/criticalPath.ts';
import { largestBound, lowerBounds } from '../graph/lowerBounds.ts';
import { maximumAntichain } from '../graph/maximumAntichain.ts';
import { orderGraph } from '../run/orderGraph.ts';
import type { RunPlan, RunTask } from '../run/runPlan.ts';
import type { PathSum } from './previewReport.ts';

export interface ShapeOptions {
	readonly plan: Pick<RunPlan, 'sprints' | 'gates' | 'rules'>;
	/** Tasks, then gates with their steps, each with its minutes; what waits in a circle is left out. */
	readonly rows: readonly RunTask[];
	readonly minutes: Float64Array;
}

/** What a forecast says of a plan whatever the number of agents. */
export class ForecastShape {
	readonly layers: readonly (readonly string[])[];
	/** P1: the maximum antichain; where a plan states layers and no edges, they are its order. */
	readonly width: number;
	/** Everything one after another, and what of it are steps of gates. */
	readonly sequentialMinutes: number;
	readonly gateMinutes: number;
	/** P1: the longest chain of dependencies alone, as every other view counts it. */
	readonly criticalPath: PathSum;
	/** The longest chain of all that keeps an order in a run: dependencies, sprints, gates. No run is shorter. */
	readonly runPath: PathSum;
	readonly #weights: Float64Array;
	readonly #graph: ReturnType<typeof orderGraph>;
	readonly #critical: CriticalPath;
	readonly #apartMinutes: number;

	constructor({ plan, rows, minutes }: ShapeOptions) {
		const tasks = rows.filter(({ unit }) => unit === undefined);
		this.layers = layersIn(tasks);
		this.sequentialMinutes = minutes.reduce((sum, value) => sum + value, 0);
		this.gateMinutes = rows.reduce(
			(sum, { unit }, row) => sum + (unit === undefined ? 0 : (minutes[row] ?? 0)),
			0,
		);
		this.#graph = orderGraph({ tasks: ordered(rows, plan), sprints: plan.sprints });
		this.#weights = new Float64Array(this.#graph.size);
		this.#weights.set(minutes);
		this.#critical = criticalPath(this.#graph, this.#weights);
		this.runPath = pathSum(this.#critical, rows);
		this.#apartMinutes = longestApart({ plan, rows, minutes });
		const ids = tasks.map(({ id }) => id);
		const known = new Set(ids);
		const edges = tasks.flatMap(({ id, dependencies }) =>
			dependencies.filter((before) => known.has(before)).map((before) => [before, id] as const),
		);
		if (edges.length === 0) {
			this.width = this.layers.reduce((most, layer) => Math.max(most, layer.length), 0);
			this.criticalPath = pathThroughSprints(tasks, { sprints: plan.sprints, minutes });
		} else {
			const graph = buildGraph(ids, edges);
			this.width = maximumAntichain(graph).length;
			// Rows are listed with the tasks first, so their minutes have the same places.
			this.criticalPath = pathSum(criticalPath(graph, minutes), tasks);
		}
	}

	/** No schedule with so many agents is shorter. */
	lowerBound(agents: number): number {
		const workers = Math.max(1, agents);
		const bounds = lowerBounds(this.#graph, this.#weights, { critical: this.#critical, workers });
		return Math.max(largestBound(bounds).length, this.#apartMinutes);
	}
}

/** What may never run together takes as long as all of it: the tasks of a lock, or of a track that has one worker (S1, S2). */
function longestApart({ plan: { rules }, rows, minutes }: ShapeOptions): number {
	const sums = new Map<string, number>();
	for (const [row, { locks, track }] of rows.entries()) {
		const worker = rules.oneATrack && track !== null ? [`track ${track}`] : [];
		for (const name of new Set([...locks.map((lock) => `lock ${lock}`), ...worker])) {
			sums.set(name, (sums.get(name) ?? 0) + (minutes[row] ?? 0));
		}
	}
	return [...sums.values()].reduce((most, sum) => Math.max(most, sum), 0);
}

/** P1: what states layers and no edges is read as batches, so that the order of its sprints is that of its tasks. */
function pathThroughSprints(
	tasks: readonly RunTask[],
	{ sprints, minutes }: { readonly sprints: RunPlan['sprints']; readonly minutes: Float64Array },
): PathSum {
	const graph = orderGraph({ tasks, sprints });
	const weights = new Float64Array(graph.size);
	weights.set(minutes.subarray(0, tasks.length));
	return pathSum(criticalPath(graph, weights), tasks);
}

/** The rows with all that they wait for, gates that hold them included. */
function ordered(rows: readonly RunTask[], { gates = [] }: ShapeOptions['plan']) {
	const holding = new Map<string, string[]>();
	for (const { id, holds } of gates) {
		for (const held of holds) {
			const known = holding.get(held);
			if (known === undefined) {
				holding.set(held, [id]);
			} else {
				known.push(id);
			}
		}
	}
	const sprintGates = new Set(gates.flatMap(({ id, level }) => (level === 'sprint' ? [id] : [])));
	return rows.map(({ id, sprint, dependencies, unit }) => ({
		...{ id, sprint },
		dependencies: [...dependencies, ...(holding.get(id) ?? [])],
		completesSprint: unit === undefined || sprintGates.has(id),
	}));
}

/** Gates take no time themselves, and sprints are no rows: neither is named. */
function pathSum({ nodes, length }: CriticalPath, rows: readonly RunTask[]): PathSum {
	const named = nodes.flatMap((node) => rows[node] ?? []).filter(({ unit }) => unit?.role !== 'gate');
	return { tasks: named.map(({ id }) => id), minutes: length };
}

function layersIn(tasks: readonly RunTask[]): string[][] {
	const layers = new Map<number, string[]>();
	for (const { id, layer } of tasks) {
		const known = layers.get(layer);
		if (known === undefined) {
			layers.set(layer, [id]);
		} else {
			known.push(id);
		}
	}
	return [...layers].sort(([a], [b]) => a - b).map(([, ids]) => ids);
}
