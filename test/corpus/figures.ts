import { at, buildGraph } from '../../src/core/graph/buildGraph.ts';
import { criticalPath } from '../../src/core/graph/criticalPath.ts';
import { strongComponents } from '../../src/core/graph/strongComponents.ts';
import type { ForeignPlan, ForeignTask } from '../../src/core/plan/foreign/foreignPlan.ts';

/** What can be counted of tasks and the dependencies between them. */
export interface Figures {
	readonly tasks: number;
	readonly dependencies: number;
	readonly duplicates: number;
	readonly dangling: number;
	readonly self: number;
	/** Groups of tasks that wait for each other. */
	readonly cycles: number;
	readonly layers: number;
	/** Tasks of the largest layer. */
	readonly width: number;
}

type Waiting = Pick<ForeignTask, 'id' | 'dependencies'>;

/** Counts over some tasks; `known` are the ids that a dependency may name. */
export function figuresOf(tasks: readonly Waiting[], known: ReadonlySet<string>): Figures {
	const edges = tasks.flatMap((task) => task.dependencies.map(({ value }) => [value, task.id] as const));
	const ids = tasks.map(({ id }) => id);
	const graph = buildGraph(ids, edges);
	const path = criticalPath(graph, new Float64Array(graph.size).fill(1));
	const layers = new Map<number, number>();
	for (const start of path.earliestStart) {
		layers.set(start, (layers.get(start) ?? 0) + 1);
	}
	return {
		tasks: tasks.length,
		dependencies: edges.length,
		duplicates: ids.length - new Set(ids).size,
		dangling: edges.filter(([before]) => !known.has(before)).length,
		self: edges.filter(([before, after]) => before === after).length,
		cycles: cyclesOf(ids, edges),
		layers: path.length,
		width: Math.max(0, ...layers.values()),
	};
}

/** Groups of more than one that wait for each other. */
export function cyclesOf(ids: readonly string[], edges: readonly (readonly [string, string])[]): number {
	const graph = buildGraph(ids, edges);
	const { count, sizes } = strongComponents(graph);
	return Array.from({ length: count }, (_, number) => at(sizes, number)).filter((size) => size > 1).length;
}

/** Task Master's figures as the corpus has them: tasks and subtasks apart, layers over tasks only, each tag a graph. */
export function taskMasterFigures(plan: ForeignPlan): Readonly<Record<string, string>> {
	const known = new Set(plan.tasks.map(({ id }) => id));
	const tasks = plan.tasks.filter(({ parent }) => parent === undefined);
	const subtasks = plan.tasks.filter(({ parent }) => parent !== undefined);
	const parentOf = new Map(plan.tasks.map(({ id, parent }) => [id, parent]));
	const all = figuresOf(tasks, known);
	const sub = figuresOf(subtasks, known);
	const perTag = tagsOf(plan, tasks).map((members) => figuresOf(members, known));
	const ends = subtasks.flatMap((task) => task.dependencies.map(({ value }) => ({ task, value })));
	const isSubtask = (id: string) => parentOf.get(id) !== undefined;
	return {
		tags: String(Math.max(1, plan.groups.length)),
		tasks: String(tasks.length),
		subtasks: String(subtasks.length),
		'deps (task/sub)': `${all.dependencies}/${sub.dependencies}`,
		'dup (t/s)': `${all.duplicates}/${sub.duplicates}`,
		'dang (t/s)': `${all.dangling}/${sub.dangling}`,
		'self (t/s)': `${all.self}/${sub.self}`,
		'SCC t/s/c': `${all.cycles}/${sub.cycles}/${containmentCycles(plan)}`,
		layers: String(Math.max(...perTag.map(({ layers }) => layers))),
		crit: String(Math.max(...perTag.map(({ layers }) => layers))),
		width: String(Math.max(...perTag.map(({ width }) => width))),
		'sub->task': String(ends.filter(({ value }) => known.has(value) && !isSubtask(value)).length),
		cross: String(
			ends.filter(({ task, value }) => isSubtask(value) && parentOf.get(value) !== task.parent).length,
		),
	};
}

function tagsOf(plan: ForeignPlan, tasks: readonly ForeignTask[]): ForeignTask[][] {
	if (plan.groups.length === 0) {
		return [[...tasks]];
	}
	return plan.groups.map((group) => {
		const members = new Set(group.tasks.map(({ value }) => value));
		return tasks.filter(({ id }) => members.has(id));
	});
}

/** Circles that arise when a task is complete only after its subtasks. */
function containmentCycles(plan: ForeignPlan): number {
	const ids = plan.tasks.map(({ id }) => id);
	const waits = plan.tasks.flatMap((task) => task.dependencies.map(({ value }) => [value, task.id] as const));
	const holds = plan.tasks.flatMap((task) =>
		task.parent === undefined ? [] : [[task.id, task.parent] as const],
	);
	return cyclesOf(ids, [...waits, ...holds]);
}
