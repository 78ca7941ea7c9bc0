import type { GateTable } from './gateTable.ts';
import type { RunPlan, RunSprint } from './runPlan.ts';

/** A sprint with what the fold counts for it: open while `unmet` is 0 (G2), complete when `remaining` is 0 as well. */
export interface SprintGate {
	readonly sprint: RunSprint;
	/** Sprints that must be complete first: its own dependencies and the one before it in its track. */
	readonly predecessors: readonly string[];
	readonly successors: string[];
	unmet: number;
	/** Tasks, and gates of its own, that are not settled. */
	remaining: number;
}

/** The sprints of a plan in their order, linked; completing the ones without open tasks is the caller's. */
export function linkSprints(
	plan: RunPlan,
	gates: GateTable,
	isSatisfied: (id: string) => boolean,
): ReadonlyMap<string, SprintGate> {
	const sprints = new Map<string, SprintGate>();
	const lastOfTrack = new Map<number, string>();
	for (const sprint of plan.sprints) {
		const predecessors = new Set(sprint.dependencies);
		const before = sprint.track === null ? undefined : lastOfTrack.get(sprint.track);
		if (before !== undefined) {
			predecessors.add(before);
		}
		if (sprint.track !== null) {
			lastOfTrack.set(sprint.track, sprint.id);
		}
		const own = gates.ofSprint(sprint.id).filter(({ gate }) => gate.level === 'sprint');
		const members = [...sprint.tasks, ...own.map(({ gate }) => gate.id)];
		const remaining = members.filter((id) => !isSatisfied(id)).length;
		const links = { predecessors: [...predecessors], successors: [], unmet: 0 };
		sprints.set(sprint.id, { sprint, ...links, remaining });
	}
	for (const gate of sprints.values()) {
		for (const id of gate.predecessors) {
			const predecessor = sprints.get(id);
			predecessor?.successors.push(gate.sprint.id);
			gate.unmet += predecessor === undefined ? 0 : 1;
		}
	}
	return sprints;
}

/**
 * The sprints that open because one is complete, each before it is asked whether it is complete itself: the caller
 * brings its members up to date in between. A sprint without open tasks is complete the moment it opens.
 */
export function* openedBy(
	sprints: ReadonlyMap<string, SprintGate>,
	complete: SprintGate,
): Iterable<SprintGate> {
	const finished = [complete];
	for (let done = finished.pop(); done !== undefined; done = finished.pop()) {
		for (const id of done.successors) {
			const next = sprints.get(id);
			if (next === undefined || --next.unmet > 0) {
				continue;
			}
			yield next;
			if (next.remaining === 0) {
				finished.push(next);
			}
		}
	}
}
