/** A task that was made of a PRD, before it is a file. */
export interface DraftTask {
	readonly id: string;
	readonly name: string;
	readonly type: string;
	readonly hours: number;
	readonly dependencies: readonly string[];
	readonly description: string;
	readonly acceptanceCriteria: readonly string[];
	/** Ids of the requirements that it brings about, or helps to. */
	readonly requirements: readonly string[];
	/** Argument list of the check; null where nothing is known that could check it. */
	readonly verify: readonly string[] | null;
	/** Why it waits for others, where that was concluded from words. */
	readonly because: readonly string[];
}

/** Hours of a task that one worker can finish and somebody can check: one to two days at most. */
export const leastHours = 4;
export const mostHours = 16;

/** Hours inside the bounds, in whole numbers. */
export function clampHours(hours: number): number {
	return Math.min(mostHours, Math.max(leastHours, Math.round(hours)));
}
