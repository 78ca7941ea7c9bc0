import type { GraphStatus } from '../../src/protocol/graphView.ts';
import type { PlanIndex } from './planIndex.ts';
import type { Look } from './taskLook.ts';
import { isActive, isDone, isTrouble, lookOf, looks } from './taskLook.ts';

/** How far a set of tasks is. */
export interface Tally {
	readonly total: number;
	readonly done: number;
	readonly active: number;
	readonly trouble: number;
	/** Sum of known estimates. */
	readonly minutes: number;
}

/** How far everything is, computed with every batch of statuses. */
export interface Tallies {
	readonly looks: ReadonlyMap<string, Look>;
	readonly counts: Readonly<Record<Look, number>>;
	readonly sprints: ReadonlyMap<string, Tally>;
	/** By track number; null holds what is in no track. */
	readonly tracks: ReadonlyMap<number | null, Tally>;
	readonly all: Tally;
}

type Mutable = { -readonly [key in keyof Tally]: Tally[key] };

export function tally(index: PlanIndex, statuses: ReadonlyMap<string, GraphStatus>): Tallies {
	const lookByTask = new Map<string, Look>();
	const counts = Object.fromEntries(Object.keys(looks).map((look) => [look, 0])) as Record<Look, number>;
	const sprints = new Map<string, Mutable>(index.plan.sprints.map((sprint) => [sprint.id, empty()]));
	const tracks = new Map<number | null, Mutable>();
	const all = empty();
	for (const task of index.plan.tasks) {
		const look = lookOf(task, statuses.get(task.id));
		lookByTask.set(task.id, look);
		counts[look]++;
		const sprint = index.sprintOf.get(task.id);
		const track = (sprint === undefined ? undefined : index.sprints.get(sprint)?.track) ?? null;
		const ofTrack = tracks.get(track) ?? empty();
		tracks.set(track, ofTrack);
		const ofSprint = sprint === undefined ? undefined : sprints.get(sprint);
		for (const into of [all, ofTrack, ...(ofSprint === undefined ? [] : [ofSprint])]) {
			add(into, look, task.estimateMinutes ?? 0);
		}
	}
	return { looks: lookByTask, counts, sprints, tracks, all };
}

function empty(): Mutable {
	return { total: 0, done: 0, active: 0, trouble: 0, minutes: 0 };
}

function add(into: Mutable, look: Look, minutes: number): void {
	into.total++;
	into.minutes += minutes;
	into.done += isDone(look) ? 1 : 0;
	into.active += isActive(look) ? 1 : 0;
	into.trouble += isTrouble(look) ? 1 : 0;
}

/** How a group of tasks looks as one: the worst or liveliest of what it holds. */
export function groupLook({ total, done, active, trouble }: Tally): Look {
	if (trouble > 0) {
		return 'failed';
	}
	if (active > 0) {
		return 'running';
	}
	return total > 0 && done === total ? 'completed' : 'pending';
}
