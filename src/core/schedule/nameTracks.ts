import type { PlanningTask } from './planningTask.ts';
import { mainType } from './topics.ts';

/** A track that a plan has already. */
export interface KnownTrack {
	readonly number: number;
	/** Null where nobody gave it one. */
	readonly name: string | null;
	/** Ids of its tasks. */
	readonly tasks: ReadonlySet<string>;
}

/** A track with its number, its name and its tasks in their order. */
export interface NamedTrack {
	readonly number: number;
	readonly name: string;
	readonly tasks: readonly PlanningTask[];
}

/**
 * Numbers tracks from 1 and names them. A track that the plan has keeps its name for the new one that shares most of its
 * time, and its number where there are as many; the others are called after what most of their time is spent on.
 */
export function nameTracks(
	tracks: readonly (readonly PlanningTask[])[],
	known: readonly KnownTrack[],
): NamedTrack[] {
	const pairs = matchTracks(tracks, known);
	const numbers = numberTracks(tracks.length, pairs);
	const taken = new Set([...pairs.values()].flatMap(({ name }) => name ?? []));
	return tracks
		.map((tasks, index) => ({
			number: numbers[index] ?? index + 1,
			name: pairs.get(index)?.name ?? ownName(tasks, numbers[index] ?? index + 1, taken),
			tasks,
		}))
		.sort((a, b) => a.number - b.number);
}

/** Pairs of new and known tracks, those that share most minutes first. */
function matchTracks(
	tracks: readonly (readonly PlanningTask[])[],
	known: readonly KnownTrack[],
): Map<number, KnownTrack> {
	if (known.length === 0) {
		return new Map();
	}
	const candidates = tracks.flatMap((tasks, index) =>
		known.map((track) => ({
			index,
			track,
			shared: tasks.reduce((sum, { id, minutes }) => sum + (track.tasks.has(id) ? minutes : 0), 0),
		})),
	);
	const pairs = new Map<number, KnownTrack>();
	const used = new Set<number>();
	for (const { index, track, shared } of candidates.sort((a, b) => b.shared - a.shared)) {
		if (shared > 0 && !pairs.has(index) && !used.has(track.number)) {
			pairs.set(index, track);
			used.add(track.number);
		}
	}
	return pairs;
}

/** Known numbers where they fit into 1 to `count`, the free ones for the others. */
function numberTracks(count: number, pairs: ReadonlyMap<number, KnownTrack>): number[] {
	const kept = new Set([...pairs.values()].map(({ number }) => number).filter((number) => number <= count));
	const free = Array.from({ length: count }, (_, index) => index + 1).filter((number) => !kept.has(number));
	return Array.from({ length: count }, (_, index) => {
		const own = pairs.get(index)?.number;
		return own !== undefined && own >= 1 && own <= count ? own : (free.shift() ?? index + 1);
	});
}

function ownName(tasks: readonly PlanningTask[], number: number, taken: Set<string>): string {
	const type = mainType(tasks).replace(/[-_]+/g, ' ');
	const base = type === '' ? `Track ${number}` : `${type.charAt(0).toUpperCase()}${type.slice(1)}`;
	let name = base;
	for (let n = 2; taken.has(name); n++) {
		name = `${base} ${n}`;
	}
	taken.add(name);
	return name;
}
