import type { FileChange } from '../schedule/files/fileChange.ts';

/** One thing that a proposal does to the plan, with the discovery it comes from. */
export interface ProposedChange {
	readonly discovery: string;
	/** A new task, or the one that is changed. */
	readonly task: string;
	/** `known`: the plan has it already. */
	readonly kind: 'added' | 'changed' | 'known';
	/** In a sentence. */
	readonly text: string;
}

/** What could not be placed, in whole or part: it is listed and never dropped (R2). */
export interface Unplaced {
	readonly discovery: string;
	readonly title: string;
	readonly reason: string;
}

/** What discoveries would do to the plan: checked by the plan's own checks before anybody sees it (R2). */
export interface Proposal {
	readonly changes: readonly FileChange[];
	readonly done: readonly ProposedChange[];
	readonly unplaced: readonly Unplaced[];
	/** Sentences that change nothing, with their discoveries. */
	readonly notes: readonly { readonly discovery: string; readonly text: string }[];
	/** Minutes of the whole plan, by the scheduler; null where nothing is estimated. */
	readonly minutes: { readonly before: number; readonly after: number } | null;
	readonly version: { readonly before: number; readonly after: number };
}

/** Ids of the tasks that a proposal adds. */
export function addedTasks({ done }: Proposal): string[] {
	return done.filter(({ kind }) => kind === 'added').map(({ task }) => task);
}

/** So many new tasks at once always need a person (R3). */
const manyTasks = 5;

/** Why a person has to look at a proposal even where the plan says `replan: auto` (R3); null where nobody has to. */
export function whyAsk(proposal: Proposal): string | null {
	const { unplaced, minutes } = proposal;
	const added = addedTasks(proposal).length;
	if (added >= manyTasks) {
		return `${added} new tasks at once`;
	}
	if (minutes !== null && minutes.before > 0 && minutes.after >= 2 * minutes.before) {
		return 'the plan would take at least twice as long';
	}
	// What was placed need not wait for what was not: that stays open, and a person is told (R2).
	const isIdle = proposal.changes.length === 0;
	return isIdle && unplaced.length > 0 ? `${unplaced.length} of the discoveries could not be placed` : null;
}
