import type { TimelineTask } from '../../src/protocol/timelineView.ts';
import { fillIn } from '../shared/fillIn.ts';

/** True while its bars grow with the clock. */
export function isUnderWay(run: TimelineTask | undefined): boolean {
	return run?.status === 'checking' || run?.attempts.at(-1)?.endedAt === null;
}

/** Milliseconds of all attempts and checks together; null where nothing began. */
export function workedMs(run: TimelineTask, now: number): number | null {
	let sum: number | null = null;
	for (const { startedAt, endedAt, checks } of run.attempts) {
		if (startedAt !== null) {
			const checked = checks.reduce((total, check) => total + check.endedAt - check.startedAt, 0);
			sum = (sum ?? 0) + (endedAt ?? now) - startedAt + checked;
		}
	}
	return sum;
}

/** When the first attempt of a run began, and when the last thing in it ended; null before anything did. */
export function extentOf(
	tasks: Iterable<TimelineTask>,
	now: number,
): { readonly from: number; readonly to: number } | null {
	let from = Number.POSITIVE_INFINITY;
	let to = 0;
	for (const { attempts } of tasks) {
		for (const { startedAt, endedAt, checks } of attempts) {
			if (startedAt !== null) {
				from = Math.min(from, startedAt);
				to = Math.max(to, endedAt ?? now, checks.at(-1)?.endedAt ?? 0);
			}
		}
	}
	return to === 0 ? null : { from, to };
}

/** Beyond this factor between forecast and reality one of them could not be seen beside the other. */
const comparable = 20;

/** Whether the forecast is worth drawing on the time scale of what happened. */
export function isComparable(forecastMinutes: number, actualMinutes: number): boolean {
	const ratio = actualMinutes > 0 ? forecastMinutes / actualMinutes : 0;
	return ratio >= 1 / comparable && ratio <= comparable;
}

/** A word for how many tasks are done. */
export function doneWords(
	tasks: ReadonlyMap<string, TimelineTask>,
	{ total, words }: { readonly total: number; readonly words: string },
): string {
	let done = 0;
	for (const { status } of tasks.values()) {
		done += status === 'completed' || status === 'skipped' ? 1 : 0;
	}
	return fillIn(words, done, total);
}
