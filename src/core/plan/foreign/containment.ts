import { buildAdjacency } from '../../graph/buildGraph.ts';
import { strongComponents } from '../../graph/strongComponents.ts';
import type { Located } from '../plan.ts';
import type { ForeignTask } from './foreignPlan.ts';
import { taskEdges } from './taskEdges.ts';

/**
 * Makes an order of what tools with subtasks mean: a task is complete only after its subtasks, and a subtask that waits for
 * none of its siblings starts no earlier than its task may. The second is left out where it would close a circle that
 * nobody wrote.
 */
export function withContainment(tasks: readonly ForeignTask[]): ForeignTask[] {
	const byId = new Map(tasks.map((task) => [task.id, task]));
	const children = new Map<string, ForeignTask[]>();
	for (const task of tasks) {
		const parent = task.parent;
		if (parent !== undefined && parent !== task.id && byId.has(parent)) {
			children.set(parent, [...(children.get(parent) ?? []), task]);
		}
	}
	if (children.size === 0) {
		return [...tasks];
	}
	const complete = tasks.map((task) => addTo(task, (children.get(task.id) ?? []).map(located)));
	return addInherited(complete, (task) => inheritedOf(task, byId.get(task.parent ?? '')));
}

function located(child: ForeignTask): Located<string> {
	return { value: child.id, range: child.idRange };
}

/** What a task waits for through the task that it is part of. */
function inheritedOf(task: ForeignTask, parent: ForeignTask | undefined): readonly Located<string>[] {
	const hasSibling = task.dependencies.some(({ value }) => value.startsWith(`${parent?.id ?? ''}.`));
	return parent === undefined || hasSibling
		? []
		: parent.dependencies.filter(({ value }) => value !== task.id);
}

function addInherited(
	tasks: readonly ForeignTask[],
	inherited: (task: ForeignTask) => readonly Located<string>[],
): ForeignTask[] {
	const all = tasks.map((task) => addTo(task, inherited(task)));
	const components = strongComponents(buildAdjacency(taskEdges(all))).of;
	const componentOf = new Map(all.map(({ id }, number) => [id, components[number]]));
	return tasks.map((task) => {
		const own = componentOf.get(task.id);
		return addTo(
			task,
			inherited(task).filter(({ value }) => componentOf.has(value) && componentOf.get(value) !== own),
		);
	});
}

function addTo(task: ForeignTask, added: readonly Located<string>[]): ForeignTask {
	const present = new Set(task.dependencies.map(({ value }) => value));
	const fresh = added.filter(({ value }) => !present.has(value));
	return fresh.length === 0 ? task : { ...task, dependencies: [...task.dependencies, ...fresh] };
}
