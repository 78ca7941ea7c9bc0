import type { PlanForm, PlanId } from '../core/plan/plan.ts';
import type { FileMove, PlanUpdate, SprintView, TaskView } from '../protocol/lsp.ts';
import type { NextViews, PlanViews } from './planViews.ts';

/** What changed of one kind of thing between two states of a plan. */
interface Changes<T> {
	readonly upserts: readonly T[];
	readonly removed: readonly string[];
	/** Null when the things that stayed and came are in the order they had. */
	readonly order: readonly string[] | null;
}

/** What every message about one plan names. */
export interface PlanName {
	readonly id: PlanId;
	readonly form: PlanForm;
}

/**
 * The message that brings a receiver from one state of a plan to the next: everything when there is no state before, only
 * what differs otherwise, and null when nothing does. `moved` says how the places of the state before moved; null when that
 * is not known, so that everything is sent.
 */
export function planDelta(
	plan: PlanName,
	{
		before,
		after,
		version,
		moved = [],
	}: {
		readonly before: PlanViews | null;
		readonly after: PlanViews;
		readonly version: number;
		readonly moved?: readonly FileMove[] | null;
	},
): PlanUpdate | null {
	const tasks = changesOf(before?.tasks ?? null, after.tasks, moved);
	const sprints = changesOf(before?.sprints ?? null, after.sprints, moved);
	const isQuiet = before !== null && isSame(tasks) && isSame(sprints) && sameHead(before, after);
	if (isQuiet && moved?.length === 0) {
		return null;
	}
	return message(plan, after, { tasks, sprints, version, moved: moved ?? [], before });
}

/** The same for a change that left all ids in their places. */
export function planStep(
	plan: PlanName,
	{
		before,
		next,
		version,
		moved,
	}: {
		readonly before: PlanViews;
		readonly next: NextViews;
		readonly version: number;
		readonly moved: readonly FileMove[];
	},
): PlanUpdate | null {
	const tasks = { upserts: next.tasks, removed: [], order: null };
	const sprints = { upserts: next.sprints, removed: [], order: null };
	if (isSame(tasks) && isSame(sprints) && moved.length === 0 && sameHead(before, next.views)) {
		return null;
	}
	return message(plan, next.views, { tasks, sprints, version, moved, before });
}

function message(
	{ id, form }: PlanName,
	after: PlanViews,
	what: {
		readonly tasks: Changes<TaskView>;
		readonly sprints: Changes<SprintView>;
		readonly version: number;
		readonly moved: readonly FileMove[];
		/** Null where everything is sent. */
		readonly before: PlanViews | null;
	},
): PlanUpdate {
	const { tasks, sprints, version, moved, before } = what;
	const reset = before === null;
	return {
		plan: id,
		version,
		reset,
		removed: false,
		name: after.name,
		form,
		files: before !== null && sameFiles(before, after) ? null : after.files,
		errors: after.errors,
		warnings: after.warnings,
		tracks: after.tracks,
		...(moved.length > 0 && !reset && { moved }),
		tasks: tasks.upserts,
		removedTasks: tasks.removed,
		taskOrder: tasks.order,
		sprints: sprints.upserts,
		removedSprints: sprints.removed,
		sprintOrder: sprints.order,
	};
}

/** The message that a plan is gone. */
export function planRemoval(
	id: PlanId,
	form: PlanForm,
	{ name, version }: { name: string; version: number },
): PlanUpdate {
	return {
		plan: id,
		version,
		reset: true,
		removed: true,
		name,
		form,
		files: [],
		errors: 0,
		warnings: 0,
		tracks: [],
		tasks: [],
		removedTasks: [],
		taskOrder: null,
		sprints: [],
		removedSprints: [],
		sprintOrder: null,
	};
}

function changesOf<T>(
	before: ReadonlyMap<string, T> | null,
	after: ReadonlyMap<string, T>,
	moved: readonly FileMove[] | null,
): Changes<T> {
	if (before === null) {
		return { upserts: [...after.values()], removed: [], order: [...after.keys()] };
	}
	// A view that is still the same object moves at the receiver as it does here; of others that is not known where places
	// moved, so that they are sent. Where nobody knows how places moved, all are.
	const isSent = (id: string, view: T) =>
		moved === null || (before.get(id) !== view && (moved.length > 0 || !sameView(before.get(id), view)));
	const upserts = [...after].filter(([id, view]) => isSent(id, view)).map(([, view]) => view);
	const removed = [...before.keys()].filter((id) => !after.has(id));
	const kept = [...before.keys()].filter((id) => after.has(id));
	const added = [...after.keys()].filter((id) => !before.has(id));
	const order = [...after.keys()];
	// A receiver keeps what it has in place and appends what is new; only a different order has to be told.
	const isImplied = [...kept, ...added].every((id, index) => id === order[index]);
	return { upserts, removed, order: isImplied ? null : order };
}

function sameView(a: unknown, b: unknown): boolean {
	return a !== undefined && JSON.stringify(a) === JSON.stringify(b);
}

function isSame({ upserts, removed, order }: Changes<unknown>): boolean {
	return upserts.length === 0 && removed.length === 0 && order === null;
}

function sameHead(a: PlanViews, b: PlanViews): boolean {
	return (
		a.name === b.name &&
		a.errors === b.errors &&
		a.warnings === b.warnings &&
		sameFiles(a, b) &&
		sameView(a.tracks, b.tracks)
	);
}

function sameFiles(a: PlanViews, b: PlanViews): boolean {
	return a.files === b.files || sameView(a.files, b.files);
}
