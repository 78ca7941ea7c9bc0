import { sameJson } from '../../core/base/sameJson.ts';
import type { RunPlan, RunTask } from '../../core/run/runPlan.ts';
import type { PlanChanges, PlanColumn } from '../../protocol/planChanges.ts';

/** What differs between two versions of a plan; null where they do not have the same tasks in the same order. */
export function comparePlans(before: RunPlan, after: RunPlan): PlanChanges | null {
	const { tasks } = after;
	if (tasks.length !== before.tasks.length || tasks.some(({ id }, place) => id !== before.tasks[place]?.id)) {
		return null;
	}
	const fields: Record<string, unknown> = {};
	const dropped = Object.keys(before).filter((name) => !(name in after));
	for (const [name, value] of Object.entries(after)) {
		if (name !== 'tasks' && !sameJson(value, before[name as keyof RunPlan])) {
			fields[name] = value;
		}
	}
	return { fields, dropped, columns: compareTasks(before.tasks, tasks) };
}

function compareTasks(before: readonly RunTask[], after: readonly RunTask[]): PlanColumn[] {
	const columns = new Map<string, PlanColumn>();
	const columnOf = (field: string): PlanColumn => {
		const known = columns.get(field) ?? { field, places: [], values: [], dropped: [] };
		columns.set(field, known);
		return known;
	};
	for (const [place, task] of after.entries()) {
		const old = before[place] as unknown as Readonly<Record<string, unknown>>;
		const now = task as unknown as Readonly<Record<string, unknown>>;
		for (const field in now) {
			const value = now[field];
			if (value !== old[field] && !sameJson(value, old[field])) {
				const { places, values } = columnOf(field);
				places.push(place);
				values.push(value);
			}
		}
		for (const field in old) {
			if (!(field in now)) {
				columnOf(field).dropped.push(place);
			}
		}
	}
	return [...columns.values()];
}
