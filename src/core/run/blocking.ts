import type { TaskState } from './runState.ts';
import type { RunTable } from './runTable.ts';

/**
 * T4: what depends on a task that failed or needs a person is blocked, with the path that says why; G2: so are the
 * later sprints of its track. Behind several, the first in the order of the plan is named, whichever came
 * first, so that a new plan renames none. Costs what it blocks, and what it takes over from later ones.
 */
export function blockSuccessors(table: RunTable, origin: TaskState): void {
	const ending = origin.need === null ? 'which failed' : 'which needs a person';
	const seenSprints = new Set<string>();
	const queue: { id: string; path: string }[] = [{ id: origin.task.id, path: origin.task.id }];
	for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
		for (const id of successorsOf(table, next.id, seenSprints)) {
			const state = table.tasks.get(id);
			if (state === undefined || !mayBlock(table, state, origin)) {
				continue;
			}
			state.status = 'blocked';
			state.reason = `Blocked by ${next.path}, ${ending}.`;
			state.blockedBy = origin.task.id;
			table.ready.delete(id);
			table.changed.add(id);
			queue.push({ id, path: `${id} → ${next.path}` });
		}
	}
}

/** Whether a task waits, or is blocked by what comes later in the plan. */
function mayBlock(table: RunTable, { status, need, blockedBy }: TaskState, origin: TaskState): boolean {
	if (status !== 'blocked') {
		return status === 'pending' || status === 'ready';
	}
	return (
		need === null &&
		blockedBy !== null &&
		table.ready.placeOf(origin.task.id) < table.ready.placeOf(blockedBy)
	);
}

/** Lets everything that was blocked wait again, then blocks what still must be: after a retry, an answer or a new plan. */
export function recomputeBlocked(table: RunTable): void {
	for (const state of table.tasks.values()) {
		if (state.status === 'blocked' && state.need === null) {
			state.status = 'pending';
			state.reason = '';
			state.blockedBy = null;
			table.refresh(state.task.id);
			table.changed.add(state.task.id);
		}
	}
	for (const state of table.tasks.values()) {
		if ((state.status === 'failed' && state.task.unit === undefined) || state.need !== null) {
			blockSuccessors(table, state);
		}
	}
}

/** Direct dependents, and once per sprint the tasks of the sprints that wait for it. */
function successorsOf(table: RunTable, id: string, seenSprints: Set<string>): readonly string[] {
	const gate = table.sprintOf(id);
	// A unit is no task of its sprint: only the gate itself holds the next one back (G2).
	const role = table.definitionOf(id)?.unit?.role ?? 'gate';
	if (gate === undefined || role !== 'gate' || seenSprints.has(gate.sprint.id)) {
		return table.dependentsOf(id);
	}
	const later: string[] = [];
	const reached = [gate];
	for (let sprint = reached.pop(); sprint !== undefined; sprint = reached.pop()) {
		if (seenSprints.has(sprint.sprint.id)) {
			continue;
		}
		seenSprints.add(sprint.sprint.id);
		for (const next of sprint.successors.flatMap((name) => table.sprints.get(name) ?? [])) {
			later.push(...table.membersOf(next.sprint));
			// A sprint without open tasks hands on what blocks it.
			if (next.remaining === 0) {
				reached.push(next);
			}
		}
	}
	return [...table.dependentsOf(id), ...later];
}
