import { buildGraph } from '../graph/buildGraph.ts';
import { longestPathToSink } from '../graph/criticalPath.ts';
import type { RunTask } from './runPlan.ts';

/** Minutes of a task that states none, and that nothing else is known about: for order and forecast only. */
export const assumedMinutes = 30;

/** Ids of all tasks in the order in which ready ones are taken: priority, remaining critical path, id (S2). */
export function rankTasks(tasks: readonly RunTask[]): string[] {
	const graph = buildGraph(
		tasks.map((task) => task.id),
		tasks.flatMap((task) => task.dependencies.map((from): [string, string] => [from, task.id])),
	);
	const weights = Float64Array.from(tasks, (task) => task.estimateMinutes ?? assumedMinutes);
	const remaining = longestPathToSink(graph, weights);
	return tasks
		.map((task, index) => ({ task, remaining: remaining[index] ?? 0 }))
		.sort(
			(a, b) =>
				b.task.priority - a.task.priority ||
				b.remaining - a.remaining ||
				(a.task.id < b.task.id ? -1 : a.task.id > b.task.id ? 1 : 0),
		)
		.map(({ task }) => task.id);
}
