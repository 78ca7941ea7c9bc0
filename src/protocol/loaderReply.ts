import type { RunPlan } from '../core/run/runPlan.ts';

/** A fault that keeps a plan from running; lines and columns count from 1. */
export interface LoadFault {
	/** Relative to the plan's root, with `/`; absolute where it lies outside. */
	readonly file: string;
	readonly line: number;
	readonly column: number;
	readonly code: string;
	readonly message: string;
}

/**
 * What the short-lived loader process prints, as one JSON document: it reads plan files so that the engine, which lives
 * long, never holds their text (ARCHITECTURE, "A run").
 */
export type LoaderReply =
	| {
			readonly kind: 'plan';
			readonly rootPath: string;
			/** SHA-256 of the run plan's JSON, the name of its snapshot. */
			readonly hash: string;
			readonly runPlan: RunPlan;
			/** Absolute paths of everything that was read: a change of one of them may change the plan (D6). */
			readonly files: readonly string[];
	  }
	| {
			readonly kind: 'faults';
			readonly rootPath: string;
			readonly files: readonly string[];
			readonly faults: readonly LoadFault[];
	  }
	/** There is no such path, no plan there, or more than one; the message says what to do. */
	| { readonly kind: 'no-plan'; readonly message: string };
