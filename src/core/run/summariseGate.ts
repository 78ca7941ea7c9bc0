import type { GatePlace, RunUnit } from './runGate.ts';
import type { TaskState, TaskSummary } from './runState.ts';
import type { RunTable } from './runTable.ts';
import { summariseTask } from './summarise.ts';

/**
 * How a gate stands: it waits for its tasks, its verdicts are being collected, repairs run, it passed, it did not (and a
 * person is asked), a person skipped it, what it waits for failed, or nobody gave it a check.
 */
export type GateStatus =
	| 'waiting'
	| 'judging'
	| 'repairing'
	| 'passed'
	| 'failed'
	| 'skipped'
	| 'blocked'
	| 'not-configured';

/** One unit of a gate for views. */
export interface UnitSummary extends TaskSummary {
	readonly name: string;
	readonly role: RunUnit['role'];
	readonly slot: string;
	readonly cycle: number;
	readonly advisory: boolean;
}

/** One gate for views and `status --json`. */
export interface GateSummary {
	readonly id: string;
	readonly name: string;
	readonly level: GatePlace;
	readonly sprint: string | null;
	readonly track: number | null;
	readonly number: number | null;
	readonly status: GateStatus;
	/** From 1. */
	readonly cycle: number;
	readonly reason: string;
	readonly needsPerson: boolean;
	readonly passedAt: number | null;
	/** Declared slots without a check: never passed. */
	readonly unconfigured: readonly string[];
	/** The units of all cycles, in their order. */
	readonly units: readonly UnitSummary[];
}

/** True where there is still something to run for a gate, or to run again. */
export function isOpenGate({ status }: Pick<GateSummary, 'status'>): boolean {
	return status !== 'passed' && status !== 'skipped' && status !== 'not-configured';
}

/** All gates of a run, in plan order. Costs what they hold. */
export function summariseGates(table: RunTable): readonly GateSummary[] {
	const units = new Map<string, TaskState[]>();
	for (const state of table.tasks.values()) {
		const { unit } = state.task;
		if (unit !== undefined && unit.role !== 'gate') {
			const list = units.get(unit.gate) ?? [];
			list.push(state);
			units.set(unit.gate, list);
		}
	}
	return [...table.gates.values()].flatMap(({ gate, cycle }) => {
		const state = table.tasks.get(gate.id);
		if (state === undefined) {
			return [];
		}
		const parts = (units.get(gate.id) ?? []).map((unit) => summariseUnit(table, unit));
		const { id, name, level, sprint, track, number, unconfigured } = gate;
		return [
			{
				...{ id, name, level, sprint, track, number, unconfigured, cycle },
				status: statusOf(
					state,
					parts.filter((part) => part.cycle === cycle),
					gate.validators.length > 0 || gate.integration !== null || gate.unconfigured.length === 0,
				),
				reason: summariseTask(table, state).reason,
				needsPerson: state.need !== null,
				passedAt: state.status === 'completed' ? state.completedAt : null,
				units: parts,
			},
		];
	});
}

function summariseUnit(table: RunTable, state: TaskState): UnitSummary {
	const { role = 'validation', slot = '', cycle = 1, advisory = false } = state.task.unit ?? {};
	return { ...summariseTask(table, state), name: state.task.name, role, slot, cycle, advisory };
}

function statusOf(state: TaskState, units: readonly UnitSummary[], judges: boolean): GateStatus {
	switch (state.status) {
		case 'completed':
			return judges ? 'passed' : 'not-configured';
		case 'skipped':
			return 'skipped';
		case 'blocked':
			return state.need === null ? 'blocked' : 'failed';
		default:
			break;
	}
	const isUnderWay = ({ status }: UnitSummary) => status !== 'pending' && status !== 'blocked';
	if (units.some((unit) => unit.role === 'fix' && unit.status !== 'completed')) {
		return 'repairing';
	}
	return units.some((unit) => unit.role !== 'after' && isUnderWay(unit)) ? 'judging' : 'waiting';
}
