import { buildGraph, type Graph } from '../../src/core/graph/buildGraph.ts';
import { criticalPath } from '../../src/core/graph/criticalPath.ts';
import type { GraphPlan, GraphSprint, GraphTask } from '../../src/protocol/graphView.ts';

/** A plan, looked up and computed on once, when it arrives. */
export interface PlanIndex {
	readonly plan: GraphPlan;
	readonly tasks: ReadonlyMap<string, GraphTask>;
	readonly sprints: ReadonlyMap<string, GraphSprint>;
	/** The sprint that shows a task: the first that names it. */
	readonly sprintOf: ReadonlyMap<string, string>;
	readonly graph: Graph;
	readonly critical: ReadonlySet<string>;
	readonly criticalMinutes: number;
	/** Minutes a task may be late without moving the end; missing for tasks of unknown length. */
	readonly slack: ReadonlyMap<string, number>;
}

export function indexPlan(plan: GraphPlan): PlanIndex {
	const graph = buildGraph(
		plan.tasks.map((task) => task.id),
		plan.tasks.flatMap((task) => task.dependencies.map((id): [string, string] => [id, task.id])),
	);
	const weights = Float64Array.from(plan.tasks, (task) => task.estimateMinutes ?? 0);
	const path = criticalPath(graph, weights);
	const known = plan.tasks.some((task) => task.estimateMinutes !== null);
	return {
		plan,
		tasks: new Map(plan.tasks.map((task) => [task.id, task])),
		sprints: new Map(plan.sprints.map((sprint) => [sprint.id, sprint])),
		sprintOf: firstSprints(plan),
		graph,
		critical: new Set(known ? path.nodes.map((n) => graph.ids[n] ?? '') : []),
		criticalMinutes: path.length,
		slack: new Map(known ? graph.ids.map((id, n) => [id, path.slack[n] ?? 0]) : []),
	};
}

function firstSprints(plan: GraphPlan): Map<string, string> {
	const sprintOf = new Map<string, string>();
	for (const sprint of plan.sprints) {
		for (const id of sprint.tasks) {
			if (!sprintOf.has(id)) {
				sprintOf.set(id, sprint.id);
			}
		}
	}
	return sprintOf;
}

/** Above this many tasks a plan opens with its sprints collapsed. */
const openLimit = 300;

/** Which sprints are collapsed before a person says otherwise. */
export function defaultCollapsed(plan: GraphPlan): string[] {
	return plan.tasks.length > openLimit ? plan.sprints.map((sprint) => sprint.id) : [];
}
