import * as z from 'zod/mini';
import type { RunPlan, RunTask } from '../core/run/runPlan.ts';

/** One field of some tasks; a plan of 10,000 tasks that changes in one field is told in one of these. */
const column = z.object({
	field: z.string(),
	/** Places of tasks in the plan's list, and beside each what the field says now. */
	places: z.array(z.number()),
	values: z.array(z.unknown()),
	/** Places of tasks that do not have the field any more. */
	dropped: z.array(z.number()),
});

/**
 * What turns one version of a run plan into the next, where both have the same tasks in the same order: another
 * strategy, or an edit of a task.
 */
export const planChanges = z.object({
	/** Fields of the plan itself, without its tasks. */
	fields: z.record(z.string(), z.unknown()),
	dropped: z.array(z.string()),
	columns: z.array(column),
});
export type PlanChanges = z.infer<typeof planChanges>;
export type PlanColumn = z.infer<typeof column>;

/** The next version of a plan. What did not change is the same object in both. */
export function changePlan(plan: RunPlan, { fields, dropped, columns }: PlanChanges): RunPlan {
	const changed = { ...plan, ...fields, tasks: changeTasks(plan.tasks, columns) };
	return without(changed, dropped);
}

function changeTasks(tasks: readonly RunTask[], columns: readonly PlanColumn[]): readonly RunTask[] {
	if (columns.length === 0) {
		return tasks;
	}
	const changed: RunTask[] = [...tasks];
	const own = new Set<number>();
	const copyAt = (place: number): Record<string, unknown> | undefined => {
		const task = changed[place];
		if (task === undefined || own.has(place)) {
			return task as Record<string, unknown> | undefined;
		}
		own.add(place);
		const copy = { ...task };
		changed[place] = copy;
		return copy as unknown as Record<string, unknown>;
	};
	for (const { field, places, values, dropped } of columns) {
		for (const [index, place] of places.entries()) {
			const task = copyAt(place);
			if (task !== undefined) {
				task[field] = values[index];
			}
		}
		for (const place of dropped) {
			delete copyAt(place)?.[field];
		}
	}
	return changed;
}

function without<T extends object>(value: T, names: readonly string[]): T {
	const gone = new Set(names);
	return gone.size === 0
		? value
		: (Object.fromEntries(Object.entries(value).filter(([name]) => !gone.has(name))) as T);
}
