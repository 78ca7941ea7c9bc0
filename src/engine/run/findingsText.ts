import { redactLines } from '../../core/evidence/redact.ts';
import { renderFindings } from '../../core/run/renderFindings.ts';
import type { AttemptState } from '../../core/run/runState.ts';
import { jobFolder } from '../files/runPaths.ts';
import type { JobId } from './describeJob.ts';
import type { JobContext } from './prepareJob.ts';
import { readTail } from './readTail.ts';

/** As much of an output as an agent should have to read. */
const shownBytes = 6 * 1024;

/** What the iteration before left to be repaired, redacted on whole lines (FORMATS 2.3); empty where nothing did. */
export async function findingsText(context: JobContext, job: JobId): Promise<string> {
	const { findings, findingsFrom, task } = job;
	if (findingsFrom === null || findings.length === 0) {
		return '';
	}
	const place = failedPlace(findingsFrom);
	const folder = jobFolder(context.runFolder, task.id, findingsFrom.number, place);
	const output = await readTail(folder, shownBytes);
	const text = renderFindings({ iteration: findingsFrom.iteration, findings, output });
	return redactLines(text, context.secrets.of(task));
}

/** The job whose failure ended an attempt: a check of a step, a check of the task, or the work. */
function failedPlace(attempt: AttemptState): { step?: number; check?: number } {
	for (const { index, outcome, checks } of attempt.steps) {
		const check = checks.find(({ passed }) => !passed);
		if (check !== undefined) {
			return { step: index, check: check.index };
		}
		if (outcome !== null && outcome !== 'ok') {
			return { step: index };
		}
	}
	const check = attempt.checks.find(({ passed }) => !passed);
	return check === undefined ? {} : { check: check.index };
}
