import type { Clash } from './claims.ts';

/** Why a task that is ready may not start now: numbers are tasks. */
export type Refusal =
	/** A barrier: tasks of an earlier stage run or are about to. */
	| { readonly kind: 'barrier' }
	/** `task` runs, and the two must not run together. */
	| { readonly kind: 'clash'; readonly task: number; readonly clash: Clash }
	/** `task` was passed over ten times and gets what both claim first. */
	| { readonly kind: 'turn'; readonly task: number; readonly clash: Clash };

/** Who looks for work: an engine with what it was asked for. */
export interface Taker {
	/** True for tasks that it was asked for. */
	wants(task: number): boolean;
	/** False for tasks that something else keeps it from, such as the limit of agents on this machine. */
	mayTake(task: number): boolean;
}
