import type { PlanUpdate } from '../../protocol/lsp.ts';
import { movePlaces } from './movePlaces.ts';
import type { PlanModel } from './planModel.ts';

/**
 * The plan after one update of the server. `previous` is what the update builds on; it is ignored where the update is a
 * reset. Ids that an order names and nobody sent are left out, so that a lost message cannot make a view throw.
 */
export function applyPlanUpdate(previous: PlanModel | undefined, update: PlanUpdate): PlanModel {
	const moved = update.moved ?? [];
	const base = update.reset || previous === undefined ? undefined : movePlaces(previous, moved);
	return {
		id: update.plan,
		version: update.version,
		name: update.name,
		form: update.form,
		...(update.foreign !== undefined && { foreign: update.foreign }),
		...(update.opened === true && { opened: true }),
		files: update.files ?? previous?.files ?? [],
		errors: update.errors,
		warnings: update.warnings,
		tracks: update.tracks,
		sprints: merge(base?.sprints, update.sprints, update.removedSprints, update.sprintOrder),
		tasks: merge(base?.tasks, update.tasks, update.removedTasks, update.taskOrder),
	};
}

function merge<T extends { readonly id: string }>(
	base: ReadonlyMap<string, T> | undefined,
	upserts: readonly T[],
	removed: readonly string[],
	order: readonly string[] | null,
): ReadonlyMap<string, T> {
	if (base !== undefined && upserts.length === 0 && removed.length === 0 && order === null) {
		return base;
	}
	const merged = new Map(base);
	for (const id of removed) {
		merged.delete(id);
	}
	for (const item of upserts) {
		merged.set(item.id, item);
	}
	return order === null ? merged : inOrder(merged, order);
}

function inOrder<T>(items: ReadonlyMap<string, T>, order: readonly string[]): ReadonlyMap<string, T> {
	const ordered = new Map<string, T>();
	for (const id of order) {
		const item = items.get(id);
		if (item !== undefined) {
			ordered.set(id, item);
		}
	}
	for (const [id, item] of items) {
		if (!ordered.has(id)) {
			ordered.set(id, item);
		}
	}
	return ordered;
}
