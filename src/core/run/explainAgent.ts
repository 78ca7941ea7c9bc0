import type { StampedEvent } from './events.ts';
import type { Explanation } from './explanation.ts';
import type { RunTask, Work } from './runPlan.ts';
import type { AttemptState, TaskState } from './runState.ts';
import { currentStep } from './taskSteps.ts';
import { chainOf, workOnTier } from './workOf.ts';

/** Why somebody else worked on the last attempt, or judges it, than who was meant (T3); nothing where nobody did. */
export function explainAgent({ task, attempts }: TaskState, events: readonly StampedEvent[]): Explanation[] {
	const last = attempts.at(-1);
	const stand = last === undefined ? null : standIn(task, last);
	if (last === undefined || stand === null) {
		return [];
	}
	const before = events.filter(({ stamp }) => stamp.at <= (last.endedAt ?? Number.POSITIVE_INFINITY));
	const cause = before.findLast((event) => givesUp(event, stand.meant));
	const isLimit = cause === undefined || !('handOver' in cause);
	const why = isLimit
		? `whose usage limit was reached`
		: `which could not work: ${cause.reason.replace(/ \S+ takes over from \S+\.$/, '')}`;
	const sentence = `${stand.agent} ${stand.does} attempt ${last.number} in place of ${stand.meant}, ${/[.?]$/.test(why) ? why : `${why}.`}`;
	return [{ about: 'agent', sentence, events: cause === undefined ? [] : [cause] }];
}

interface StandIn {
	readonly meant: string;
	readonly agent: string;
	readonly does: 'works on' | 'judges';
}

function standIn(task: RunTask, attempt: AttemptState): StandIn | null {
	const parts =
		attempt.steps.length === 0
			? [{ of: task, record: attempt }]
			: attempt.steps.flatMap((record) => {
					const of = task.steps?.[record.index];
					return of === undefined || !record.redo ? [] : [{ of, record }];
				});
	for (const { of, record } of parts) {
		const found = otherThan(workOnTier(of, record.tier), record.agent, 'works on');
		if (found !== null) {
			return found;
		}
	}
	return judging(task, attempt);
}

function judging(task: RunTask, attempt: AttemptState): StandIn | null {
	const step = currentStep(task, attempt);
	const checks = step === null ? task.checks : (task.steps?.[step.index]?.checks ?? []);
	const due = checks[(step ?? attempt).checks.length];
	return due?.kind === 'agent' ? otherThan(due.work, attempt.judge ?? null, 'judges') : null;
}

function otherThan(work: Work, agent: string | null, does: StandIn['does']): StandIn | null {
	const meant = chainOf(work)[0]?.agent;
	return agent === null || meant === undefined || meant === agent ? null : { meant, agent, does };
}

/** The line with which an agent was given up for a while. */
function givesUp(event: StampedEvent, agent: string): event is StampedEvent & { readonly reason: string } {
	switch (event.kind) {
		case 'attempt-ended':
			return (
				event.handOver === agent || (event.outcome === 'usage-limit' && event.reason.includes(` ${agent} `))
			);
		case 'check-ended':
			return event.handOver === agent || event.limited === agent;
		default:
			return false;
	}
}
