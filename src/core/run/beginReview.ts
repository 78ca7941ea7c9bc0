import type { TaskState } from './runState.ts';
import type { RunTable } from './runTable.ts';

/** G2: the review of a track or of the project begins by itself, with whichever engine is there. */
export function beginReview(table: RunTable, state: TaskState): void {
	const entry = table.gates.get(state.task.unit?.gate ?? '');
	if (entry === undefined || entry.begun || !/^(track|project)$/.test(entry.gate.level)) {
		return;
	}
	entry.begun = true;
	for (const id of [entry.gate.id, ...entry.units]) {
		for (const engine of table.engines.values()) {
			if (!engine.stopped && !engine.draining) {
				engine.scope.add(id);
			}
		}
		const unit = table.tasks.get(id);
		if (unit !== undefined) {
			unit.inScope = true;
			table.refresh(id);
		}
	}
}
