import type { GateEntry } from '../gateTable.ts';
import type { Proven } from '../provenDefinitions.ts';
import type { ReplanState } from '../replanState.ts';
import type { FoldFacts } from '../runFold.ts';
import type { EngineEntry } from '../runState.ts';
import type { RunTable } from '../runTable.ts';
import type { PassedOverIds, TableBefore } from '../tableBefore.ts';
import type { Column } from './columns.ts';
import { packColumn } from './columns.ts';
import type { IdRanges } from './idRanges.ts';
import { packIds } from './idRanges.ts';
import type { TaskColumns } from './taskColumns.ts';
import { packTasks } from './taskColumns.ts';

type Entries<Key, Value> = readonly (readonly [Key, Value])[];

/** A fold as JSON, without the plan that it goes by; `unpackFold` makes the same fold of it. */
export interface PackedFold extends Pick<FoldFacts, 'created' | 'held' | 'updatedAt' | 'revision'> {
	readonly renames: Entries<string, string>;
	readonly different: readonly string[];
	readonly table: PackedTable;
}

export interface PackedTable
	extends Pick<TableBefore, 'cycles' | 'languages' | 'closed' | 'writtenCount' | 'spending'> {
	readonly engines: readonly (Omit<EngineEntry, 'scope'> & { readonly scope: IdRanges })[];
	readonly parked: Entries<string, number>;
	readonly absent: readonly string[];
	readonly proven: Entries<string, Proven>;
	readonly replans: PackedReplans;
	readonly tasks: TaskColumns;
	readonly gone: TaskColumns;
	readonly gates: Entries<string, Pick<GateEntry, 'cycle' | 'fresh' | 'begun'>>;
	readonly due: readonly string[];
	readonly counters: PackedCounters;
}

export interface PackedReplans extends Pick<ReplanState, 'applied' | 'rejected' | 'claim'> {
	readonly discoveries: Entries<string, ReplanState['discoveries'] extends Map<string, infer D> ? D : never>;
	readonly left: Entries<string, string>;
	readonly firstTasks: IdRanges;
}

export interface PackedCounters {
	readonly completedCount: number;
	readonly unmet: Column<number>;
	readonly sprints: Entries<number, number>;
	readonly active: IdRanges;
	readonly ready: IdRanges;
	readonly passedOver: PassedOverIds;
}

/** What a fold knows, as JSON. It shares what it holds with the fold: it is to be written before the next line is taken. */
export function packFold({ table, renames, different, ...facts }: FoldFacts): PackedFold {
	return { ...facts, renames: [...renames], different: [...different], table: packTable(table) };
}

function packTable(table: RunTable): PackedTable {
	const { cycles, languages, closed, writtenCount, spending, replans, tasks, gone, counters } = table;
	const rows = new Map([...tasks.keys()].map((id, row) => [id, row]));
	const definitions = [...tasks.keys()].map((id) => table.definitionOf(id));
	return {
		cycles,
		languages,
		closed,
		writtenCount,
		spending,
		engines: [...table.engines.values()].map(({ scope, ...engine }) => ({
			...engine,
			scope: packIds(scope, rows),
		})),
		parked: [...table.parked],
		absent: [...table.absent],
		proven: [...table.proven.entries()],
		replans: packReplans(replans, rows),
		tasks: packTasks([...tasks.values()], definitions),
		gone: packTasks([...gone.values()], []),
		gates: [...table.gates.values()].map(({ gate, cycle, fresh, begun }) => [
			gate.id,
			{ cycle, fresh, begun },
		]),
		due: [...table.gates.due],
		counters: {
			completedCount: counters.completedCount,
			unmet: packColumn(counters.unmet),
			sprints: counters.sprints,
			active: packIds(counters.active, rows),
			ready: packIds(counters.ready, rows),
			passedOver: counters.passedOver,
		},
	};
}

function packReplans(replans: ReplanState, rows: ReadonlyMap<string, number>): PackedReplans {
	const { discoveries, applied, rejected, claim, left, firstTasks } = replans;
	return {
		discoveries: [...discoveries],
		applied,
		rejected,
		claim,
		left: [...left],
		firstTasks: packIds(firstTasks, rows),
	};
}
