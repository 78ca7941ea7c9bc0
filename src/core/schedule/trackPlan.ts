import type { Binding } from '../graph/lowerBounds.ts';

/** Tasks that belong together, with their minutes added up. */
export interface TaskSum {
	readonly tasks: readonly string[];
	readonly minutes: number;
}

export interface PlannedSprint extends TaskSum {
	/** `SPRINT-NNN-TT` (P4). */
	readonly id: string;
	readonly name: string;
}

export interface PlannedTrack {
	readonly number: number;
	readonly name: string;
	readonly minutes: number;
	readonly sprints: readonly PlannedSprint[];
}

/** Why the makespan is longer than the work shared out evenly, or the critical path. */
export interface Bound {
	readonly by: Binding;
	readonly minutes: number;
}

/** What a task without an estimate is counted with. */
export interface AssumedTime {
	readonly task: string;
	readonly minutes: number;
	readonly reason: string;
}

/** Tracks and sprints of a heap of tasks, with every figure that led to them (P1 to P5). All times in minutes. */
export interface TrackPlan {
	/** Connected groups of two or more tasks, the longest first. */
	readonly chains: readonly TaskSum[];
	readonly independent: readonly string[];
	readonly criticalPath: TaskSum;
	readonly width: number;
	/** P2. */
	readonly maxPossibleTracks: number;
	/** What is used when nobody asks for a number. */
	readonly recommendedTracks: number;
	/** What was asked for; null for the recommendation. */
	readonly requestedTracks: number | null;
	/** Whether chains were taken apart. */
	readonly split: boolean;
	readonly tracks: readonly PlannedTrack[];
	readonly sequentialMinutes: number;
	/** All tracks side by side, one task a track, in the order of the sprints. */
	readonly makespanMinutes: number;
	/** The larger of critical path and work shared out evenly: no tracks are faster (P3). */
	readonly lowerBoundMinutes: number;
	/** What holds the plan up most, and how long it takes with so many tracks whatever the order. */
	readonly bound: Bound;
	/** Share of the sequential time that is saved, 0 to 1. */
	readonly saving: number;
	/** The tasks that most others wait for. */
	readonly bottlenecks: readonly {
		readonly task: string;
		readonly waiting: number;
		readonly minutes: number;
	}[];
	/** One circle for each group of tasks that wait for each other; they are left out of the order. */
	readonly cycles: readonly (readonly string[])[];
	/** Tasks whose estimate is not stated, with what is taken instead and where it comes from. */
	readonly assumed: readonly AssumedTime[];
	/** What a person should know of how this came out: sentences. */
	readonly notes: readonly string[];
}
