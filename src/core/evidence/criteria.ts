import type { RunTask } from '../run/runPlan.ts';
import type { EvidenceAttempt } from './evidenceInput.ts';

/** A criterion counts as checked only where a check really ran: the worker's word is none (EXECUTION T1). */
export interface CriterionVerdict {
	readonly criterion: string;
	readonly verdict: 'passed' | 'failed' | 'not verified';
	/** Numbers of the checks that decided, from 1. */
	readonly checks: readonly number[];
}

/**
 * The verdict on each acceptance criterion, from the checks of the last attempt. A plan does not say which check
 * belongs to which criterion, so all of them stand for each: one that failed fails every criterion, and one that did
 * not run leaves all unverified.
 */
export function judgeCriteria(task: RunTask, last: EvidenceAttempt | undefined): readonly CriterionVerdict[] {
	const ran = last?.attempt.checks ?? [];
	const failed = ran.filter(({ passed }) => !passed);
	const allPassed = ran.length > 0 && ran.length >= task.checks.length && failed.length === 0;
	const verdict = failed.length > 0 ? 'failed' : allPassed ? 'passed' : 'not verified';
	const decisive = verdict === 'failed' ? failed : verdict === 'passed' ? ran : [];
	const checks = decisive.map(({ index }) => index + 1);
	return task.acceptanceCriteria.map((criterion) => ({ criterion, verdict, checks }));
}
