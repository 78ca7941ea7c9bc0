import type { EvidenceAttempt, EvidenceInput } from './evidenceInput.ts';
import { outcomeText } from './wording.ts';

/** Everything a reader of the evidence should not overlook, as sentences: what failed, what is missing, what was said. */
export function knownIssues(input: EvidenceInput): readonly string[] {
	const missing = input.files.filter(({ change }) => change === 'missing');
	const isUnchecked = input.status === 'completed' && input.task.checks.length === 0;
	const { discoveries = [], newSubtasks = [], recommendations = [] } = input.report ?? {};
	return [
		...input.attempts.flatMap(attemptIssues),
		...missing.map(({ path }) => `${path} should have been produced and is not there.`),
		...(isUnchecked ? ['No check is declared for this task.'] : []),
		...discoveries.map((text) => `Reported by the worker: ${text}`),
		...newSubtasks.map((text) => `Proposed by the worker as a new task: ${text}`),
		...recommendations.map((text) => `Recommended by the worker: ${text}`),
	];
}

function attemptIssues({ attempt }: EvidenceAttempt): string[] {
	const issues: string[] = [];
	if (attempt.outcome !== null && attempt.outcome !== 'ok') {
		issues.push(`Attempt ${attempt.number}: ${outcomeText(attempt)}. ${attempt.reason}`.trim());
	}
	for (const check of attempt.checks.filter(({ passed }) => !passed)) {
		issues.push(`Attempt ${attempt.number}: ${check.reason || `Check ${check.index + 1} failed.`}`);
	}
	return issues;
}
