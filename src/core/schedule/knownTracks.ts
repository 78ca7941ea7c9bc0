import type { Plan } from '../plan/plan.ts';
import type { KnownTrack } from './nameTracks.ts';

/** The tracks that a plan has, with the tasks of their sprints. */
export function knownTracks({ tracks, sprints }: Plan): KnownTrack[] {
	return tracks.map(({ number, name, range }) => ({
		number,
		// A track that only its sprints speak of is called by its number.
		name: range === undefined && name === `Track ${number}` ? null : name,
		tasks: new Set(
			sprints.filter(({ track }) => track === number).flatMap(({ tasks }) => tasks.map(({ value }) => value)),
		),
	}));
}
