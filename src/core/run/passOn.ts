import type { RunPlan } from './runPlan.ts';
import type { RunTable } from './runTable.ts';

/**
 * D6: files what is known of renamed tasks under their new ids, as far as a plan has the new id and not the old one, for the
 * table that takes the place of this one. What is passed on is no longer in `renames`; true where anything was.
 */
export function passOn(table: RunTable, renames: Map<string, string>, plan: RunPlan): boolean {
	if (renames.size === 0) {
		return false;
	}
	const ids = new Set(plan.tasks.map(({ id }) => id));
	const due = [...renames].filter(([from, to]) => ids.has(to) && !ids.has(from));
	for (const [from, to] of due) {
		renames.delete(from);
		passOnOne(table, from, to);
	}
	return due.length > 0;
}

function passOnOne(table: RunTable, from: string, to: string): void {
	const state = table.knownState(from);
	if (state === undefined) {
		return;
	}
	table.tasks.delete(from);
	table.gone.delete(from);
	table.tasks.set(to, { ...state, task: { ...state.task, id: to } });
	for (const { scope } of table.engines.values()) {
		if (scope.has(from)) {
			scope.add(to);
		}
	}
}
