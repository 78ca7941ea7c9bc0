import { Neighbours } from '../history/neighbours.ts';
import type { Plan, Sprint, Task } from '../plan/plan.ts';

/** What planning needs to know of a task; it need not be one that can be run. */
export interface PlanningTask {
	readonly id: string;
	readonly name: string;
	readonly type: string;
	readonly priority: number;
	readonly minutes: number;
	/** True where the plan says no estimate, and `minutes` is what its neighbours take. */
	readonly isAssumed: boolean;
	/** Ids of tasks of the plan. */
	readonly dependencies: readonly string[];
}

/** Minutes of a task about which nothing is known, as for the order of ready tasks (S2). */
const unknownMinutes = 30;

/**
 * The tasks of a plan as planning sees them, in plan order: each id once, dangling dependencies left out, and missing
 * estimates taken from tasks of the same type. `layered`: the document states layers or batches, whose order is one of
 * its tasks (P1); a plan that has sprints and no dependency at all is read that way too.
 */
export function planningTasks(
	plan: Plan,
	{ layered = false }: { readonly layered?: boolean } = {},
): PlanningTask[] {
	const tasks = [...new Map(plan.tasks.map((task) => [task.id, task])).values()];
	const known = new Set(tasks.map(({ id }) => id));
	const hasEdges = tasks.some(({ dependencies }) => dependencies.length > 0);
	const before = layered || !hasEdges ? layersBefore(plan.sprints) : new Map<string, readonly string[]>();
	const estimate = estimator(tasks);
	return tasks.map((task) => {
		const own = task.dependencies.map(({ value }) => value);
		return {
			id: task.id,
			name: task.name,
			type: task.type ?? '',
			priority: task.priority ?? 0,
			minutes: estimate(task),
			isAssumed: task.estimateMinutes === undefined,
			dependencies: [...new Set([...own, ...(before.get(task.id) ?? [])])].filter((id) => known.has(id)),
		};
	});
}

function estimator(tasks: readonly Task[]): (task: Task) => number {
	const asNeighbour = ({ type = '', estimateMinutes }: Task) => ({
		type,
		estimateMinutes: estimateMinutes ?? null,
		sprint: null,
		track: null,
	});
	const neighbours = new Neighbours(tasks.map(asNeighbour));
	return (task) => {
		const like = asNeighbour(task);
		const found = neighbours.ofType(like) ?? neighbours.nearby(like);
		return task.estimateMinutes ?? found?.spread.median ?? unknownMinutes;
	};
}

/** For each task of a layer the tasks of the layer before it in its track. */
function layersBefore(sprints: readonly Sprint[]): Map<string, readonly string[]> {
	const before = new Map<string, readonly string[]>();
	const last = new Map<number, readonly string[]>();
	const ordered = sprints
		.filter(({ track, number, tasks }) => track !== undefined && number !== undefined && tasks.length > 0)
		.sort((a, b) => (a.number ?? 0) - (b.number ?? 0));
	for (const { track = 0, tasks } of ordered) {
		for (const { value } of tasks) {
			before.set(value, last.get(track) ?? []);
		}
		last.set(
			track,
			tasks.map(({ value }) => value),
		);
	}
	return before;
}
