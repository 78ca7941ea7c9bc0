import type { PlanModel } from '../plans/planModel.ts';

/** Where every task and sprint of one plan hangs in the tree. */
export interface PlanIndex {
	/** Sprints of each track, in plan order. */
	readonly sprintsOfTrack: ReadonlyMap<number, readonly string[]>;
	/** Sprints without a track. */
	readonly looseSprints: readonly string[];
	/** The plan's own tasks of each sprint; members that do not exist are left out, the editor reports them. */
	readonly tasksOfSprint: ReadonlyMap<string, readonly string[]>;
	readonly sprintsOfTask: ReadonlyMap<string, readonly string[]>;
	/** Tasks in no sprint. */
	readonly unscheduled: readonly string[];
	/** Track numbers with a name where the plan gives one: also those that only a sprint mentions. */
	readonly tracks: ReadonlyMap<number, string>;
}

/** Computed once for each snapshot of a plan. */
export function indexPlan(plan: PlanModel): PlanIndex {
	const sprintsOfTrack = new Map<number, string[]>();
	const looseSprints: string[] = [];
	const tasksOfSprint = new Map<string, string[]>();
	const sprintsOfTask = new Map<string, string[]>();
	const tracks = new Map(plan.tracks.map((track) => [track.number, track.name]));
	for (const sprint of plan.sprints.values()) {
		if (sprint.track === null) {
			looseSprints.push(sprint.id);
		} else {
			listAt(sprintsOfTrack, sprint.track).push(sprint.id);
			if (!tracks.has(sprint.track)) {
				tracks.set(sprint.track, '');
			}
		}
		const members = [...new Set(sprint.tasks)].filter((id) => plan.tasks.has(id));
		tasksOfSprint.set(sprint.id, members);
		for (const id of members) {
			listAt(sprintsOfTask, id).push(sprint.id);
		}
	}
	const unscheduled = [...plan.tasks.keys()].filter((id) => !sprintsOfTask.has(id));
	return { sprintsOfTrack, looseSprints, tasksOfSprint, sprintsOfTask, unscheduled, tracks };
}

function listAt<K, V>(lists: Map<K, V[]>, key: K): V[] {
	const list = lists.get(key) ?? [];
	lists.set(key, list);
	return list;
}
