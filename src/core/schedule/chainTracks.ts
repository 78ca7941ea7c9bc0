import { intAt } from '../graph/buildGraph.ts';
import type { PlanningTask } from './planningTask.ts';
import type { TaskNetwork } from './taskNetwork.ts';
import type { TrackTopic } from './topics.ts';
import { tracksOfTopic } from './topics.ts';

/** One track: its tasks in the order in which they are done, as node numbers. */
export type TrackTasks = readonly number[];

/**
 * Places whole chains on tracks (P3): the longest first, on the lightest track. Independent tasks join the track of
 * their topic, else the lightest, and come last in it. Within a track chains follow the remaining critical path.
 */
export function chainTracks(network: TaskNetwork, count: number): TrackTasks[] {
	const { chains, independent } = network.analysis;
	const minutesOf = (nodes: readonly number[]) =>
		nodes.reduce((sum, n) => sum + (network.minutes[n] ?? 0), 0);
	const chained: number[][] = Array.from({ length: count }, () => []);
	const longestFirst = chains
		.map((nodes) => ({ nodes, minutes: minutesOf(nodes) }))
		.sort((a, b) => b.minutes - a.minutes);
	for (const { nodes } of longestFirst) {
		chained[lightest(chained.map(minutesOf))]?.push(...nodes);
	}
	const loose = placeIndependents(network, { chained, independent, minutesOf });
	return chained.map((nodes, track) => [...inOrder(network, nodes), ...(loose[track] ?? [])]);
}

interface Placing {
	readonly chained: readonly (readonly number[])[];
	readonly independent: readonly number[];
	readonly minutesOf: (nodes: readonly number[]) => number;
}

/** For each track the independent tasks that join it, in plan order. */
function placeIndependents(network: TaskNetwork, { chained, independent, minutesOf }: Placing): number[][] {
	const task = (n: number) => network.tasks[n] as PlanningTask;
	const topics = chained.map((nodes): TrackTopic => ({ minutes: minutesOf(nodes), tasks: nodes.map(task) }));
	const loose: number[][] = chained.map(() => []);
	const load = (track: number) => minutesOf(chained[track] ?? []) + minutesOf(loose[track] ?? []);
	const homeless: number[] = [];
	for (const node of independent) {
		const fitting = tracksOfTopic(task(node), topics);
		const track = fitting[lightest(fitting.map(load))];
		if (track === undefined) {
			homeless.push(node);
		} else {
			loose[track]?.push(node);
		}
	}
	// The longest first, or a long one at the end would undo the balance.
	for (const node of homeless.sort(
		(a, b) => (network.minutes[b] ?? 0) - (network.minutes[a] ?? 0) || a - b,
	)) {
		loose[lightest(loose.map((_, track) => load(track)))]?.push(node);
	}
	return loose.map((nodes) => nodes.sort((a, b) => a - b));
}

/** The index of the smallest value, the first of several. */
function lightest(values: readonly number[]): number {
	return values.indexOf(values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY));
}

/** Dependencies first; of several that are free, the one with the longest remaining critical path. */
function inOrder(network: TaskNetwork, nodes: readonly number[]): number[] {
	// What must come before another has a longer way to go, or the same where it takes no time: then layers decide.
	const { layer } = network.analysis.order;
	return [...nodes].sort((a, b) => {
		const byWay = (network.remaining[b] ?? 0) - (network.remaining[a] ?? 0);
		return byWay || intAt(layer, a) - intAt(layer, b) || intAt(network.rank, a) - intAt(network.rank, b);
	});
}
