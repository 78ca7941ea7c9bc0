import type { Discovery, DiscoveryWay } from './discovery.ts';
import type { Figures, Finding } from './findings.ts';
import type { GateFix } from './runGate.ts';

/**
 * Everything that can happen to a run, as lines of its journal. Events state facts, in the past tense; whether a fact
 * was allowed at its place in the file is decided by the fold (EXECUTION D3), for every reader alike.
 */
export type RunEvent =
	| RunCreated
	| PlanChanged
	| EngineStarted
	| EngineStopped
	| ScopeAdded
	| TaskClaimed
	| TaskAdopted
	| TaskImported
	| TaskRenamed
	| RenameRefused
	| AttemptStarted
	| AttemptEnded
	| CheckEnded
	| BaselineTaken
	| EvidenceWritten
	| CycleOpened
	| StopRequested
	| DrainRequested
	| TaskAnswered
	| DiscoveryNoted
	| ReplanClaimed
	| ReplanReleased
	| ReplanApplied
	| ReplanRejected
	| RunClosed;

/** Who a process is, so that its death can be told from a recycled pid (D3). */
export interface ProcessIdentity {
	readonly pid: number;
	/** Start time in the kernel's own units, as a string; empty where the platform has none. */
	readonly startTime: string;
	/** Boot id of the machine. */
	readonly boot: string;
	/** Host name and pid namespace. */
	readonly host: string;
}

export interface RunCreated {
	readonly kind: 'run-created';
	readonly run: string;
	readonly plan: string;
	/** Hash that names the snapshot file `plans/<hash>.json` of the run. */
	readonly snapshot: string;
	readonly strategy: string;
	readonly jobs: number;
}

export interface PlanChanged {
	readonly kind: 'plan-changed';
	readonly snapshot: string;
	readonly jobs: number;
}

export interface EngineStarted {
	readonly kind: 'engine-started';
	readonly engine: string;
	readonly process: ProcessIdentity;
	/** Where it was started: seen in views, never decided on. */
	readonly face: 'terminal' | 'editor';
	readonly jobs: number | null;
}

export interface EngineStopped {
	readonly kind: 'engine-stopped';
	readonly engine: string;
}

/** A person asked for these tasks. Failed and cancelled ones among them get a fresh budget (D5). */
export interface ScopeAdded {
	readonly kind: 'scope-added';
	readonly engine: string;
	/** What was asked for, in the user's words: `all`, a sprint id, `track 1`, a task id. */
	readonly request: string;
	readonly tasks: readonly string[];
	/** True where a person named the task itself: that also answers "run it again?" (D4). */
	readonly explicit: boolean;
}

export interface TaskClaimed {
	readonly kind: 'task-claimed';
	readonly task: string;
	readonly attempt: number;
	readonly engine: string;
}

/** A claim passes on because the engine that held it is gone; `from` must still hold it. */
export interface TaskAdopted {
	readonly kind: 'task-adopted';
	readonly task: string;
	readonly attempt: number;
	readonly from: string;
	readonly engine: string;
}

export interface TaskImported {
	readonly kind: 'task-imported';
	readonly task: string;
	readonly startedAt: number | null;
	readonly completedAt: number | null;
	/** The state file it was found in, relative to the root, and its hash then. */
	readonly source: string;
	readonly hash: string;
}

/** A person gave a task another id in the plan files: what is known of it holds under the new one (D6). */
export interface TaskRenamed {
	readonly kind: 'task-renamed';
	readonly from: string;
	readonly to: string;
	readonly by: string;
}

/** A person said that a task which appeared is not the finished one that is gone (D6). */
export interface RenameRefused {
	readonly kind: 'rename-refused';
	readonly from: string;
	readonly to: string;
	readonly by: string;
}

export interface AttemptStarted {
	readonly kind: 'attempt-started';
	readonly task: string;
	readonly attempt: number;
	/** Zero-based; of a task with steps. */
	readonly step?: number;
	readonly engine: string;
	/** The runner, as its `start` file names it. */
	readonly pid: number;
}

/**
 * How an attempt's work ended. `ok`: exit 0 and everything it `produces` is there. `void`: it never began.
 * `unknown`: its runner vanished without a result (D4). `infrastructure`: something around it failed and not the work.
 * `usage-limit`: its agent may not go on before a time. `stalled`: it neither printed nor computed for long (T3).
 */
export type AttemptOutcome =
	| 'ok'
	| 'failed'
	| 'timeout'
	| 'cancelled'
	| 'void'
	| 'unknown'
	| 'infrastructure'
	| 'usage-limit'
	| 'stalled';

export interface AttemptEnded {
	readonly kind: 'attempt-ended';
	readonly task: string;
	readonly attempt: number;
	/** Zero-based: the step whose work ended; the attempt goes on with the next one. */
	readonly step?: number;
	readonly engine: string;
	readonly outcome: AttemptOutcome;
	/** When the task may be tried again, in milliseconds since the epoch: the attempt then was no iteration (T3). */
	readonly retryAt?: number;
	/** Another try would end in the same way: the task has failed, whatever is left of its budget. */
	readonly final?: true;
	/** SHA-256 of what tells this failure from others: the end of its output without times and numbers of processes. */
	readonly mark?: string;
	readonly exit: number | null;
	/** A sentence for a person; empty when the outcome is `ok`. */
	readonly reason: string;
	/** Milliseconds since the epoch, from the runner's own files. */
	readonly startedAt: number;
	readonly endedAt: number;
	readonly outputHash: string;
	readonly outputBytes: number;
}

