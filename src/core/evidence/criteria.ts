import { isRefused } from '../run/findings.ts';
import type { RunTask } from '../run/runPlan.ts';
import type { CheckState } from '../run/runState.ts';
import { plainCriterion } from '../run/verdict.ts';
import type { EvidenceAttempt } from './evidenceInput.ts';

/** A criterion counts as checked only where a check really ran: the worker's word is none (EXECUTION T1). */
export interface CriterionVerdict {
	readonly criterion: string;
	readonly verdict: 'passed' | 'failed' | 'not verified';
	/** Numbers of the checks that decided, from 1. */
	readonly checks: readonly number[];
	/** What those saw who judged this criterion by its name; empty for commands. */
	readonly findings: readonly string[];
}

/**
 * The verdict on each acceptance criterion, from the checks of the last attempt. A validator answers criterion by
 * criterion, and its answer stands for that one alone; a command does not say which it is about, so that it stands for
 * each: one that failed fails every criterion. What did not run leaves all unverified, and what only advises decides nothing.
 */
export function judgeCriteria(
	task: RunTask,
	last: Pick<EvidenceAttempt, 'attempt'> | undefined,
): readonly CriterionVerdict[] {
	const ran = last?.attempt.checks ?? [];
	const counting = ran.filter(({ advisory }) => !advisory);
	const isComplete = ran.length >= task.checks.length;
	return task.acceptanceCriteria.map((criterion) => {
		const deciding = counting.filter((check) => check.criteria.length === 0 || answerOf(check, criterion));
		const failed = deciding.filter((check) =>
			check.criteria.length === 0 ? isRefused(check) : answerOf(check, criterion)?.passed === false,
		);
		const isMet = isComplete && deciding.length > 0;
		const verdict = failed.length > 0 ? 'failed' : isMet ? 'passed' : 'not verified';
		const decisive = verdict === 'failed' ? failed : verdict === 'passed' ? deciding : [];
		const findings = decisive
			.map((check) => answerOf(check, criterion)?.finding ?? '')
			.filter((text) => text !== '');
		return { criterion, verdict, checks: decisive.map(({ index }) => index + 1), findings };
	});
}

function answerOf({ criteria }: CheckState, criterion: string): CheckState['criteria'][number] | undefined {
	return criteria.find((answer) => plainCriterion(answer.criterion) === plainCriterion(criterion));
}
