import type { AttemptOutcome, ProcessIdentity } from './events.ts';
import type { RunTask } from './runPlan.ts';

/** EXECUTION T1. `pending`, `ready` and `blocked` are computed by the fold, the rest follows from events. */
export type TaskStatus =
	| 'pending'
	| 'ready'
	| 'running'
	| 'checking'
	| 'merging'
	| 'completed'
	| 'failed'
	| 'blocked'
	| 'skipped'
	| 'cancelled';

/**
 * What a completion rests on: checks that passed, a shell task's own exit code, nothing (an agent's word), or a state
 * file of an earlier run. The last two are shown as unverified.
 */
export type Validation = 'checks' | 'exit-code' | 'none' | 'imported';

export interface CheckState {
	readonly index: number;
	readonly passed: boolean;
	readonly exit: number | null;
	readonly reason: string;
	readonly startedAt: number;
	readonly endedAt: number;
	readonly outputHash: string;
	readonly outputBytes: number;
}

export interface AttemptState {
	readonly number: number;
	claimedAt: number;
	startedAt: number | null;
	endedAt: number | null;
	pid: number | null;
	outcome: AttemptOutcome | null;
	exit: number | null;
	reason: string;
	outputHash: string;
	outputBytes: number;
	readonly checks: CheckState[];
	/** How often its checks were begun: they are made again after a stop, and after one vanished. Counts from 1. */
	round: number;
}

/** Why a person is needed, for a task that cannot go on by itself. */
export type Need =
	| { readonly kind: 'unknown-outcome'; readonly attempt: number }
	/** A gate that did not pass, and no repair is left to try (G1). */
	| { readonly kind: 'gate-failed'; readonly cycle: number };

export interface TaskState {
	/** The definition that runs or ran last; the plan's newest takes its place with the next attempt (D6). */
	task: RunTask;
	status: TaskStatus;
	/** True once a person asked for it in this run. */
	inScope: boolean;
	/** The engine that works on it, or worked on it last. */
	owner: string | null;
	readonly attempts: AttemptState[];
	/** Attempts that count against `maxAttempts`; a fresh budget sets it to 0. */
	used: number;
	/** A person asked to stop it while it runs. */
	stopping: boolean;
	need: Need | null;
	/** Of a blocked task: the one whose failure or question blocks it. */
	blockedBy: string | null;
	validation: Validation | null;
	startedAt: number | null;
	completedAt: number | null;
	/** Relative path of its evidence folder, once written. */
	evidence: string | null;
	/** A sentence: why it waits, is blocked or failed; empty otherwise. */
	reason: string;
}

export interface EngineState {
	readonly id: string;
	readonly process: ProcessIdentity;
	readonly face: 'terminal' | 'editor';
	readonly jobs: number | null;
	readonly startedAt: number;
	stopped: boolean;
}

/** The short status of one task for views and `status --json`. */
export interface TaskSummary {
	readonly id: string;
	readonly status: TaskStatus;
	readonly iteration: number;
	readonly validation: Validation | null;
	readonly reason: string;
	readonly needsPerson: boolean;
	readonly startedAt: number | null;
	readonly endedAt: number | null;
	readonly evidence: string | null;
	readonly exit: number | null;
}
