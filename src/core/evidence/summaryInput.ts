import type { RunReport } from '../history/runReport.ts';
import type { ReplanState } from '../run/replanState.ts';
import type { RunPlan } from '../run/runPlan.ts';
import type { TaskState } from '../run/runState.ts';
import type { RunCosts } from '../run/spending.ts';
import type { GateSummary } from '../run/summariseGate.ts';
import type { Secret } from './redact.ts';
import type { EvidenceRecord, StaleEvidence } from './staleness.ts';

/** Everything that the summary of a run and the review of the project speak of. */
export interface SummaryInput {
	readonly run: string;
	readonly plan: RunPlan;
	readonly report: RunReport;
	/** The tasks of the plan, in its order. */
	readonly tasks: readonly TaskState[];
	/** Gates, repairs and all: what took time besides the tasks. */
	readonly units: readonly TaskState[];
	readonly gates: readonly GateSummary[];
	readonly records: readonly EvidenceRecord[];
	readonly stale: StaleEvidence;
	/** US dollars that the workers of a task or unit reported; those that said nothing are missing. */
	readonly costs: ReadonlyMap<string, number>;
	/** What all jobs of agents cost together, those that said nothing counted by themselves. */
	readonly spending?: RunCosts;
	/** What was found while working, and what became of it. */
	readonly replans?: ReplanState;
	readonly secrets: readonly Secret[];
}
