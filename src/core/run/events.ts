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
	| AttemptStarted
	| AttemptEnded
	| CheckEnded
	| EvidenceWritten
	| CycleOpened
	| StopRequested
	| DrainRequested
	| TaskAnswered
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

export interface AttemptStarted {
	readonly kind: 'attempt-started';
	readonly task: string;
	readonly attempt: number;
	readonly engine: string;
	/** The runner, as its `start` file names it. */
	readonly pid: number;
}

/**
 * How an attempt's work ended. `ok`: exit 0 and everything it `produces` is there. `void`: it never began.
 * `unknown`: its runner vanished without a result (D4).
 */
export type AttemptOutcome =
	| 'ok'
	| 'failed'
	| 'timeout'
	| 'cancelled'
	| 'void'
	| 'unknown'
	| 'infrastructure';

export interface AttemptEnded {
	readonly kind: 'attempt-ended';
	readonly task: string;
	readonly attempt: number;
	readonly engine: string;
	readonly outcome: AttemptOutcome;
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
	/** Zero-based index into the task's checks. */
	readonly check: number;
	readonly engine: string;
	readonly passed: boolean;
	/** Its runner vanished without a result, which says nothing about the work: the check is made again. */
	readonly vanished?: true;
	readonly exit: number | null;
	readonly reason: string;
	readonly startedAt: number;
	readonly endedAt: number;
	readonly outputHash: string;
	readonly outputBytes: number;
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
	readonly answer: 'retry' | 'skip';
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
