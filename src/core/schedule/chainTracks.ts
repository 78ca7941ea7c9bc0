import { intAt, realAt } from '../graph/buildGraph.ts';
import type { PlanningTask } from './planningTask.ts';
import type { TaskNetwork } from './taskNetwork.ts';
import { TopicIndex } from './topics.ts';

/** One track: its tasks in the order in which they are done, as node numbers. */
export type TrackTasks = readonly number[];

/**
 * Places whole chains on tracks (P3): the longest first, on the lightest track. Independent tasks join the track of
 * their topic, else the lightest, and come last in it. Within a track chains follow the remaining critical path.
 */
export function chainTracks(network: TaskNetwork, count: number): TrackTasks[] {
	const { chains, independent } = network.analysis;
	const tracks: Track[] = Array.from({ length: count }, () => ({ chained: [], loose: [], minutes: 0 }));
	const longestFirst = chains
		.map((nodes) => ({ nodes, minutes: nodes.reduce((sum, n) => sum + realAt(network.minutes, n), 0) }))
		.sort((a, b) => b.minutes - a.minutes);
	for (const { nodes, minutes } of longestFirst) {
		const track = lightest(tracks);
		track?.chained.push(...nodes);
		if (track !== undefined) {
			track.minutes += minutes;
		}
	}
	placeIndependents(network, tracks, independent);
	return tracks.map(({ chained, loose }) => [...inOrder(network, chained), ...loose.sort((a, b) => a - b)]);
}

/** A track that is being filled. */
interface Track {
	readonly chained: number[];
	/** Independent tasks. */
	readonly loose: number[];
	minutes: number;
}

function placeIndependents(
	network: TaskNetwork,
	tracks: readonly Track[],
	independent: readonly number[],
): void {
	const task = (n: number) => network.tasks[n] as PlanningTask;
	const topics = new TopicIndex(tracks.map(({ chained }) => chained.map(task)));
	const add = (track: Track | undefined, node: number) => {
		if (track !== undefined) {
			track.loose.push(node);
			track.minutes += realAt(network.minutes, node);
		}
	};
	const homeless: number[] = [];
	for (const node of independent) {
		const fitting = topics.tracksOf(task(node)).flatMap((track) => tracks[track] ?? []);
		if (fitting.length === 0) {
			homeless.push(node);
		} else {
			add(lightest(fitting), node);
		}
	}
	// The longest first, or a long one at the end would undo the balance.
	homeless.sort((a, b) => realAt(network.minutes, b) - realAt(network.minutes, a) || a - b);
	for (const node of homeless) {
		add(lightest(tracks), node);
	}
}

/** The track with least to do, the first of several. */
function lightest(tracks: readonly Track[]): Track | undefined {
	let found = tracks[0];
	for (const track of tracks) {
		found = found === undefined || track.minutes < found.minutes ? track : found;
	}
	return found;
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
