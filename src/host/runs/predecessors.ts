import type { PlanModel } from '../plans/planModel.ts';
import type { RunFacts } from '../tree/planTreeModel.ts';
import { isDone } from '../tree/taskLook.ts';

/**
 * Tasks outside the request that must be done before the requested ones can all run (EXECUTION S5): what they depend on,
 * at any distance, and every task of the sprints that theirs wait for (G2). In plan order.
 */
export function unmetPredecessors(
	plan: PlanModel,
	requested: readonly string[],
	run: RunFacts | null,
): readonly string[] {
	const asked = new Set(requested);
	const reached = new Set<string>();
	const queue = [...requested];
	const before = tasksBefore(plan);
	for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
		const next = [...(plan.tasks.get(id)?.dependencies ?? []), ...(before.get(id) ?? [])];
		for (const predecessor of next) {
			if (!reached.has(predecessor) && plan.tasks.has(predecessor) && !isDone(run?.task(predecessor))) {
				reached.add(predecessor);
				queue.push(predecessor);
			}
		}
	}
	return [...plan.tasks.keys()].filter((id) => reached.has(id) && !asked.has(id));
}

/** For every task the tasks of the sprints its own waits for; those of earlier ones follow from them. */
function tasksBefore(plan: PlanModel): ReadonlyMap<string, readonly string[]> {
	const before = new Map<string, readonly string[]>();
	const last = new Map<number, readonly string[]>();
	for (const sprint of plan.sprints.values()) {
		const stated = sprint.dependencies.flatMap((id) => plan.sprints.get(id)?.tasks ?? []);
		const previous = sprint.track === null ? [] : (last.get(sprint.track) ?? []);
		for (const task of sprint.tasks) {
			before.set(task, [...(before.get(task) ?? []), ...stated, ...previous]);
		}
		// A sprint without tasks of its own must not cut the chain.
		if (sprint.track !== null && sprint.tasks.length > 0) {
			last.set(sprint.track, sprint.tasks);
		}
	}
	return before;
}
