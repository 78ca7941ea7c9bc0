import type { Reports } from '../plan/check.ts';
import type { Command, PlanForm, Prompt, Tier } from '../plan/plan.ts';
import type { EvidenceLayout, ReplanPolicy, StateFilePlace } from '../plan/planHeader.ts';
import type { RunGate, RunUnit } from './runGate.ts';
import type { StrategyName, StrategyRules } from './strategies.ts';

/** What a task's worker is, decided before the run starts (EXECUTION T6). */
export type Work = CommandWork | AgentWork | NoWork;

/** Only checks: a validator, or an integration that does nothing but run the tests. The command is empty. */
export interface NoWork {
	readonly kind: 'none';
	readonly command: Command;
}

export interface CommandWork {
	readonly kind: 'command';
	readonly command: Command;
}

export interface AgentWork {
	readonly kind: 'agent';
	readonly agent: string;
	readonly command: Command;
	readonly env: Readonly<Record<string, string>>;
	readonly prompt: Prompt;
	/** The model it is asked to use; absent = the agent's own choice. */
	readonly model?: string;
	/** Regular expressions that tell its usage limit from another failure, beside the known ones (T3). */
	readonly usageLimit?: readonly string[];
	/** Who works while its usage limit lasts. */
	readonly fallback?: AgentWork;
}

/**
 * A check with every default applied. A snapshot of an older version has no `kind`: those are commands. Checks run in the
 * order in which they are listed, and the first that fails ends them.
 */
export type RunCheck = CommandRunCheck | AgentRunCheck | ApprovalRunCheck;

interface RunCheckBase {
	readonly name?: string;
	/** A failure is shown and holds nothing up (FORMATS 1.4). */
	readonly advisory?: true;
}

export interface CommandRunCheck extends RunCheckBase {
	readonly kind?: 'command';
	readonly command: Command;
	readonly expectExit: number;
	readonly timeoutMinutes: number;
	readonly reports?: Reports;
	/** Percent of lines. */
	readonly minCoverage?: number;
	readonly maxFindings?: number;
	/** It is also made before the first attempt, and only what is new since then fails it. */
	readonly baseline?: true;
}

/** An agent that judges and answers in the verdict schema (T7), in a session of its own (G3). */
export interface AgentRunCheck extends RunCheckBase {
	readonly kind: 'agent';
	readonly persona: string;
	readonly work: AgentWork;
	/** What it judges by; never empty. */
	readonly criteria: readonly string[];
	readonly timeoutMinutes: number;
}

/** A person who must agree; the slot is given back while they are asked (S2). */
export interface ApprovalRunCheck extends RunCheckBase {
	readonly kind: 'approval';
	readonly what: string;
}

/** One link of the chain inside a task: the unit of journal, retry and agent session. */
export interface RunStep {
	/** What views call it: its name, else its persona, else its number. */
	readonly name: string;
	readonly persona: string;
	readonly work: Work;
	/** Who works on T2, where that is somebody else. */
	readonly t2?: Work;
	readonly startTier?: Tier;
	readonly checks: readonly RunCheck[];
	readonly touches: readonly string[];
	readonly produces: readonly string[];
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
	/** The work on T1; of a task with steps, that of the first one. */
	readonly work: Work;
	/** Who works on T2, where that is somebody else (T2). */
	readonly t2?: Work;
	/** `T2` where the task is critical for security or says so; absent = T1. */
	readonly startTier?: Tier;
	/** The chain inside the task; absent = `work` alone. */
	readonly steps?: readonly RunStep[];
	/** Where a person must agree (S2). */
	readonly approval?: 'before' | 'after';
	/** Minutes without output and without work of the processor after which an attempt is stalled; absent = never (T3). */
	readonly stallMinutes?: number;
	readonly checks: readonly RunCheck[];
	readonly produces: readonly string[];
	readonly touches: readonly string[];
	readonly locks: readonly string[];
	readonly priority: number;
	readonly timeoutMinutes: number;
	/** Iterations of work and check (T2): of a command one, plus `retries`; of an agent at most five. */
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
	/** Who works where a task names nobody. */
	readonly agent?: string;
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
	/** Seconds before the first new try after a failure of the infrastructure (T3); absent = 2. */
	readonly backoffSeconds?: number;
	/** What the agents of one run may cost together, in US dollars; absent = no limit. */
	readonly budgetUsd?: number;
	/** Folder of the evidence, relative to the root. */
	readonly evidence: string;
	readonly tracks: readonly RunTrack[];
	readonly sprints: readonly RunSprint[];
	readonly tasks: readonly RunTask[];
	/** Left out where no gate is declared, and in snapshots of older versions. */
	readonly gates?: readonly RunGate[];
	/** `review` unless said otherwise (R3). */
	readonly replan?: ReplanPolicy;
	/** `milestones` unless said otherwise (FORMATS 2.3). */
	readonly evidenceLayout?: EvidenceLayout;
	/** Of a plan in one file: `private` unless said otherwise (FORMATS 2.1). */
	readonly stateFile?: StateFilePlace;
}
