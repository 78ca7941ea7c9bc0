import type { EvidenceAttempt } from '../../core/evidence/evidenceInput.ts';
import type { Secret } from '../../core/evidence/redact.ts';
import type { RunTask } from '../../core/run/runPlan.ts';
import type { AttemptState } from '../../core/run/runState.ts';
import type { JobPlace } from '../files/runPaths.ts';
import { jobFolder } from '../files/runPaths.ts';
import { captureOutput } from './captureOutput.ts';
import type { EvidenceFolder } from './evidenceFolder.ts';
import type { JobContext } from './prepareJob.ts';

export interface Capture {
	readonly context: JobContext;
	readonly task: RunTask;
	readonly evidence: EvidenceFolder;
	readonly secrets: readonly Secret[];
	/** Before the names of logs, where several share a folder. */
	readonly logPrefix: string;
}

/** What an attempt, its checks and its steps printed, each with the log that is kept of it. */
export async function captureAttempt(options: Capture, attempt: AttemptState): Promise<EvidenceAttempt> {
	const { context, task, evidence, secrets, logPrefix } = options;
	const { number, checks } = attempt;
	const capture = (job: JobPlace, hash: string, name: string) =>
		captureOutput({
			evidence,
			secrets,
			folder: jobFolder(context.runFolder, task.id, number, job),
			hash,
			logName: `${logPrefix}attempt-${number}${name}.log`,
		});
	return {
		attempt,
		output: await capture({}, attempt.outputHash, ''),
		checkOutputs: await Promise.all(
			checks.map(({ index, outputHash }) => capture({ check: index }, outputHash, `-check-${index + 1}`)),
		),
		stepOutputs: await Promise.all(
			attempt.steps.map(async ({ index: step, outputHash, checks: own }) => ({
				output: await capture({ step }, outputHash, `-step-${step + 1}`),
				checkOutputs: await Promise.all(
					own.map(({ index, outputHash: hash }) =>
						capture({ step, check: index }, hash, `-step-${step + 1}-check-${index + 1}`),
					),
				),
			})),
		),
	};
}
