import { checkBatches } from './checkBatches.ts';
import { describeCycle } from './describeCycle.ts';
import type { Located, Plan, Sprint } from './plan.ts';
import type { Problem } from './problem.ts';
import { sprintsByTrack } from './sprintsByTrack.ts';
import type { TaskOrder } from './taskOrder.ts';
import { WaitGraph } from './waitGraph.ts';

/**
 * Circles among tasks, among sprints, those that arise from both together, and those that stated batches close (EXECUTION
 * P7). `order` is that of the plan without batches: where there is one, only batches can close a circle.
 */
export function checkCycles(plan: Plan, order: TaskOrder | null): Problem[] {
	const hasBatches = plan.sprints.some(({ pipeline }) => (pipeline?.batches.length ?? 0) > 0);
	if (order !== null && !hasBatches) {
		return [];
	}
	const tasks = new WaitGraph();
	for (const task of plan.tasks) {
		tasks.add(task.id, task.idRange);
	}
	for (const task of plan.tasks) {
		for (const dependency of task.dependencies) {
			tasks.connect(task.id, dependency.value, { range: dependency.range, why: `needs ${dependency.value}` });
		}
	}
	const sprints = sprintGraph(plan.sprints);
	const mixed = mixedGraph(plan, tasks, sprints);
	return [
		...tasks.cycles().map((cycle) => describeCycle('SY304', { graph: tasks, cycle })),
		...sprints.cycles().map((cycle) => describeCycle('SY312', { graph: sprints, cycle })),
		...mixed.cycles().map((cycle) => describeCycle('SY313', { graph: mixed, cycle })),
		...(hasBatches ? checkBatches(plan, mixed) : []),
	];
}

function sprintGraph(sprints: readonly Sprint[]): WaitGraph {
	const graph = new WaitGraph();
	for (const sprint of sprints) {
		graph.add(sprint.id, sprint.idRange);
	}
	for (const sprint of sprints) {
		for (const dependency of sprint.dependencies) {
			graph.connect(sprint.id, dependency.value, needs(dependency));
		}
	}
	return graph;
}

/**
 * Tasks and sprints in one graph, linear in size: a sprint is a node that opens and a node that is done. Edges that close
 * a circle among tasks or among sprints alone are left out: those are reported already.
 */
function mixedGraph(plan: Plan, tasks: WaitGraph, sprints: WaitGraph): WaitGraph {
	const graph = new WaitGraph();
	for (const task of plan.tasks) {
		graph.add(`task ${task.id}`, task.idRange);
	}
	for (const { id, idRange } of plan.sprints) {
		graph.add(`start of ${id}`, idRange);
		graph.add(`end of ${id}`, idRange);
	}
	for (const { from, to, range, why } of tasks.sound()) {
		graph.connect(`task ${from}`, `task ${to}`, { range, why });
	}
	for (const { from, to, range, why } of sprints.sound()) {
		graph.connect(`start of ${from}`, `end of ${to}`, { range, why });
	}
	const members = new Map<string, string>();
	for (const sprint of plan.sprints) {
		for (const { value } of sprint.tasks) {
			members.set(value, sprint.id);
		}
	}
	for (const sprint of plan.sprints) {
		for (const { value, range } of sprint.tasks) {
			// A task that two sprints name runs in the last of them, and that it is in two is a warning of its own.
			if (members.get(value) === sprint.id) {
				graph.connect(`task ${value}`, `start of ${sprint.id}`, { range, why: `is in ${sprint.id}` });
				graph.connect(`end of ${sprint.id}`, `task ${value}`, { range, why: `needs its task ${value}` });
			}
		}
	}
	for (const track of sprintsByTrack(plan.sprints)) {
		track.forEach((sprint, index) => {
			const before = track[index - 1];
			if (before !== undefined) {
				const why = `comes after ${before.id} in track ${sprint.track}`;
				graph.connect(`start of ${sprint.id}`, `end of ${before.id}`, { range: sprint.idRange, why });
			}
		});
	}
	return graph;
}

function needs({ value, range }: Located<string>) {
	return { range, why: `needs ${value}` };
}
