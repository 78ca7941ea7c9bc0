import type { TaskEstimate } from '../history/estimateMissing.ts';
import { assumedEstimate, fromNeighbours } from '../history/estimateMissing.ts';
import { Neighbours } from '../history/neighbours.ts';
import type { Plan, Sprint, Task } from '../plan/plan.ts';

/** What planning needs to know of a task; it need not be one that can be run. */
export interface PlanningTask {
	readonly id: string;
	readonly name: string;
	readonly type: string;
	readonly priority: number;
	readonly minutes: number;
	/** True where the plan says no estimate, and `minutes` is what finished tasks like it took, or what its neighbours state. */
	readonly isAssumed: boolean;
	/** Where the minutes come from then, in a sentence. */
	readonly reason?: string;
	/** Ids of tasks of the plan. */
	readonly dependencies: readonly string[];
}

export interface PlanningOptions {
	/** The document states layers or batches, whose order is one of its tasks (P1). */
	readonly layered?: boolean;
	/** What history says of tasks without an estimate (`forecastBasis`); entries from elsewhere are not used. */
	readonly estimates?: readonly TaskEstimate[];
}

/**
 * The tasks of a plan as planning sees them, in plan order: each id once, dangling dependencies left out, and missing
 * estimates taken from history, else from tasks of the same type wherever they stand: where tasks stand now must not decide
 * where they will. A plan that has sprints and no dependency at all is read as one that states layers.
 */
export function planningTasks(
	plan: Plan,
	{ layered = false, estimates = [] }: PlanningOptions = {},
): PlanningTask[] {
	const tasks = [...new Map(plan.tasks.map((task) => [task.id, task])).values()];
	const known = new Set(tasks.map(({ id }) => id));
	const hasEdges = tasks.some(({ dependencies }) => dependencies.length > 0);
	const before = layered || !hasEdges ? layersBefore(plan.sprints) : new Map<string, readonly string[]>();
	const expect = expectation(tasks, estimates);
	return tasks.map((task) => {
		const own = task.dependencies.map(({ value }) => value);
		return {
			id: task.id,
			name: task.name,
			type: task.type ?? '',
			priority: task.priority ?? 0,
			...expect(task),
			dependencies: [...new Set([...own, ...(before.get(task.id) ?? [])])].filter((id) => known.has(id)),
		};
	});
}

type Expected = Pick<PlanningTask, 'minutes' | 'isAssumed' | 'reason'>;

function expectation(tasks: readonly Task[], estimates: readonly TaskEstimate[]): (task: Task) => Expected {
	const asNeighbour = ({ type = '', estimateMinutes }: Task) => ({
		type,
		estimateMinutes: estimateMinutes ?? null,
		sprint: null,
		track: null,
	});
	const neighbours = new Neighbours(tasks.map(asNeighbour));
	const past = new Map(estimates.filter(({ source }) => source === 'history').map((each) => [each.id, each]));
	return (task) => {
		if (task.estimateMinutes !== undefined) {
			return { minutes: task.estimateMinutes, isAssumed: false };
		}
		const like = asNeighbour(task);
		const { minutes, reason } =
			past.get(task.id) ??
			fromNeighbours(task.id, neighbours.ofType(like) ?? neighbours.nearby(like)) ??
			assumedEstimate(task.id);
		return { minutes, isAssumed: true, reason };
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
