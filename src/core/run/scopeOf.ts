import type { RunPlan, RunTask } from './runPlan.ts';
import { isActive } from './runState.ts';
import type { RunTable } from './runTable.ts';

/** What a person asked to run (EXECUTION S5). */
export type ScopeRequest =
	| { readonly kind: 'all' }
	| { readonly kind: 'sprint'; readonly id: string }
	| { readonly kind: 'track'; readonly number: number }
	| { readonly kind: 'task'; readonly id: string }
	| { readonly kind: 'from'; readonly id: string };

export interface Scope {
	readonly tasks: readonly string[];
	/** The gates that come with them: each has its rows beside those of the tasks. */
	readonly gates: readonly string[];
	/** In the user's words, for journals and messages. */
	readonly label: string;
	/** True where a person named one task. */
	readonly explicit: boolean;
}

/** The tasks of a request in plan order, or why there are none. With `withDependencies` everything they wait for too. */
export function scopeOf(
	plan: RunPlan,
	request: ScopeRequest,
	options: { readonly withDependencies: boolean },
): Scope | { readonly error: string } {
	const chosen = choose(plan, request);
	if ('error' in chosen) {
		return chosen;
	}
	const wanted = options.withDependencies ? withPredecessors(plan, chosen.tasks) : new Set(chosen.tasks);
	const tasks = plan.tasks.filter((task) => wanted.has(task.id)).map((task) => task.id);
	return { ...chosen, tasks, gates: gatesOf(plan, wanted), explicit: request.kind === 'task' };
}

/** Gates whose tasks are all asked for, and those that stand between two tasks that are. */
export function gatesOf(plan: RunPlan, wanted: ReadonlySet<string>): string[] {
	const isWanted = (id: string) => wanted.has(id);
	return (plan.gates ?? [])
		.filter(({ judges, holds }) => judges.every(isWanted) || (judges.some(isWanted) && holds.some(isWanted)))
		.map(({ id }) => id);
}

/** What an open run was asked for and has not finished: what resuming it means. Failed tasks wait for a person. */
export function unfinishedScope(table: RunTable): Scope {
	const open = [...table.tasks.values()].filter(
		(state) => isActive(state) || (state.inScope && (state.status === 'pending' || state.status === 'ready')),
	);
	const tasks = open.filter(({ task }) => task.unit === undefined).map(({ task }) => task.id);
	const gates = [...new Set(open.flatMap(({ task }) => task.unit?.gate ?? []))];
	return { tasks, gates, label: 'what was open', explicit: false };
}

function choose(
	plan: RunPlan,
	request: ScopeRequest,
): { tasks: string[]; label: string } | { error: string } {
	switch (request.kind) {
		case 'all':
			return { tasks: plan.tasks.map((task) => task.id), label: 'all' };
		case 'sprint': {
			const sprint = plan.sprints.find(({ id }) => id === request.id);
			return sprint === undefined
				? { error: `There is no sprint ${request.id}. ${listOf('Sprints', plan.sprints)}` }
				: { tasks: [...sprint.tasks], label: sprint.id };
		}
		case 'track': {
			const tasks = plan.tasks.filter((task) => task.track === request.number).map((task) => task.id);
			const known = plan.tracks.map((track) => ({ id: String(track.number) }));
			return tasks.length === 0
				? { error: `Track ${request.number} has no tasks. ${listOf('Tracks', known)}` }
				: { tasks, label: `track ${request.number}` };
		}
		case 'task':
		case 'from': {
			const task = plan.tasks.find(({ id }) => id === request.id);
			if (task === undefined) {
				return { error: `There is no task ${request.id}. ${listOf('Tasks', plan.tasks)}` };
			}
			return request.kind === 'task'
				? { tasks: [task.id], label: task.id }
				: { tasks: [...withDescendants(plan, task.id)], label: `from ${task.id}` };
		}
	}
}

function listOf(what: string, items: readonly { id: string }[]): string {
	const shown = items.slice(0, 8).map(({ id }) => id);
	const more = items.length > shown.length ? ` and ${items.length - shown.length} more` : '';
	return items.length === 0
		? `The plan has no ${what.toLowerCase()}.`
		: `${what}: ${shown.join(', ')}${more}.`;
}

/** Dependencies and earlier sprints of the same track (G2), transitively. */
function withPredecessors(plan: RunPlan, tasks: readonly string[]): Set<string> {
	const predecessors = predecessorsIn(plan);
	return closure(tasks, (id) => predecessors(id));
}

function withDescendants(plan: RunPlan, id: string): Set<string> {
	const dependents = new Map<string, string[]>();
	for (const task of plan.tasks) {
		for (const dependency of task.dependencies) {
			dependents.set(dependency, [...(dependents.get(dependency) ?? []), task.id]);
		}
	}
	return closure([id], (next) => dependents.get(next) ?? []);
}

/** Direct predecessors of a task: its dependencies, and the tasks of the sprints that its sprint waits for. */
export function predecessorsIn(plan: RunPlan): (id: string) => readonly string[] {
	const tasks = new Map<string, RunTask>(plan.tasks.map((task) => [task.id, task]));
	const sprints = new Map(plan.sprints.map((sprint) => [sprint.id, sprint]));
	const judgedBefore = new Map<string, string[]>();
	for (const { holds, judges } of plan.gates ?? []) {
		for (const id of holds) {
			judgedBefore.set(id, [...(judgedBefore.get(id) ?? []), ...judges]);
		}
	}
	const before = new Map<string, readonly string[]>();
	const lastOfTrack = new Map<number, string>();
	for (const sprint of plan.sprints) {
		const previous = sprint.track === null ? undefined : lastOfTrack.get(sprint.track);
		before.set(sprint.id, previous === undefined ? sprint.dependencies : [...sprint.dependencies, previous]);
		if (sprint.track !== null) {
			lastOfTrack.set(sprint.track, sprint.id);
		}
	}
	return (id) => {
		const task = tasks.get(id);
		const sprintIds = task?.sprint ? (before.get(task.sprint) ?? []) : [];
		return [
			...(task?.dependencies ?? []),
			...(judgedBefore.get(id) ?? []),
			...sprintIds.flatMap((name) => sprints.get(name)?.tasks ?? []),
		];
	};
}

function closure(start: readonly string[], next: (id: string) => readonly string[]): Set<string> {
	const reached = new Set(start);
	const queue = [...start];
	for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
		for (const neighbour of next(id)) {
			if (!reached.has(neighbour)) {
				reached.add(neighbour);
				queue.push(neighbour);
			}
		}
	}
	return reached;
}
