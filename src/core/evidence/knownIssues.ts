import type { EvidenceInput } from './evidenceInput.ts';
import { outcomeText } from './wording.ts';

/** Everything a reader of the evidence should not overlook, as sentences: what failed, what is missing, what was said. */
export function knownIssues(input: EvidenceInput): readonly string[] {
	const issues: string[] = [];
	for (const { attempt } of input.attempts) {
		if (attempt.outcome !== null && attempt.outcome !== 'ok') {
			issues.push(`Attempt ${attempt.number}: ${outcomeText(attempt)}. ${attempt.reason}`.trim());
		}
		for (const check of attempt.checks.filter(({ passed }) => !passed)) {
			issues.push(`Attempt ${attempt.number}: ${check.reason || `Check ${check.index + 1} failed.`}`);
		}
	}
	for (const file of input.files.filter(({ change }) => change === 'missing')) {
		issues.push(`${file.path} should have been produced and is not there.`);
	}
	if (input.status === 'completed' && input.task.checks.length === 0) {
		issues.push('No check is declared for this task.');
	}
	for (const discovery of input.report?.discoveries ?? []) {
		issues.push(`Reported by the worker: ${discovery}`);
	}
	for (const subtask of input.report?.newSubtasks ?? []) {
		issues.push(`Proposed by the worker as a new task: ${subtask}`);
	}
	for (const recommendation of input.report?.recommendations ?? []) {
		issues.push(`Recommended by the worker: ${recommendation}`);
	}
	return issues;
}
