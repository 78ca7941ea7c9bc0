import type { RunTask } from '../run/runPlan.ts';
import type { AttemptState, TaskStatus, Validation } from '../run/runState.ts';
import type { Secret } from './redact.ts';
import type { WorkerReport } from './workerReport.ts';

/** How much of an output stands in the evidence itself, in bytes; what is longer keeps its beginning and its end. */
export const outputLimits = { headBytes: 24_576, tailBytes: 40_960 } as const;

/** What a process printed, whole or with its middle left out. */
export interface CapturedOutput {
	/** All of it where `omittedBytes` is 0, else its first `headBytes`. A cut line at the seam is dropped. */
	readonly head: string;
	/** Its last `tailBytes` where something was left out, else empty. */
	readonly tail: string;
	readonly omittedBytes: number;
	/** Size and SHA-256 of the complete log as it was written. */
	readonly bytes: number;
	readonly hash: string;
	/** Where the complete log is, relative to the evidence folder, with `/`; null where it was not kept. */
	readonly log: string | null;
}

/** One attempt, with what its work and its checks printed (`checkOutputs` by index of the task's check). */
export interface EvidenceAttempt {
	readonly attempt: Readonly<AttemptState>;
	readonly output: CapturedOutput | null;
	readonly checkOutputs: readonly (CapturedOutput | null)[];
	/** By step, for a task that has some. */
	readonly stepOutputs?: readonly StepOutputs[];
}

/** What one step printed; null where it was not done again. */
export interface StepOutputs {
	readonly output: CapturedOutput | null;
	readonly checkOutputs: readonly (CapturedOutput | null)[];
}

/** A file of `produces` or `touches`, compared with what was there before the attempt. */
export interface EvidenceFile {
	/** Relative to the root, with `/`. */
	readonly path: string;
	readonly change: 'created' | 'modified' | 'unchanged' | 'deleted' | 'missing';
	/** SHA-256; null where there is no file. */
	readonly hash: string | null;
	readonly bytes: number | null;
	readonly bytesBefore: number | null;
}

/** A figure before and after the task; null = not measured, and shown as that. */
export interface EvidenceMetric {
	readonly name: string;
	readonly before: string | null;
	readonly after: string | null;
}

export interface EvidenceInput {
	readonly run: string;
	readonly planName: string;
	readonly task: RunTask;
	readonly status: TaskStatus;
	readonly validation: Validation | null;
	/** Why it failed, in a sentence; empty otherwise. */
	readonly reason: string;
	readonly attempts: readonly EvidenceAttempt[];
	readonly files: readonly EvidenceFile[];
	/** Where the work was done. In place, only `produces` and `touches` are looked at (EXECUTION W1). */
	readonly place: 'in-place';
	readonly git: GitPlace;
	/** The worker's own words; null where it left none. */
	readonly report: WorkerReport | null;
	readonly metrics: readonly EvidenceMetric[];
	/** Deviations from the plan that the engine noticed, as sentences. */
	readonly deviations: readonly string[];
	readonly secrets: readonly Secret[];
}

/** The commit that the workspace stood at while the task ran. `head` is null before the first commit. */
export type GitPlace =
	| { readonly kind: 'none' }
	| { readonly kind: 'repository'; readonly head: string | null; readonly dirty: boolean };
