import { intAt } from '../graph/buildGraph.ts';
import { kneeOf } from '../graph/kneeOf.ts';
import { largestBound, lowerBounds } from '../graph/lowerBounds.ts';
import { chainTracks } from './chainTracks.ts';
import { dispatch } from './dispatch.ts';
import type { KnownTrack } from './nameTracks.ts';
import { nameTracks } from './nameTracks.ts';
import { plannedSprints } from './plannedSprints.ts';
import type { PlanningTask } from './planningTask.ts';
import { splitTracks } from './splitTracks.ts';
import type { TaskNetwork } from './taskNetwork.ts';
import { taskNetwork } from './taskNetwork.ts';
import { trackNotes } from './trackNotes.ts';
import type { TaskSum, TrackPlan } from './trackPlan.ts';

export interface PlanTracksOptions {
	/** How many tracks are asked for; without it the recommended number. At least 1. */
	readonly tracks?: number;
	/** Take chains apart where that is faster (P3). */
	readonly split?: boolean;
	/** Tracks that the plan has: the new ones keep their numbers and names as far as they share their tasks. */
	readonly known?: readonly KnownTrack[];
}

/** Up to how many chains each gets a track of its own by itself. */
const mostChains = 8;

/** Up to how many tracks are tried for a recommendation where the plan is one chain. */
const mostTried = 16;

/**
 * Tracks and sprints from a heap of tasks (P2 to P4). Chains stay together where there are two or more of them, unless
 * `split`; a plan that is one chain is always split. Deterministic. Dependencies that close a cycle are left out of the
 * order, and reported.
 */
export function planTracks(tasks: readonly PlanningTask[], options: PlanTracksOptions = {}): TrackPlan {
	return planNetwork(taskNetwork(tasks), options);
}

/** The same for tasks that are planned several times. */
export function planNetwork(
	network: TaskNetwork,
	{ tracks: requested, split: wanted = false, known = [] }: PlanTracksOptions = {},
): TrackPlan {
	const { analysis } = network;
	const hasChains = analysis.chains.length >= 2;
	const isSplit = wanted || !hasChains;
	const width = analysis.antichain.length;
	const maxPossible = hasChains ? analysis.chains.length : width;
	// All chains side by side, as seed 004 has it, unless a plan falls into so many that most of them would hardly help.
	const recommended = hasChains && !wanted && maxPossible <= mostChains ? maxPossible : recommend(network);
	// Taken apart, chains no longer limit the number of tracks: only the width does.
	const used = Math.max(1, Math.min(requested ?? recommended, isSplit ? width : maxPossible));
	const { orders, makespan } = place(network, used, isSplit);
	const named = nameTracks(
		orders.map((nodes) => nodes.map((n) => network.tasks[n]).filter((task) => task !== undefined)),
		known,
	);
	const planned = plannedSprints(named);
	const figures = figuresOf(network, used);
	const plan: TrackPlan = {
		...figures,
		maxPossibleTracks: maxPossible,
		recommendedTracks: recommended,
		requestedTracks: requested ?? null,
		split: isSplit,
		tracks: planned,
		makespanMinutes: makespan,
		saving: analysis.total === 0 ? 0 : (analysis.total - makespan) / analysis.total,
		notes: [],
	};
	return { ...plan, notes: trackNotes(plan, { wasSplitAsked: wanted }) };
}

/** The fewest tracks with which the plan takes hardly longer than with any number. */
function recommend(network: TaskNetwork): number {
	const most = Math.min(network.analysis.antichain.length, mostTried);
	const trackOf = new Int32Array(network.graph.size).fill(-1);
	const curve = Array.from(
		{ length: most },
		(_, index) => dispatch(network, index + 1, { rank: network.rank, trackOf }).makespan,
	);
	return Math.max(1, kneeOf(curve));
}

/** The tasks of each track in their order, and how long all tracks take side by side. */
function place(
	network: TaskNetwork,
	count: number,
	isSplit: boolean,
): { readonly orders: readonly (readonly number[])[]; readonly makespan: number } {
	if (!isSplit) {
		const orders = chainTracks(network, count);
		const sums = orders.map((nodes) => nodes.reduce((sum, n) => sum + (network.minutes[n] ?? 0), 0));
		// Nothing waits across tracks: each goes through without a pause.
		return { orders, makespan: Math.max(0, ...sums) };
	}
	const { trackOf, sequence, makespan } = splitTracks(network, count);
	const orders: number[][] = Array.from({ length: count }, () => []);
	for (const node of sequence) {
		orders[intAt(trackOf, node)]?.push(node);
	}
	return { orders: orders.filter((nodes) => nodes.length > 0), makespan };
}

function figuresOf(network: TaskNetwork, tracks: number) {
	const { analysis, graph, minutes, tasks } = network;
	const id = (node: number) => tasks[node]?.id ?? '';
	const sumOf = (nodes: readonly number[]): TaskSum => ({
		tasks: nodes.map(id),
		minutes: nodes.reduce((sum, n) => sum + (minutes[n] ?? 0), 0),
	});
	const { critical } = analysis;
	const bounds = lowerBounds(graph, minutes, { critical, workers: tracks });
	const largest = largestBound(bounds);
	return {
		chains: analysis.chains
			.map((nodes) => sumOf(inLayers(network, nodes)))
			.sort((a, b) => b.minutes - a.minutes),
		independent: analysis.independent.map(id),
		criticalPath: { tasks: critical.nodes.map(id), minutes: critical.length },
		width: analysis.antichain.length,
		sequentialMinutes: analysis.total,
		lowerBoundMinutes: Math.max(bounds.criticalPath, bounds.work),
		bound: { by: largest.by, minutes: largest.length },
		bottlenecks: analysis.unblockers.map(({ node, tasks: waiting, weight }) => ({
			task: id(node),
			waiting,
			minutes: weight,
		})),
		cycles: analysis.cycles.map((nodes) => nodes.map(id)),
		assumed: tasks.flatMap(({ id: task, minutes: own, isAssumed, reason = '' }) =>
			isAssumed ? [{ task, minutes: own, reason }] : [],
		),
	};
}

/** Dependencies first, as a chain is read. */
function inLayers({ analysis }: TaskNetwork, nodes: readonly number[]): number[] {
	const { layer } = analysis.order;
	return [...nodes].sort((a, b) => intAt(layer, a) - intAt(layer, b) || a - b);
}
