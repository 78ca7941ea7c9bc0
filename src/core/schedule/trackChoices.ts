import type { PlanningTask } from './planningTask.ts';
import { planNetwork } from './planTracks.ts';
import { taskNetwork } from './taskNetwork.ts';

/** A number of tracks that makes sense for a plan, and how long they take. */
export interface TrackChoice {
	readonly tracks: number;
	readonly split: boolean;
	readonly makespanMinutes: number;
	readonly isRecommended: boolean;
}

/** More tracks than this are nobody's first choice; a number can always be named. */
const mostOffered = 8;

/** What a person can choose from: whole chains on 1 to 8 tracks, and chains taken apart where that is faster. */
export function trackChoices(tasks: readonly PlanningTask[]): TrackChoice[] {
	const network = taskNetwork(tasks);
	const recommended = planNetwork(network);
	const choices: TrackChoice[] = [];
	const add = (tracks: number, split: boolean) => {
		const plan = planNetwork(network, { tracks, split });
		const isFaster = choices.every(({ makespanMinutes }) => plan.makespanMinutes < makespanMinutes * 0.99);
		if (plan.tracks.length === tracks && (isFaster || !split)) {
			const isRecommended = tracks === recommended.tracks.length && plan.split === recommended.split;
			choices.push({ tracks, split: plan.split, makespanMinutes: plan.makespanMinutes, isRecommended });
		}
	};
	for (let tracks = 1; tracks <= Math.min(recommended.maxPossibleTracks, mostOffered); tracks++) {
		add(tracks, false);
	}
	if (!recommended.split) {
		for (let tracks = 2; tracks <= Math.min(recommended.width, mostOffered); tracks++) {
			add(tracks, true);
		}
	}
	return choices;
}
