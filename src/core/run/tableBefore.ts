import type { CycleOpened, LanguagesFound } from './events.ts';
import type { GatesBefore } from './gateTable.ts';
import type { ProvenDefinitions } from './provenDefinitions.ts';
import type { ReplanState } from './replanState.ts';
import type { RunTask } from './runPlan.ts';
import type { EngineEntry, TaskState } from './runState.ts';
import type { Spending } from './spending.ts';

/** What one table of a run hands on to the next. */
export interface TableBefore {
	readonly cycles: readonly CycleOpened[];
	readonly languages: readonly LanguagesFound[];
	readonly engines: Map<string, EngineEntry>;
	readonly parked: Map<string, number>;
	readonly absent: Set<string>;
	readonly spending: Spending;
	readonly closed: boolean;
	readonly writtenCount: number;
	readonly proven: ProvenDefinitions;
	readonly replans: ReplanState;
	readonly tasks: Map<string, TaskState>;
	/** States of tasks that an older plan had. */
	readonly gone: Map<string, TaskState>;
	readonly gates: GatesBefore;
	/** Only of a table that was put aside (`checkpoint/packFold.ts`): the next one stands as it stood. */
	readonly stood?: TableCounters & { readonly rows: readonly RunTask[] };
}

/** What a table counts. It could be derived from the states, but for what depends on the order in which things happened. */
export interface TableCounters {
	readonly completedCount: number;
	/** How many predecessors each row still waits for. */
	readonly unmet: readonly number[];
	/** Of each sprint. */
	readonly sprints: readonly (readonly [unmet: number, remaining: number])[];
	/** In the order in which they took their slots. */
	readonly active: readonly string[];
	readonly ready: readonly string[];
	/** How often ready tasks were passed over (S2), and whose turn it is therefore, the first one first. */
	readonly passedOver: PassedOverIds;
}

export interface PassedOverIds {
	readonly counts: readonly (readonly [id: string, count: number])[];
	readonly due: readonly string[];
}
