import type { CostRange } from '../history/costRange.ts';
import type { EstimateSource } from '../history/estimateMissing.ts';
import type { GatePlace, RunUnit } from '../run/runGate.ts';
import type { RunTask } from '../run/runPlan.ts';

/** One task on the virtual clock (P6). Minutes from the start of the run, without the margin. */
export interface ScheduledTask {
	readonly task: string;
	/** Number of the slot, from 1: the lowest that was free. */
	readonly agent: number;
	readonly start: number;
	readonly end: number;
}

/** What kept a task that could have run, or that had nothing left to do but wait. */
export type WaitCause =
	/** Predecessors: its dependencies, or the sprint before. */
	| 'predecessors'
	/** A barrier of the strategy. */
	| 'barrier'
	/** All agents were busy. */
	| 'slot'
	/** Somebody holds a lock, overlapping `touches`, or the track. */
	| 'lock'
	| 'touches'
	| 'track'
	/** Another task had been passed over ten times, and is next (S2). */
	| 'turn';

/** The last thing a task waited for: why it did not start earlier than it did. */
export interface ScheduledWait {
	readonly task: string;
	readonly cause: WaitCause;
	/** The task whose end let it start. */
	readonly waitsFor: string;
	/** From when on it waited for nothing but this, until its start. */
	readonly from: number;
	readonly until: number;
}

/** A number of agents and what the run takes with it. */
export interface CurvePoint {
	readonly agents: number;
	readonly makespanMinutes: number;
}

/** Something a person should know before the run starts. */
export interface PreviewWarning {
	readonly kind:
		| 'overlapping-touches'
		| 'no-verification'
		| 'no-estimate'
		| 'no-gate-time'
		| 'unreachable-gate'
		| 'single-point'
		| 'out-of-scope'
		| 'circle'
		| 'cannot-run';
	readonly message: string;
	readonly tasks: readonly string[];
}

/** How long something is expected to take, and how that is known. */
export interface ExpectedTime {
	readonly minutes: number;
	/** Only `stated` is the plan's own word. */
	readonly source: EstimateSource;
	/** Where the minutes come from, in a sentence; empty where they were stated. */
	readonly reason: string;
}

/** What is done in a task, and how long it is expected to take. */
export interface PreviewTask
	extends ExpectedTime,
		Pick<RunTask, 'id' | 'name' | 'layer' | 'work' | 't2' | 'steps' | 'approval' | 'checks'> {
	/** True where the plan states no estimate: the minutes are what history and neighbours suggest. */
	readonly isEstimated: boolean;
}

/** One step of a gate: what integrates, judges, or runs when it has passed. */
export interface PreviewGateStep extends ExpectedTime, Pick<RunTask, 'id' | 'name' | 'work' | 'checks'> {
	readonly role: RunUnit['role'];
	readonly advisory: boolean;
}

/** A gate that the run comes to. Repairs are not foreseen: it is expected to pass in its first cycle. */
export interface PreviewGate {
	readonly id: string;
	readonly name: string;
	readonly level: GatePlace;
	/** Ids of the tasks that it judges. */
	readonly judges: readonly string[];
	readonly steps: readonly PreviewGateStep[];
	/** Slots without a check: "not configured" (G1). */
	readonly unconfigured: readonly string[];
}

/** A chain of tasks and steps of gates, by id, with its length. */
export interface PathSum {
	readonly tasks: readonly string[];
	readonly minutes: number;
}

/** `preview --json` (EDITOR, command line): the forecast of one run, with every time in minutes. */
export interface PreviewReport {
	readonly plan: string;
	readonly strategy: string;
	/** Tasks at once. */
	readonly agents: number;
	/** Ids by layer, those of the scope alone. */
	readonly layers: readonly (readonly string[])[];
	/** The largest number of tasks of which none waits for another. */
	readonly width: number;
	/** Everything one after another, gates included. */
	readonly sequentialMinutes: number;
	/** What of it are steps of gates. */
	readonly gateMinutes: number;
	readonly makespanMinutes: number;
	/** No schedule with so many agents is shorter: the critical path, or the work shared out. */
	readonly lowerBoundMinutes: number;
	/** Sequential time by agents times makespan; 0 to 1. */
	readonly efficiency: number;
	/** Busy time of the agents that are used at all, by the time they are there; 0 to 1. */
	readonly utilisation: number;
	/** Saved of the sequential time; 0 to 1. */
	readonly saving: number;
	/** The longest chain of dependencies alone (P1), as every other view counts it. */
	readonly criticalPath: PathSum;
	/** The longest chain of all that keeps an order in a run: dependencies, the order of sprints, and gates. */
	readonly runPath: PathSum;
	/** In order of start: tasks, and steps of gates by the ids that they have in a run. */
	readonly schedule: readonly ScheduledTask[];
	readonly waits: readonly ScheduledWait[];
	readonly withMarginMinutes: number;
	readonly marginPercent: number;
	/** Makespan for 1 to 64 agents, as far as more of them change anything. */
	readonly curve: readonly CurvePoint[];
	/** The number of agents beyond which more of them hardly help. */
	readonly knee: number;
	/** In the order of the plan. */
	readonly tasks: readonly PreviewTask[];
	/** In the order of the work. */
	readonly gates: readonly PreviewGate[];
	/** What it will cost, as far as finished runs tell; null where they do not. */
	readonly cost: CostRange | null;
	readonly warnings: readonly PreviewWarning[];
}
