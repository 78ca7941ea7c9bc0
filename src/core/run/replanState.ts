import type { DiscoveryNoted, ReplanApplied, ReplanClaimed, ReplanRejected } from './replanFacts.ts';

/** At most so many replans change the plan of one run (R3). */
export const maxReplans = 10;

/** A discovery, and whether somebody decided about it. */
export interface DiscoveryState extends DiscoveryNoted {
	/** Milliseconds since the epoch. */
	readonly at: number;
	readonly status: 'open' | 'applied' | 'rejected';
}

/** What was found in a run, and what became of it. Changed by the fold alone. */
export class ReplanState {
	readonly discoveries = new Map<string, DiscoveryState>();
	readonly applied: (ReplanApplied & { readonly at: number })[] = [];
	readonly rejected: (ReplanRejected & { readonly at: number })[] = [];
	/** Who is deciding; null when nobody is. */
	claim: ReplanClaimed | null = null;
	/** Discoveries that `replan: auto` leaves to a person, with the reason. */
	readonly left = new Map<string, string>();
	/** The tasks that the run began with. */
	readonly firstTasks: readonly string[];

	constructor(firstTasks: readonly string[]) {
		this.firstTasks = firstTasks;
	}

	/** Discoveries that nobody decided about, in the order in which they were made. */
	open(): DiscoveryState[] {
		return [...this.discoveries.values()].filter(({ status }) => status === 'open');
	}
}
