import type { Tier } from '../plan/plan.ts';
import type { CriterionAnswer, Figures, Finding } from './findings.ts';
import type { ProcessIdentity } from './processIdentity.ts';
import type { RunTask } from './runPlan.ts';
import type { WorkRecord } from './workRecord.ts';

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
	readonly figures: Figures;
	readonly findings: readonly Finding[];
	/** Failures that were there before the task began. */
	readonly known: readonly string[];
	/** What a validator said about each criterion; empty for other checks. */
	readonly criteria: readonly CriterionAnswer[];
	/** It only advises: its failure is shown and holds nothing up. */
	readonly advisory: boolean;
}

/** How one step of an attempt went. */
export interface StepState extends WorkRecord {
	/** Its place in the chain, from 0. */
	readonly index: number;
	/** False where an earlier attempt did it and nothing was found against it: only its checks are made again. */
	readonly redo: boolean;
	readonly tier: Tier;
	/** Who works; null for a command. */
	readonly agent: string | null;
}

export interface AttemptState extends WorkRecord {
	readonly number: number;
	claimedAt: number;
	/** What its agents and those who judged it said they cost, in US dollars; absent where none of them said so. */
	costUsd?: number;
	/** Of a failure: what tells it from others; empty otherwise. */
	mark: string;
	/** Which iteration of the task it is, from 1; a failure that was none is followed by the same number (T2, T3). */
	readonly iteration: number;
	readonly tier: Tier;
	/** Who works; null for a command. */
	readonly agent: string | null;
	/** False once it turned out to be no iteration: void, stopped, or a failure of something else (T3). */
	counts: boolean;
	/** Empty for a task without steps. */
	readonly steps: readonly StepState[];
	/** It waits for a person between two of its checks, and goes on where it stopped. */
	paused: boolean;
	/** What a person said who did not agree; null where nobody did. */
	rejection: string | null;
	/** How often the check that is due was made without a verdict. */
	lost: number;
	/** How often its checks were begun: they are made again after a stop, and after one vanished. Counts from 1. */
	round: number;
	/** Who judges in the check that is due, where an agent does; decided when the check becomes due (T3). */
	judge?: string | null;
	/** How often one that judges met its usage limit in the check that is due. */
	limited?: number;
	/** A person wanted all of it done anew: it says nothing about the attempts that follow (S5). */
	superseded?: true;
	/** A person wanted its result judged again: a bad verdict is told and not worked on by itself. */
	rechecked?: true;
	/** Its work was done before this run: only its checks were made here. */
	imported?: true;
}

/** Why a person is needed, for a task that cannot go on by itself; `at` is when it was asked. */
export type Need =
	| { readonly kind: 'unknown-outcome'; readonly attempt: number; readonly at: number }
	/** T3: the same finding three times. */
	| { readonly kind: 'stuck'; readonly attempt: number; readonly at: number; readonly finding: string }
	/** A gate that did not pass, and no repair is left to try (G1). */
	| { readonly kind: 'gate-failed'; readonly cycle: number }
	| {
			readonly kind: 'approval';
			/** 0 for the question before the first attempt. */
			readonly attempt: number;
			readonly at: number;
			/** Before the work, after all checks, or one of the checks. */
			readonly moment: 'before' | 'after' | 'check';
			/** Who is asked or what for, in the words of the plan. */
			readonly what: string;
	  };

/** How a check stood before the task began. */
export interface Baseline {
	readonly figures: Figures;
	/** Names of what failed; null where it could not be told. */
	readonly failures: readonly string[] | null;
	readonly reason: string;
}

/** Shared by all tasks that have none: 10,000 empty maps take two megabytes. */
export const noBaselines: ReadonlyMap<string, Baseline> = new Map();

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
	/** Not to be tried before this time, in milliseconds since the epoch (T3). */
	notBefore: number | null;
	/** Failures of the infrastructure in a row. */
	infrastructure: number;
	/** A person agreed that the work may begin. */
	approved: boolean;
	/** Of checks that want one, by the check's own text; taken before the first work. */
	baselines: ReadonlyMap<string, Baseline>;
	/** Of a blocked task: the one whose failure or question blocks it. */
	blockedBy: string | null;
	validation: Validation | null;
	startedAt: number | null;
	completedAt: number | null;
	/** Relative path of its evidence folder, once written. */
	evidence: string | null;
	/** What its evidence was when it was written; null where no line says so. Counts only while `evidence` is set. */
	written: WrittenFiles | null;
	/** A sentence: why it waits, is blocked or failed; empty otherwise. */
	reason: string;
}

/** SHA-256 (hex) by path below the evidence folder. Of a file that several rows write, the last record counts. */
export interface WrittenFiles {
	/** The evidence folder, relative to the root, with `/`. */
	readonly path: string;
	readonly files: Readonly<Record<string, string>>;
	/** Grows with every record of a run. */
	readonly order: number;
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
	/** Of the attempt that runs or ran last; 0 before the first. */
	readonly iteration: number;
	/** Null before the first attempt. */
	readonly tier: Tier | null;
	/** `stale`: it was verified, and a file that its evidence speaks of was changed since. */
	readonly validation: Validation | 'stale' | null;
	readonly reason: string;
	readonly needsPerson: boolean;
	/** What a person is needed for; absent where nobody is. */
	readonly asks?: Need['kind'];
	readonly startedAt: number | null;
	readonly endedAt: number | null;
	readonly evidence: string | null;
	readonly exit: number | null;
}

/** An engine, with the tasks a person asked it for (S5). */
export interface EngineEntry extends EngineState {
	readonly scope: Set<string>;
	/** Others saw it stand still, and it has not said since that it is back. */
	away: boolean;
	/** It finishes what runs and starts nothing new. */
	draining: boolean;
}

/** Finished in a way that lets successors go on. What only advises lets them go on when it failed, too. */
export function isSatisfied(state: TaskState | undefined): boolean {
	const advised = state?.status === 'failed' && state.task.unit?.advisory === true;
	return state?.status === 'completed' || state?.status === 'skipped' || advised;
}

export function isActive(state: TaskState): boolean {
	return state.status === 'running' || state.status === 'checking';
}
