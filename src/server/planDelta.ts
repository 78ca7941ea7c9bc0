import type { PlanForm, PlanId } from '../core/plan/plan.ts';
import type { PlanUpdate } from '../protocol/lsp.ts';
import type { PlanViews } from './planViews.ts';

/** What changed of one kind of thing between two states of a plan. */
interface Changes<T> {
	readonly upserts: readonly T[];
	readonly removed: readonly string[];
	/** Null when the things that stayed and came are in the order they had. */
	readonly order: readonly string[] | null;
}

/**
 * The message that brings a receiver from one state of a plan to the next: everything when there is no state before, only
 * what differs otherwise, and null when nothing does.
 */
export function planDelta(
	id: PlanId,
	form: PlanForm,
	{ before, after, version }: { before: PlanViews | null; after: PlanViews; version: number },
): PlanUpdate | null {
	const tasks = changesOf(before?.tasks ?? null, after.tasks);
	const sprints = changesOf(before?.sprints ?? null, after.sprints);
	if (before !== null && isSame(tasks) && isSame(sprints) && sameHead(before, after)) {
		return null;
	}
	return {
		plan: id,
		version,
		reset: before === null,
		removed: false,
		name: after.name,
		form,
		files: after.files,
		errors: after.errors,
		warnings: after.warnings,
		tracks: after.tracks,
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

function changesOf<T>(before: ReadonlyMap<string, T> | null, after: ReadonlyMap<string, T>): Changes<T> {
	if (before === null) {
		return { upserts: [...after.values()], removed: [], order: [...after.keys()] };
	}
	const upserts = [...after].filter(([id, view]) => !sameView(before.get(id), view)).map(([, view]) => view);
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
		sameView(a.files, b.files) &&
		sameView(a.tracks, b.tracks)
	);
}
