import type { Sprint } from './plan.ts';

/** Sprints of each track in the order in which they open (G2): by number, then by id. */
export function sprintsByTrack(sprints: readonly Sprint[]): Sprint[][] {
	const tracks = new Map<number, Sprint[]>();
	for (const sprint of sprints) {
		if (sprint.track !== undefined) {
			tracks.set(sprint.track, [...(tracks.get(sprint.track) ?? []), sprint]);
		}
	}
	return [...tracks.values()].map((track) =>
		track.sort((a, b) => (a.number ?? 0) - (b.number ?? 0) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)),
	);
}
