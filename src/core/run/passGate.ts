import type { TaskState } from './runState.ts';
import type { RunTable } from './runTable.ts';

/** A gate has passed when everything that judges is settled (G1). It passed at the time of the last verdict. */
export function passGate(table: RunTable, state: TaskState): void {
	if (table.gates.get(state.task.id)?.fresh === true) {
		table.gates.due.add(state.task.id);
		return;
	}
	const times = state.task.dependencies.flatMap((id) => table.tasks.get(id)?.completedAt ?? []);
	const judged = state.task.dependencies.some((id) => table.tasks.get(id)?.task.unit !== undefined);
	state.status = 'completed';
	state.validation = judged ? 'checks' : null;
	state.completedAt = times.length === 0 ? null : Math.max(...times);
	state.reason = '';
	state.blockedBy = null;
	table.gates.due.delete(state.task.id);
	table.changed.add(state.task.id);
	table.satisfy(state.task.id);
}
