/** Hours that one sprint of the longest track should have at most. */
const sprintHours = 40;

/** How many sprints the tracks of a plan have: as many as the longest of them needs (P4). */
export function sprintCount(longestTrackMinutes: number): number {
	return Math.max(1, Math.ceil(longestTrackMinutes / (sprintHours * 60) - 1e-9));
}

/**
 * Cuts the tasks of a track, in their order, into at most `count` sprints (P4): sprint k ends with the longest prefix of
 * at most k / count of the track's minutes, but each has at least one task. A track with few tasks gets fewer sprints.
 */
export function cutSprints<T>(
	tasks: readonly T[],
	{ count, minutesOf }: { readonly count: number; readonly minutesOf: (task: T) => number },
): T[][] {
	const total = tasks.reduce((sum, task) => sum + minutesOf(task), 0);
	const sprints: T[][] = [];
	let begin = 0;
	let end = 0;
	let sum = 0;
	for (let k = 1; k <= count && begin < tasks.length; k++) {
		const limit = k === count ? Number.POSITIVE_INFINITY : (total * k) / count + 1e-6;
		for (let next = tasks[end]; next !== undefined; next = tasks[end]) {
			const isFirst = end === begin && sprints.length === 0;
			if (!isFirst && sum + minutesOf(next) > limit) {
				break;
			}
			sum += minutesOf(next);
			end++;
		}
		if (end > begin) {
			sprints.push(tasks.slice(begin, end));
			begin = end;
		}
	}
	return sprints;
}
