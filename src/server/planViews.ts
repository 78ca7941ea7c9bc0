import type { PartChanges, Replaced } from '../core/plan/partChanges.ts';
import type { Plan, Sprint, Task } from '../core/plan/plan.ts';
import type { Problem, Severity } from '../core/plan/problem.ts';
import type { PlanPart } from '../core/plan/readPart.ts';
import type { SprintView, TaskView, TrackView } from '../protocol/lsp.ts';
import type { TaskPlaces } from './taskPlaces.ts';

/** What views are shown of a plan, complete. */
export interface PlanViews {
	readonly name: string;
	readonly files: readonly string[];
	readonly errors: number;
	readonly warnings: number;
	readonly tracks: readonly TrackView[];
	readonly tasks: Map<string, TaskView>;
	readonly sprints: Map<string, SprintView>;
	/** The worst problem of each task that has any. */
	readonly worst: ReadonlyMap<string, Severity>;
}

/** The views that were made of tasks: while a task was not read anew and has no other problems, its view is the same object. */
export class TaskViews {
	readonly #known = new WeakMap<Task, TaskView>();

	of(task: Task, worst: Severity | null): TaskView {
		const known = this.#known.get(task);
		if (known !== undefined && known.worst === worst) {
			return known;
		}
		const view = toTaskView(task, worst);
		this.#known.set(task, view);
		return view;
	}
}

/** Turns a plan and its problems into what views need. */
export function toPlanViews(
	plan: Plan,
	problems: readonly Problem[],
	{ places, views = new TaskViews() }: { readonly places: TaskPlaces; readonly views?: TaskViews },
): PlanViews {
	const worst = places.worst(problems);
	return {
		...headOf(plan, problems),
		worst,
		tasks: new Map(plan.tasks.map((task) => [task.id, views.of(task, worst.get(task.id) ?? null)])),
		sprints: new Map(plan.sprints.map((sprint) => [sprint.id, toSprintView(sprint)])),
	};
}

/** Views after a change that left all ids in their places, and the ids of what looks different. */
export interface NextViews {
	readonly views: PlanViews;
	readonly tasks: readonly TaskView[];
	readonly sprints: readonly SprintView[];
}

/**
 * The views after some things were read anew. The maps of the views before become those of the views after: at 50,000 tasks
 * a copy would cost more than all the rest.
 */
export function nextPlanViews(
	before: PlanViews,
	plan: Plan,
	{
		parts,
		problems,
		places,
		changes,
		isMoved,
		known,
	}: {
		readonly parts: readonly PlanPart[];
		readonly problems: readonly Problem[];
		readonly places: TaskPlaces;
		readonly changes: PartChanges;
		/** Whether places of the views before moved as well: what was read anew is then told even if it looks the same. */
		readonly isMoved: boolean;
		readonly known: TaskViews;
	},
): NextViews {
	const worst = places.worst(problems);
	const tasks = new Map<string, TaskView>();
	const total = parts.reduce((sum, part) => sum + part.tasks.length, 0);
	for (const { now } of shownOf(plan.tasks, changes.tasks, total)) {
		tasks.set(now.id, known.of(now, worst.get(now.id) ?? null));
	}
	for (const id of new Set([...before.worst.keys(), ...worst.keys()])) {
		const view = tasks.get(id) ?? before.tasks.get(id);
		const is = worst.get(id) ?? null;
		if (view !== undefined && view.worst !== is) {
			tasks.set(id, { ...view, worst: is });
		}
	}
	const totalSprints = parts.reduce((sum, part) => sum + part.sprints.length, 0);
	const sprints = shownOf(plan.sprints, changes.sprints, totalSprints).map(({ now }) => toSprintView(now));
	const changedTasks = [...tasks.values()].filter((view) => takeView(before.tasks, view) || isMoved);
	const changedSprints = sprints.filter((view) => takeView(before.sprints, view) || isMoved);
	const views = { ...headOf(plan, problems), worst, tasks: before.tasks, sprints: before.sprints };
	return { views, tasks: changedTasks, sprints: changedSprints };
}

/** What a plan shows of what was read anew: of things with one id it has only the first. `total`: all of them. */
function shownOf<T>(
	list: readonly T[],
	replaced: readonly Replaced<T>[],
	total: number,
): readonly Replaced<T>[] {
	if (total === list.length) {
		return replaced;
	}
	const shown = new Set(list);
	return replaced.filter(({ now }) => shown.has(now));
}

/** Puts a view in its place; true when it looks different from the one that was there. */
function takeView<T extends { readonly id: string }>(views: Map<string, T>, view: T): boolean {
	const before = views.get(view.id);
	views.set(view.id, view);
	return JSON.stringify(before) !== JSON.stringify(view);
}

function headOf(plan: Plan, problems: readonly Problem[]) {
	return {
		name: plan.header.name,
		files: plan.files,
		errors: problems.filter(({ severity }) => severity === 'error').length,
		warnings: problems.filter(({ severity }) => severity === 'warning').length,
		tracks: plan.tracks.map(({ number, name, range }) => ({ number, name, range: range ?? null })),
	};
}

function toTaskView(task: Task, worst: Severity | null): TaskView {
	return {
		id: task.id,
		name: task.name,
		description: task.description ?? '',
		type: task.type ?? '',
		estimateMinutes: task.estimateMinutes ?? null,
		dependencies: [...new Set(task.dependencies.map(({ value }) => value))],
		agent: task.agent?.value ?? null,
		...(task.stated !== undefined && { stated: task.stated }),
		range: task.range,
		idRange: task.idRange,
		worst,
	};
}

function toSprintView(sprint: Sprint): SprintView {
	return {
		id: sprint.id,
		name: sprint.name,
		goal: sprint.goal ?? '',
		track: sprint.track ?? null,
		tasks: [...new Set(sprint.tasks.map(({ value }) => value))],
		dependencies: [...new Set(sprint.dependencies.map(({ value }) => value))],
		range: sprint.range,
		idRange: sprint.idRange,
	};
}