export interface CheckEnded {
	readonly kind: 'check-ended';
	readonly task: string;
	readonly attempt: number;
	/** Zero-based: the step whose check it is; absent for a check of the whole task. */
	readonly step?: number;
	/** Zero-based index into the task's checks, or the step's. */
	readonly check: number;
	readonly engine: string;
	readonly passed: boolean;
	/** What its reports say in numbers. */
	readonly figures?: Figures;
	/** What is to be repaired; at most `maxFindings`, without secrets. */
	readonly findings?: readonly Finding[];
	/** Failures that were there before the task began, and are none of `findings`. */
	readonly known?: readonly string[];
	/** It did not judge: the fault is the validator's, and another iteration of the work would not help. */
	readonly invalid?: true;
	/** Its runner vanished without a result, which says nothing about the work: the check is made again. */
	readonly vanished?: true;
	readonly exit: number | null;
	readonly reason: string;
	readonly startedAt: number;
	readonly endedAt: number;
	readonly outputHash: string;
	readonly outputBytes: number;
}

/** How a check stood before the task began: its failures are told apart from new ones. */
export interface BaselineTaken {
	readonly kind: 'baseline-taken';
	readonly task: string;
	readonly attempt: number;
	readonly check: number;
	readonly engine: string;
	readonly figures: Figures;
	/** Names of the tests and findings that failed; null where the reports could not be read. */
	readonly failures: readonly string[] | null;
	/** Why there is no baseline; empty otherwise. */
	readonly reason: string;
}

export interface EvidenceWritten {
	readonly kind: 'evidence-written';
	readonly task: string;
	readonly attempt: number;
	/** Relative to the plan's root, with `/`. */
	readonly path: string;
}

/** Every verdict of a gate's cycle is there and one was bad: these repairs follow, then all of its units again (G1). */
export interface CycleOpened {
	readonly kind: 'cycle-opened';
	readonly engine: string;
	readonly gate: string;
	/** The new one; the first is there from the beginning, so this is 2 or more. */
	readonly cycle: number;
	/** Empty where a person has looked after it, and everything is only judged again. */
	readonly fixes: readonly GateFix[];
}

/** A person stops tasks that run or wait: all of the scope, or the named ones. */
export interface StopRequested {
	readonly kind: 'stop-requested';
	readonly tasks: readonly string[] | 'all';
	readonly by: string;
	/** Set by Ctrl+C: only what this engine runs and was asked for; what others were asked for stays theirs. */
	readonly engine?: string;
}

/** No new task is started; what runs may finish (the last window closed with `finish`). */
export interface DrainRequested {
	readonly kind: 'drain-requested';
	readonly by: string;
}

/** A person decided about a task that waited for them. */
export interface TaskAnswered {
	readonly kind: 'task-answered';
	readonly task: string;
	/** `approve` and `reject` answer a question about an attempt; `retry` and `skip` everything else. */
	readonly answer: 'retry' | 'skip' | 'approve' | 'reject';
	readonly by: string;
	/** Which question is answered: one about an attempt that is over is no longer open. 0 = before the first. */
	readonly attempt?: number;
	/** Why it was rejected, in the person's words: the finding of the next iteration. */
	readonly reason?: string;
}

/** A worker found something (R1). The same `id` twice is one discovery. */
export interface DiscoveryNoted {
	readonly kind: 'discovery-noted';
	readonly id: string;
	/** The task in whose attempt it was found. */
	readonly task: string;
	readonly attempt: number;
	readonly via: DiscoveryWay;
	readonly what: Discovery;
}

/** Somebody is about to decide about discoveries; `from` names the claim of a dead process that it takes the place of. */
export interface ReplanClaimed {
	readonly kind: 'replan-claimed';
	readonly claim: string;
	readonly from: string | null;
	readonly process: ProcessIdentity;
}

export interface ReplanReleased {
	readonly kind: 'replan-released';
	readonly claim: string;
}

/** The plan files were changed because of discoveries: the plan has a new version (R3). */
export interface ReplanApplied {
	readonly kind: 'replan-applied';
	readonly claim: string;
	/** Counts the replans of the run from 1. */
	readonly number: number;
	readonly version: number;
	/** Ids of the discoveries that it dealt with. */
	readonly discoveries: readonly string[];
	readonly added: readonly string[];
	/** What was found, in a few words. */
	readonly reason: string;
	/** The tasks whose workers found it. */
	readonly trigger: readonly string[];
	readonly by: string;
	/** Minutes that the whole plan takes, before and after; null where no task has an estimate. */
	readonly minutes: { readonly before: number; readonly after: number } | null;
}

/** Discoveries that shall change nothing. */
export interface ReplanRejected {
	readonly kind: 'replan-rejected';
	readonly claim: string;
	readonly discoveries: readonly string[];
	readonly reason: string;
	readonly by: string;
}

/** A person started another run of the plan (`--new`). A finished run stays open, so that new tasks can join it. */
export interface RunClosed {
	readonly kind: 'run-closed';
	readonly reason: 'superseded';
}

/** What the journal adds to every event. */
export interface Stamp {
	/** Milliseconds since the epoch. */
	readonly at: number;
	/** The writer: one process's journal handle. */
	readonly writer: string;
	/** Counts the writer's lines from 1. */
	readonly sequence: number;
}

export type StampedEvent = RunEvent & { readonly stamp: Stamp };
