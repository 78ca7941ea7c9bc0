import type {
	AttemptEnded,
	AttemptStarted,
	BaselineTaken,
	CheckEnded,
	EvidenceWritten,
} from './attemptFacts.ts';
import type { Language } from './languages.ts';
import type { ProcessIdentity } from './processIdentity.ts';
import type {
	DiscoveryNoted,
	ReplanApplied,
	ReplanClaimed,
	ReplanLeft,
	ReplanRejected,
	ReplanReleased,
} from './replanFacts.ts';
import type { GateFix } from './runGate.ts';

/**
 * Everything that can happen to a run, as lines of its journal. Events state facts, in the past tense; whether a fact
 * was allowed at its place in the file is decided by the fold (EXECUTION D3), for every reader alike.
 */
export type RunEvent =
	| RunCreated
	| PlanChanged
	| PlanHeld
	| EngineStarted
	| EngineStopped
	| EngineAway
	| EngineBack
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
	| LanguagesFound
	| StopRequested
	| DrainRequested
	| BudgetSet
	| TaskAnswered
	| DiscoveryNoted
	| ReplanClaimed
	| ReplanReleased
	| ReplanApplied
	| ReplanRejected
	| ReplanLeft
	| RunClosed;

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

/**
 * What keeps a saved version of the plan from taking the place of the one in force (D6). Both lists empty: nothing does any
 * more, because the files say again what the run goes by.
 */
export interface PlanHeld {
	readonly kind: 'plan-held';
	/** Tasks that run, and that the saved version does not have. */
	readonly running: readonly string[];
	/** Finished tasks that are gone, each with a new one that is defined as it was. */
	readonly renamed: readonly { readonly from: string; readonly to: string }[];
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

/**
 * Others see that an engine stands still although its process is there (it is frozen): what it holds may be taken up, and
 * nobody waits for what only it was asked for, until it says that it is back (D3).
 */
export interface EngineAway {
	readonly kind: 'engine-away';
	readonly engine: string;
	/** The engine that saw it. */
	readonly seenBy: string;
}

/** It read that others gave it up, and goes on. */
export interface EngineBack {
	readonly kind: 'engine-back';
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
	/** Finished tasks that are done or checked again, because a person said so (S5). Absent = none. */
	readonly reopens?: readonly Reopening[];
}

/** A finished task that is not to stay so. It holds only while the task stands as the person saw it. */
export interface Reopening {
	readonly task: string;
	/** How many attempts it had when the person was asked. */
	readonly attempts: number;
	/** `work`: all of it is done anew. `checks`: what was done is judged again (FORMATS 2.1). */
	readonly what: 'work' | 'checks';
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

/** What a gate judges is there, and is written in these languages: each gets a review of its own (G2). */
export interface LanguagesFound {
	readonly kind: 'languages-found';
	readonly engine: string;
	readonly gate: string;
	/** The one with the most files first; empty where none is known. */
	readonly languages: readonly Language[];
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

/** A person says what this run may cost; it holds until the plan says something else. */
export interface BudgetSet {
	readonly kind: 'budget-set';
	/** In US dollars, over the whole run. */
	readonly limitUsd: number;
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
	/** Why, in the person's words; of what was rejected it is the finding of the next iteration. */
	readonly reason?: string;
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
