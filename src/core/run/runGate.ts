import type { RunCheck, Work } from './runPlan.ts';

/** Where a gate stands (FORMATS 1.4); `batch` is the integration between two batches of a sprint (S1). */
export type GatePlace = 'batch' | 'layer' | 'sprint' | 'track' | 'project';

/** One step of a gate, with every default applied: what integrates, judges, or runs when the gate has passed. */
export interface GateStep {
	/** `integration`, `pm`, `security`, `deploy`: no `:` and no `@`. Unique within its gate. */
	readonly slot: string;
	readonly name: string;
	/** A failure is shown and holds nothing up. */
	readonly advisory: boolean;
	readonly work: Work;
	readonly checks: readonly RunCheck[];
	readonly timeoutMinutes: number;
	/** What the plan expects it to take with its checks; absent where it says nothing. */
	readonly estimateMinutes?: number;
	readonly env: Readonly<Record<string, string>>;
	readonly cwd: string;
	/** A review that is made for each language that is found when its time has come (G2). */
	readonly perLanguage?: true;
}

/**
 * A gate (EXECUTION G1, G2): when what it waits for is settled, its integration runs, then all validators side by side;
 * when every verdict is there and one of them is bad, a cycle of repairs follows and all of it runs again.
 */
export interface RunGate {
	/** `SPRINT-001-01:gate`, `layer:4:gate`, `track:1:gate`, `plan:project:gate`: no id of a plan holds a colon. */
	readonly id: string;
	readonly name: string;
	readonly level: GatePlace;
	readonly sprint: string | null;
	readonly track: number | null;
	/** Of a layer or a batch, from 1. */
	readonly number: number | null;
	/** Ids of the tasks that it judges. */
	readonly judges: readonly string[];
	/** Ids of tasks and gates that must be settled before it opens. */
	readonly waitsFor: readonly string[];
	/** Tasks that wait until it has passed. What a sprint's gate holds back follows from the order of the sprints. */
	readonly holds: readonly string[];
	readonly integration: GateStep | null;
	readonly validators: readonly GateStep[];
	readonly after: readonly GateStep[];
	/** Slots of a built-in set that nobody gave a check: shown as that, and never as passed (G1). */
	readonly unconfigured: readonly string[];
	readonly maxFixCycles: number;
	/** Judged tasks whose agents may be asked to repair; where there is none, a person is asked at once. */
	readonly owners: readonly string[];
}

/** Marks a row of a run's table as a gate, or as one of the units it is made of. */
export interface RunUnit {
	/** The id of the gate. */
	readonly gate: string;
	readonly role: 'gate' | 'integration' | 'validation' | 'fix' | 'after';
	readonly slot: string;
	/** From 1; one more after each cycle of repairs. */
	readonly cycle: number;
	readonly advisory: boolean;
	/** It stands for reviews of languages that nobody has looked for yet: nobody claims it. */
	readonly awaitsLanguages?: true;
	/** Of a repair: the task whose agent does it, and what it was told. */
	readonly owner?: string;
	readonly findings?: readonly string[];
}

/** A repair that a new cycle asks for. */
export interface GateFix {
	/** `TASK-FIX-<sprint>-<cycle>-<n>`. */
	readonly id: string;
	readonly owner: string;
	/** One sentence each: who found it, what, and what is missing. */
	readonly findings: readonly string[];
}
