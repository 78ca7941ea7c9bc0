import type { RunCheck } from '../run/runPlan.ts';
import type { CheckState, StepState } from '../run/runState.ts';
import { workOf } from '../run/workOf.ts';
import { checkText, commandText } from './commandText.ts';
import { judgeCriteria } from './criteria.ts';
import type { CapturedOutput, EvidenceAttempt, EvidenceInput, StepOutputs } from './evidenceInput.ts';
import { knownIssues } from './knownIssues.ts';
import { redactStrings } from './redactStrings.ts';

/** The text of `results.json` (FORMATS 2.3): what `EVIDENCE.md` says, for machines. Times are ISO 8601 in UTC. */
export function renderResults(input: EvidenceInput): string {
	const { task } = input;
	const results = {
		schema: 1,
		run: input.run,
		plan: input.planName,
		task: { id: task.id, name: task.name, type: task.type, sprint: task.sprint, track: task.track },
		status: input.status,
		validation: input.validation,
		reason: input.reason,
		place: input.place,
		commit: input.git.kind === 'repository' ? input.git.head : null,
		uncommitted_changes: input.git.kind === 'repository' ? input.git.dirty : null,
		attempts: input.attempts.map((attempt) => attemptRecord(input, attempt)),
		files: input.files.map(({ path, change, hash, bytes }) => ({ path, change, sha256: hash, bytes })),
		metrics: input.metrics,
		criteria: judgeCriteria(task, input.attempts.at(-1)),
		known_issues: knownIssues(input),
		deviations: input.deviations,
		worker_report: input.report,
	};
	return `${JSON.stringify(redactStrings(results, input.secrets), null, '\t')}\n`;
}

function attemptRecord(
	input: EvidenceInput,
	{ attempt, output, checkOutputs, stepOutputs = [] }: EvidenceAttempt,
): object {
	return {
		number: attempt.number,
		iteration: attempt.counts ? attempt.iteration : null,
		tier: attempt.tier,
		outcome: attempt.outcome,
		...(attempt.imported === true && { imported: true }),
		command: commandText(workOf(input.task, attempt).command),
		agent: attempt.agent ?? (input.task.work.kind === 'agent' ? input.task.work.agent : null),
		cwd: input.task.cwd,
		...ending(attempt, output),
		...(attempt.steps.length > 0 && {
			steps: attempt.steps.map((step, index) => stepRecord(input, { step, outputs: stepOutputs[index] })),
		}),
		checks: attempt.checks.map((check) =>
			checkRecord(check, input.task.checks[check.index], checkOutputs[check.index] ?? null),
		),
	};
}

function checkRecord(
	check: CheckState,
	declared: RunCheck | undefined,
	output: CapturedOutput | null,
): object {
	return {
		number: check.index + 1,
		passed: check.passed,
		advisory: check.advisory,
		command: declared === undefined ? null : checkText(declared),
		expect_exit:
			declared === undefined || declared.kind === 'agent' || declared.kind === 'approval'
				? null
				: declared.expectExit,
		figures: check.figures,
		findings: check.findings.map(({ text, file }) => ({ text, file: file ?? null })),
		criteria: check.criteria,
		failed_before: check.known,
		...ending(check, output),
	};
}

/** A step that was not done again has no ending of its own in this attempt. */
function stepRecord(
	input: EvidenceInput,
	{ step, outputs }: { readonly step: StepState; readonly outputs: StepOutputs | undefined },
): object {
	const declared = input.task.steps?.[step.index];
	return {
		number: step.index + 1,
		name: declared?.name ?? null,
		done_again: step.redo,
		tier: step.tier,
		agent: step.agent,
		outcome: step.outcome,
		command: declared === undefined ? null : commandText(workOf(declared, step).command),
		...ending(step, outputs?.output ?? null),
		checks: step.checks.map((check) =>
			checkRecord(check, declared?.checks[check.index], outputs?.checkOutputs[check.index] ?? null),
		),
	};
}

interface Ending {
	readonly exit: number | null;
	readonly reason: string;
	readonly startedAt: number | null;
	readonly endedAt: number | null;
	readonly outputHash: string;
	readonly outputBytes: number;
}

function ending(end: Ending, output: CapturedOutput | null): object {
	return {
		exit: end.exit,
		reason: end.reason,
		started_at: end.startedAt === null ? null : new Date(end.startedAt).toISOString(),
		ended_at: end.endedAt === null ? null : new Date(end.endedAt).toISOString(),
		output: { bytes: end.outputBytes, sha256: end.outputHash, log: output?.log ?? null },
	};
}
