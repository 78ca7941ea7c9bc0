import type { CriterionAnswer, Figures, Finding } from './findings.ts';

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
	/** The agent that cannot work: until `retryAt` its fallback takes over, in this task and all others (T3). */
	readonly handOver?: string;
	/** Another try would end in the same way: the task has failed, whatever is left of its budget. */
	readonly final?: true;
	/** SHA-256 of what tells this failure from others: the end of its output without times and numbers of processes. */
	readonly mark?: string;
	/** Of an agent: what it says that it cost, in US dollars; absent where it does not say. */
	readonly costUsd?: number;
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
	/** What was said about each criterion, by a validator that answered. */
	readonly criteria?: readonly CriterionAnswer[];
	/** It only advises: the task goes on whatever it says. */
	readonly advisory?: true;
	/** It did not judge: the fault is the validator's, and another iteration of the work would not help. */
	readonly invalid?: true;
	/** Its runner vanished without a result, which says nothing about the work: the check is made again. */
	readonly vanished?: true;
	/**
	 * One that judges cannot do so now (T3): the check is made again at this time, in milliseconds since the epoch, and the
	 * slot is given back until then. Only with `vanished`.
	 */
	readonly retryAt?: number;
	/** Whose usage limit is reached until then; absent where something around it failed. */
	readonly limited?: string;
	/** One that cannot judge: until then its fallback takes over. */
	readonly handOver?: string;
	/** Of an agent that judges: what it says that it cost, in US dollars. */
	readonly costUsd?: number;
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
	/** SHA-256 (hex) of every file that was written, by its path below `path`. Missing in lines of older versions. */
	readonly files?: Readonly<Record<string, string>>;
}
