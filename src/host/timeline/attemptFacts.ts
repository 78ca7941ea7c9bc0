import type { AttemptState, TaskSummary } from '../../core/run/runState.ts';
import type { TimelineTask } from '../../protocol/timelineView.ts';

/** What the timeline shows of a task of the run. */
export function attemptFacts(summary: TaskSummary, attempts: readonly AttemptState[]): TimelineTask {
	return {
		id: summary.id,
		status: summary.status,
		verified: summary.validation === 'checks' || summary.validation === 'exit-code',
		reason: summary.reason,
		hasEvidence: summary.evidence !== null,
		attempts: attempts.map(({ number, startedAt, endedAt, outcome, reason, checks }) => ({
			...{ number, startedAt, endedAt, outcome, reason },
			checks: checks.map((check) => ({
				passed: check.passed,
				startedAt: check.startedAt,
				endedAt: check.endedAt,
			})),
		})),
	};
}

/** True for what the timeline has something to show of. */
export function isTouched(summary: TaskSummary, attempts: readonly AttemptState[]): boolean {
	return attempts.length > 0 || (summary.status !== 'pending' && summary.status !== 'ready');
}
