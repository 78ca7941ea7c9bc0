import { rowsOf } from '../gateUnits.ts';
import { ProvenDefinitions } from '../provenDefinitions.ts';
import { ReplanState } from '../replanState.ts';
import type { FoldFacts } from '../runFold.ts';
import type { RunPlan } from '../runPlan.ts';
import type { EngineEntry, TaskState } from '../runState.ts';
import { RunTable } from '../runTable.ts';
import { Spending } from '../spending.ts';
import type { TableBefore, TableCounters } from '../tableBefore.ts';
import { unpackColumn } from './columns.ts';
import { unpackIds } from './idRanges.ts';
import type { PackedCounters, PackedFold, PackedReplans, PackedTable } from './packFold.ts';
import { unpackTasks } from './taskColumns.ts';

/**
 * The fold that `packFold` was given, over the plan that it went by. Throws `RangeError` or `TypeError` where it is another
 * plan, or the JSON is of another version.
 */
export function unpackFold({ renames, different, table, ...facts }: PackedFold, plan: RunPlan): FoldFacts {
	return {
		...facts,
		renames: new Map(renames),
		different: new Set(different),
		table: new RunTable(plan, tableBefore(table, plan)),
	};
}

function tableBefore(packed: PackedTable, plan: RunPlan): TableBefore {
	const { cycles, languages, closed, writtenCount } = packed;
	const rows = rowsOf(plan, cycles, languages);
	if (rows.length !== packed.tasks.size) {
		throw new RangeError('the plan has other tasks than the run');
	}
	const ids = rows.map(({ id }) => id);
	const gates = new Map(packed.gates);
	return {
		cycles,
		languages,
		closed,
		writtenCount,
		spending: Object.assign(new Spending(), packed.spending),
		engines: new Map(packed.engines.map((engine) => [engine.id, engineEntry(engine, ids)])),
		parked: new Map(packed.parked),
		absent: new Set(packed.absent),
		proven: new ProvenDefinitions(packed.proven),
		replans: replanState(packed.replans, ids),
		tasks: byId(unpackTasks(packed.tasks, rows)),
		gone: byId(unpackTasks(packed.gone, [])),
		gates: { due: new Set(packed.due), get: (id) => gates.get(id) },
		stood: { ...counters(packed.counters, ids), rows },
	};
}

function byId(states: readonly TaskState[]): Map<string, TaskState> {
	return new Map(states.map((state) => [state.task.id, state]));
}

function engineEntry(
	{ scope, ...engine }: PackedTable['engines'][number],
	ids: readonly string[],
): EngineEntry {
	return { ...engine, scope: new Set(unpackIds(scope, ids)) };
}

function counters(packed: PackedCounters, ids: readonly string[]): TableCounters {
	return {
		...packed,
		unmet: unpackColumn(packed.unmet, ids.length),
		active: unpackIds(packed.active, ids),
		ready: unpackIds(packed.ready, ids),
	};
}

function replanState(packed: PackedReplans, ids: readonly string[]): ReplanState {
	const replans = new ReplanState(unpackIds(packed.firstTasks, ids));
	for (const [id, discovery] of packed.discoveries) {
		replans.discoveries.set(id, discovery);
	}
	for (const [id, reason] of packed.left) {
		replans.left.set(id, reason);
	}
	replans.applied.push(...packed.applied);
	replans.rejected.push(...packed.rejected);
	replans.claim = packed.claim;
	return replans;
}
