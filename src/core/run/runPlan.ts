import type { Command, EvidenceLayout, PlanForm, Prompt } from '../plan/plan.ts';
import type { RunGate, RunUnit } from './runGate.ts';
import type { StrategyName, StrategyRules } from './strategies.ts';

/** What a task's worker is, decided before the run starts (EXECUTION T6). */
export type Work =
	| { readonly kind: 'command'; readonly command: Command }
	| {
			readonly kind: 'agent';
			readonly agent: string;
			readonly command: Command;
			readonly env: Readonly<Record<string, string>>;
			readonly prompt: Prompt;
	  }
	/** Only checks: a validator, or an integration that does nothing but run the tests. The command is empty. */
	| { readonly kind: 'none'; readonly command: Command };

/** A check with every default applied. */
export interface RunCheck {
	readonly command: Command;
	readonly expectExit: number;
	readonly timeoutMinutes: number;
}

/** A task with every default applied and every reference resolved: what the engine needs and nothing else. */
export interface RunTask {
	readonly id: string;
	readonly name: string;
	readonly description: string;
	readonly type: string;
	readonly sprint: string | null;
	readonly track: number | null;
	readonly estimateMinutes: number | null;
	/** Kahn level of dependencies and sprint order, counted from 1 (P1). */
	readonly layer: number;
	/**
	 * Where the strategy has barriers: a task may start while no task of a lower stage runs or could start, in the whole
	 * run or, for strategy `batches`, in the same sprint. Null: outside of all barriers. See `stagesOf.ts` for what a gate
	 * between two layers states.
	 */
	readonly stage: number | null;
	/** Ids of tasks of this plan; dangling ones were refused before. */
	readonly dependencies: readonly string[];
	readonly acceptanceCriteria: readonly string[];
	readonly work: Work;
	readonly checks: readonly RunCheck[];
	readonly produces: readonly string[];
	readonly touches: readonly string[];
	readonly locks: readonly string[];
	readonly priority: number;
	readonly timeoutMinutes: number;
	/** How often the work may be tried: one, plus `retries` (T2). */
	readonly maxAttempts: number;
	readonly idempotent: boolean;
	readonly env: Readonly<Record<string, string>>;
	/** Relative to the root, `.` for the root itself. */
	readonly cwd: string;
	/** Left out for the tasks of a plan; set for a gate and what it is made of (`gateUnits.ts`). */
	readonly unit?: RunUnit;
}

export interface RunSprint {
	readonly id: string;
	readonly name: string;
	readonly track: number | null;
	readonly tasks: readonly string[];
	readonly dependencies: readonly string[];
	/** Sprints are listed in the order in which they open within their track (G2). */
	readonly estimateMinutes: number;
}

export interface RunTrack {
	readonly number: number;
	readonly name: string;
	readonly estimateMinutes: number;
}

/** What a person chose for one run in place of what the plan and its strategy say (S1). */
export interface RunChoice {
	readonly strategy?: StrategyName;
	/** Tasks of the run at once. */
	readonly agents?: number;
}

/** The snapshot a run executes (EXECUTION D6), plain JSON: made by a loader process, kept beside the journal. */
export interface RunPlan {
	readonly schema: 1;
	readonly key: string;
	readonly form: PlanForm;
	readonly name: string;
	readonly strategy: string;
	/** The numbers of the strategy for this plan (S1). */
	readonly rules: StrategyRules;
	/** Tasks of the run at once, over all engines. */
	readonly jobs: number;
	/** Kept with the run: whoever joins it, or reads the plan again, goes by it too (D5). */
	readonly chosen?: RunChoice;
	/** Folder of the evidence, relative to the root. */
	readonly evidence: string;
	readonly tracks: readonly RunTrack[];
	readonly sprints: readonly RunSprint[];
	readonly tasks: readonly RunTask[];
	/** Left out where no gate is declared, and in snapshots of older versions. */
	readonly gates?: readonly RunGate[];
	/** `milestones` unless said otherwise (FORMATS 2.3). */
	readonly evidenceLayout?: EvidenceLayout;
}
