import { cutSprints, sprintCount } from './cutSprints.ts';
import type { NamedTrack } from './nameTracks.ts';
import type { PlanningTask } from './planningTask.ts';
import type { PlannedSprint, PlannedTrack } from './trackPlan.ts';

/** The sprints of all tracks (P4). */
export function plannedSprints(tracks: readonly NamedTrack[]): PlannedTrack[] {
	const count = sprintCount(Math.max(0, ...tracks.map(({ tasks }) => sumOf(tasks))));
	return tracks.map(({ number, name, tasks }) => {
		const cut = cutSprints(tasks, { count, minutesOf: ({ minutes }) => minutes });
		const sprints = cut.map(
			(members, index): PlannedSprint => ({
				id: sprintId(index + 1, number),
				name: sprintName(index, cut.length),
				tasks: members.map(({ id }) => id),
				minutes: sumOf(members),
			}),
		);
		return { number, name, minutes: sumOf(tasks), sprints };
	});
}

/** `SPRINT-NNN-TT`: the sprint's place in its track, and the track. */
export function sprintId(place: number, track: number): string {
	return `SPRINT-${String(place).padStart(3, '0')}-${String(track).padStart(2, '0')}`;
}

/** What a sprint is called by its place; a person can give it a better name, which later planning keeps. */
function sprintName(index: number, count: number): string {
	if (index === 0) {
		return 'Foundation';
	}
	return count <= 2 ? 'Advanced Features' : `Advanced Features ${index}`;
}

function sumOf(tasks: readonly PlanningTask[]): number {
	return tasks.reduce((sum, { minutes }) => sum + minutes, 0);
}
