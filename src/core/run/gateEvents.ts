import { blockSuccessors, recomputeBlocked } from './blocking.ts';
import type { CycleOpened } from './events.ts';
import type { GateEntry } from './gateTable.ts';
import type { TaskState } from './runState.ts';
import { isActive, isSatisfied } from './runState.ts';
import type { RunTable } from './runTable.ts';

/**
 * G1: a gate is judged when every verdict of its cycle is there, and not before. Then either repairs are due, or a
 * person is asked and what waits for the gate is blocked. Called after a unit of a gate failed.
 */
export function judgeGate(table: RunTable, gateId: string): void {
	const entry = table.gates.get(gateId);
	const state = table.tasks.get(gateId);
	if (entry === undefined || state === undefined || isSatisfied(state) || state.need !== null) {
		return;
	}
	const failed = judging(table, entry).filter((unit) => unit.status === 'failed' && !isSatisfied(unit));
	if (failed.length === 0 || !isSettled(table, entry)) {
		return;
	}
	if (entry.fresh || (state.used < entry.gate.maxFixCycles && entry.gate.owners.length > 0)) {
		table.gates.due.add(gateId);
		table.changed.add(gateId);
		return;
	}
	const names = failed.map((unit) => unit.task.name).join(', ');
	const wasBlocked = state.status === 'blocked';
	state.need = { kind: 'gate-failed', cycle: entry.cycle };
	state.status = 'blocked';
	state.reason = `${entry.gate.name} did not pass: ${names}. ${afterRepairs(entry, state)}`;
	table.changed.add(gateId);
	if (wasBlocked) {
		// What was blocked through it by something else waits for its answer now.
		recomputeBlocked(table);
		return;
	}
	blockSuccessors(table, state);
}

function afterRepairs(entry: GateEntry, state: TaskState): string {
	if (entry.gate.owners.length === 0) {
		return 'No agent did the work that could repair it: do so, then run it again, or skip the gate.';
	}
	return `${state.used} ${state.used === 1 ? 'cycle' : 'cycles'} of repairs did not help: look at it, then run it again, or skip the gate.`;
}

/** The units of the running cycle whose verdicts count: repairs, integration, validators. */
function judging(table: RunTable, entry: GateEntry): TaskState[] {
	return entry.units
		.flatMap((id) => table.tasks.get(id) ?? [])
		.filter(({ task }) => task.unit?.role !== 'after');
}

/** True when nothing of the cycle runs, can still start, or waits for a person. */
function isSettled(table: RunTable, entry: GateEntry): boolean {
	const units = judging(table, entry);
	const stuck = new Set<string>();
	// In the order of the steps: what waits for a step that failed never starts.
	for (const unit of units) {
		const isOver = unit.status === 'failed' && !isSatisfied(unit);
		const waitsForever = !isActive(unit) && unit.task.dependencies.some((id) => stuck.has(id));
		if (isOver || waitsForever) {
			stuck.add(unit.task.id);
		}
	}
	return units.every((unit) => stuck.has(unit.task.id) || isSatisfied(unit));
}

/** Why a new cycle is void, or null. The rows of the new cycle are made by a new table. */
export function refuseCycle(table: RunTable, event: CycleOpened): string | null {
	const entry = table.gates.get(event.gate);
	if (entry === undefined) {
		return 'there is no such gate';
	}
	if (event.cycle !== entry.cycle + 1) {
		return `cycle ${event.cycle} is not the next one`;
	}
	if (!table.gates.due.has(event.gate)) {
		return 'no cycle of the gate is due';
	}
	const known = event.fixes.find(({ id }) => table.tasks.has(id));
	return known === undefined ? null : `there is a task ${known.id} already`;
}

/** What a new cycle does to the old one, before its rows are made: units that never ran will not. */
export function closeCycle(table: RunTable, event: CycleOpened): void {
	const entry = table.gates.get(event.gate);
	const state = table.tasks.get(event.gate);
	if (entry === undefined || state === undefined) {
		return;
	}
	dropUnits(table, event.gate);
	state.used += entry.fresh ? 0 : 1;
	state.status = 'pending';
	state.reason = '';
	state.completedAt = null;
	state.validation = null;
	entry.fresh = false;
}

/** What a gate no longer needs, because it is skipped or judged anew, is not run. */
export function dropUnits(table: RunTable, gateId: string): void {
	table.gates.due.delete(gateId);
	const entry = table.gates.get(gateId);
	for (const unit of entry === undefined ? [] : judging(table, entry)) {
		if (unit.status !== 'failed' && !isSatisfied(unit) && !isActive(unit)) {
			unit.status = 'cancelled';
			unit.need = null;
			unit.reason = 'Not run: its gate was decided without it.';
			table.ready.delete(unit.task.id);
			table.changed.add(unit.task.id);
		}
	}
}

/** True for a unit of a cycle that another has followed: nothing happens to it any more. */
export function isOfOldCycle(table: RunTable, state: TaskState): boolean {
	const { unit } = state.task;
	if (unit === undefined || unit.role === 'gate' || unit.role === 'after') {
		return false;
	}
	return unit.cycle !== table.gates.get(unit.gate)?.cycle;
}

/** True for a bad verdict of a gate's unit: it stands, and only the gate can be asked for again. */
export function isVerdict({ status, task }: TaskState): boolean {
	return status === 'failed' && task.unit !== undefined && task.unit.role !== 'after';
}

/**
 * The review of the project and of a track start by themselves after the last task (G2): every engine of the run may
 * take them then, and whoever joins later as well, until a person stops them.
 */
export function startedByThemselves(table: RunTable): string[] {
	const found: string[] = [];
	for (const { gate, begun } of table.gates.values()) {
		if (begun && table.tasks.get(gate.id)?.inScope === true) {
			found.push(gate.id);
		}
	}
	return found;
}

/** Whoever was asked for the gate was asked for its new units as well: those that the table `before` had not. */
export function widenScopes(table: RunTable, gateId: string, before: RunTable): void {
	const entry = table.gates.get(gateId);
	const gate = table.tasks.get(gateId);
	if (entry === undefined || gate === undefined) {
		return;
	}
	for (const id of entry.units) {
		const unit = table.tasks.get(id);
		if (unit === undefined || before.tasks.has(id)) {
			continue;
		}
		for (const engine of table.engines.values()) {
			if (engine.scope.has(gateId)) {
				engine.scope.add(id);
			}
		}
		unit.inScope = gate.inScope;
		table.refresh(id);
	}
}

/**
 * A person looked after a gate, or asks for it again: what failed is judged once more, with a fresh budget of repairs.
 * False where it has nothing to renew.
 */
export function renewGate(table: RunTable, state: TaskState): boolean {
	const entry = table.gates.get(state.task.id);
	if (entry === undefined || state.need?.kind !== 'gate-failed') {
		return false;
	}
	state.need = null;
	state.status = 'pending';
	state.reason = '';
	state.used = 0;
	entry.fresh = true;
	table.gates.due.add(state.task.id);
	return true;
}
