import { intAt, realAt } from '../graph/buildGraph.ts';
import { longestPathToSink } from '../graph/criticalPath.ts';
import { largestBound, lowerBounds } from '../graph/lowerBounds.ts';
import type { Dispatch } from './dispatch.ts';
import { dispatch } from './dispatch.ts';
import { improveTracks } from './improveTracks.ts';
import type { TaskNetwork } from './taskNetwork.ts';

/**
 * Places tasks on tracks without keeping chains together (P3, `--split`): critical-path list scheduling, forwards and
 * from the end backwards, then a search that moves what holds the end up. The result is what happens when each track
 * takes its ready tasks by their remaining critical path. Deterministic; the search ends at the lower bound or when its
 * effort is used up, so that 10,000 tasks take about as long as a hundred.
 */
export function splitTracks(network: TaskNetwork, tracks: number): Dispatch {
	const { critical } = network.analysis;
	const bound = largestBound(
		lowerBounds(network.graph, network.minutes, { critical, workers: tracks }),
	).length;
	const anywhere = new Int32Array(network.graph.size).fill(-1);
	const first = dispatch(network, tracks, { rank: network.rank, trackOf: anywhere });
	if (first.makespan <= bound + 1e-6) {
		return first;
	}
	const mirrored = mirror(network);
	const backwards = dispatch(mirrored, tracks, { rank: mirrored.rank, trackOf: anywhere });
	const second = dispatch(network, tracks, { rank: network.rank, trackOf: backwards.trackOf });
	const start = second.makespan < first.makespan ? second : first;
	return improveTracks(network, { start, tracks, bound });
}

/** The same tasks with every dependency turned round: its schedules are those of the network, read from the end. */
function mirror(network: TaskNetwork): TaskNetwork {
	const { graph, minutes, tasks } = network;
	const turned = {
		...graph,
		successorStart: graph.predecessorStart,
		successors: graph.predecessors,
		predecessorStart: graph.successorStart,
		predecessors: graph.successors,
	};
	const remaining = longestPathToSink(turned, minutes);
	const sorted = tasks
		.map((_, node) => node)
		.sort(
			(a, b) =>
				realAt(remaining, b) - realAt(remaining, a) || intAt(network.rank, b) - intAt(network.rank, a),
		);
	const rank = new Int32Array(tasks.length);
	for (const [place, node] of sorted.entries()) {
		rank[node] = place;
	}
	return { ...network, graph: turned, remaining, rank };
}
