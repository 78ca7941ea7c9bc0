import type { TimelineStrings } from '../../src/protocol/timelineStrings.ts';
import type { TimelineTask } from '../../src/protocol/timelineView.ts';
import { fillIn } from '../shared/fillIn.ts';
import { formatMinutes } from '../shared/formatMinutes.ts';
import { formatSeconds } from '../shared/formatSeconds.ts';
import { workedMs } from './runFigures.ts';

/** A status in words. */
export function statusWords(run: TimelineTask | undefined, strings: TimelineStrings): string {
	if (run === undefined) {
		return strings.pending;
	}
	switch (run.status) {
		case 'running':
			return strings.taskRunning;
		case 'completed':
			return run.verified ? strings.taskCompleted : strings.unverified;
		default:
			return strings[run.status];
	}
}

/** The facts of a task of the run, one after another: state, times, attempts, reason. */
export function factsOf(
	run: TimelineTask | undefined,
	{
		estimate,
		now,
		strings,
	}: { readonly estimate: number | null; readonly now: number; readonly strings: TimelineStrings },
): readonly string[] {
	const worked = run === undefined ? null : workedMs(run, now);
	const attempts = run?.attempts.length ?? 0;
	const last = run?.attempts.at(-1)?.checks.at(-1);
	const checkTime = last === undefined ? '' : formatSeconds(last.endedAt - last.startedAt, strings);
	return [
		statusWords(run, strings),
		worked === null ? '' : fillIn(strings.took, formatSeconds(worked, strings)),
		estimate === null ? '' : fillIn(strings.plannedFor, formatMinutes(estimate, strings)),
		attempts > 1 ? fillIn(strings.attempts, attempts) : '',
		last === undefined ? '' : fillIn(last.passed ? strings.checkPassed : strings.checkFailed, checkTime),
		run?.reason ?? '',
	].filter((fact) => fact !== '');
}
