import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BaselineTaken, CheckEnded } from '../../core/run/attemptFacts.ts';
import type { CriterionAnswer } from '../../core/run/findings.ts';
import type { CheckVerdict, ReadReports } from '../../core/run/judgeCheck.ts';
import { judgeCheck } from '../../core/run/judgeCheck.ts';
import type { AgentRunCheck, CommandRunCheck } from '../../core/run/runPlan.ts';
import type { Baseline } from '../../core/run/runState.ts';
import { answersOfVerdict, findingsOfVerdict, readVerdict } from '../../core/run/verdict.ts';
import { jobFiles } from '../files/runPaths.ts';
import { callReports } from './callReports.ts';
import type { JobFacts, WorkVerdict } from './jobOutcome.ts';
import { describeEnd, jobRecord, markBytes, outsideVerdict } from './jobOutcome.ts';
import { failureMark, readTail } from './readTail.ts';
import type { JobEnd } from './superviseJob.ts';

/** A check whose runner dies each time does not pass either. */
const maxLost = 2;
/** A validator that does not answer is asked once more, as one whose line was cut (T3). */
const maxUnanswered = 1;

export interface CheckFacts extends JobFacts {
	/** How often the check was made in this attempt without a verdict. */
	readonly lost: number;
	readonly baseline: Baseline | null;
}

/** The line that records a check. What it printed decides nothing: its exit code does, its reports, or its verdict file. */
export async function checkEndedEvent(facts: CheckFacts, end: JobEnd): Promise<CheckEnded> {
	const { step, check = 0 } = facts.job.place;
	const place = { ...(step === undefined ? {} : { step }), check };
	const record = await jobRecord(facts, end);
	const exit = end.kind === 'result' ? end.result.exit : null;
	const judged = facts.job.check?.kind === 'agent' ? await byAgent(facts, end) : await byCommand(facts, end);
	const { verdict, criteria = [] } = judged;
	const isAdvice = facts.job.check?.advisory === true;
	return {
		kind: 'check-ended',
		...place,
		passed: verdict.passed,
		...(judged.isLost ? { vanished: true as const } : {}),
		...judged.wait,
		...(judged.isInvalid ? { invalid: true as const } : {}),
		exit,
		...(isAdvice ? { advisory: true as const } : {}),
		reason: verdict.passed ? '' : facts.redact(`${failureOf(facts)}: ${verdict.reason}`),
		...(Object.keys(verdict.figures).length > 0 && { figures: verdict.figures }),
		...(verdict.findings.length > 0 && { findings: redactFindings(facts, verdict) }),
		...(criteria.length > 0 && {
			criteria: criteria.map((answer) => ({ ...answer, finding: facts.redact(answer.finding) })),
		}),
		...(verdict.known.length > 0 && { known: verdict.known.map(facts.redact) }),
		...record,
	};
}

function nameOf({ job }: JobFacts): string {
	return job.check?.name ?? `Check ${(job.place.check ?? 0) + 1}`;
}

/** What only advises is told apart in every view, also where a sentence is all that is shown. */
function failureOf(facts: JobFacts): string {
	return `${nameOf(facts)} failed${facts.job.check?.advisory === true ? ' (advice)' : ''}`;
}

function redactFindings(facts: JobFacts, { findings }: CheckVerdict): CheckVerdict['findings'] {
	return findings.map((finding) => ({ ...finding, text: facts.redact(finding.text) }));
}

interface Judged {
	readonly verdict: CheckVerdict;
	/** It says nothing about the work, and is made again. */
	readonly isLost: boolean;
	readonly isInvalid: boolean;
	/** When one that judges can do so again (T3). */
	readonly wait?: Pick<CheckEnded, 'retryAt' | 'limited' | 'handOver'>;
	/** What one who judged said about each criterion. */
	readonly criteria?: readonly CriterionAnswer[];
}

async function byCommand(facts: CheckFacts, end: JobEnd): Promise<Judged> {
	const check = facts.job.check as CommandRunCheck;
	const isLost = end.kind === 'void' || (wasCutOff(end) && facts.lost < maxLost);
	const ending = describeEnd(facts, end, check.expectExit);
	if (end.kind !== 'result') {
		return { verdict: failed(ending), isLost, isInvalid: false };
	}
	const { exit } = end.result;
	const reports = await reportsOf(facts, check, end);
	const verdict = judgeCheck(check, { exit, reports, baseline: facts.baseline, ending });
	return { verdict: await withMark(facts, verdict), isLost, isInvalid: false };
}

/** Its runner died, before or after it had begun: that says nothing about the work. */
function wasCutOff(end: JobEnd): boolean {
	return end.kind === 'vanished' || (end.kind === 'not-started' && !end.isSetup);
}

/** A failure without a report is told from others by the end of its output, or three of them would look alike (T3). */
async function withMark(facts: CheckFacts, verdict: CheckVerdict): Promise<CheckVerdict> {
	if (verdict.passed || verdict.findings.length > 0) {
		return verdict;
	}
	const tail = await readTail(facts.folder, markBytes);
	const { reason } = verdict;
	const mark = tail.trim() === '' ? {} : { mark: failureMark(reason, tail) };
	return { ...verdict, findings: [{ text: `${failureOf(facts)}: ${reason}`, ...mark }] };
}

function reportsOf(
	{ rootPath }: JobFacts,
	{ reports }: CommandRunCheck,
	end: JobEnd,
): Promise<ReadReports> | null {
	return reports === undefined ? null : callReports({ rootPath, reports, since: end.startedAt });
}

async function byAgent(facts: CheckFacts, end: JobEnd): Promise<Judged> {
	const check = facts.job.check as AgentRunCheck;
	const again = facts.lost < maxUnanswered;
	if (end.kind === 'void' || (end.kind === 'vanished' && facts.lost < maxLost)) {
		return { verdict: failed(describeEnd(facts, end, 0)), isLost: true, isInvalid: false };
	}
	const isFine = end.kind === 'result' && end.result.exit === 0;
	const around = isFine ? null : await outsideVerdict(facts, end);
	if (around?.retryAt !== undefined) {
		return waiting(facts, around);
	}
	const answer = isFine
		? readVerdict(await readVerdictFile(facts.out), check.criteria)
		: { problem: describeEnd(facts, end, 0) };
	if ('problem' in answer) {
		const reason = `${check.persona} did not judge: ${answer.problem.replace(/\.$/, '')}.`;
		const isLost = again && end.kind !== 'stopped' && around?.final !== true;
		return { verdict: failed(reason), isLost, isInvalid: true };
	}
	const findings = findingsOfVerdict(answer.verdict);
	const passed = answer.verdict.verdict === 'PASS';
	const reason = passed
		? ''
		: findings
				.map(({ text }) => text.replace(/\.?$/, '.'))
				.join(' ')
				.slice(0, 500);
	return {
		verdict: { passed, reason, findings, figures: {}, known: [] },
		isLost: false,
		isInvalid: false,
		criteria: answersOfVerdict(answer.verdict),
	};
}

/** T3: who judges is not to blame, and neither is the work. */
function waiting({ job }: CheckFacts, { outcome, retryAt = 0, handOver, reason }: WorkVerdict): Judged {
	const limited = outcome === 'usage-limit' && job.work.kind === 'agent' ? { limited: job.work.agent } : {};
	const wait = { retryAt, ...limited, ...(handOver !== undefined && { handOver }) };
	return { verdict: failed(reason), isLost: true, isInvalid: false, wait };
}

/** Null where there is none; a link is none, because it could lead to what the worker itself wrote. */
async function readVerdictFile(out: string): Promise<string | null> {
	const file = join(out, jobFiles.verdict);
	const info = await lstat(file).catch(() => null);
	return info?.isFile() === true && info.size < 1024 * 1024 ? readFile(file, 'utf8') : null;
}

function failed(reason: string): CheckVerdict {
	return { passed: false, reason, findings: [{ text: reason }], figures: {}, known: [] };
}

/** The line that records how a check stood before the work: a check that cannot be made then has no old failures. */
export async function baselineTakenEvent(facts: CheckFacts, end: JobEnd): Promise<BaselineTaken> {
	const check = facts.job.check as CommandRunCheck;
	const reports = end.kind === 'result' ? await reportsOf(facts, check, end) : null;
	const problem = reports === null ? describeEnd(facts, end, 0) : (reports.problems[0]?.text ?? '');
	return {
		kind: 'baseline-taken',
		task: facts.job.task.id,
		attempt: facts.job.attempt,
		check: facts.job.place.check ?? 0,
		engine: facts.engine,
		figures: reports?.figures ?? {},
		failures:
			reports === null || problem !== '' ? null : reports.failures.map(({ name }) => facts.redact(name)),
		reason: facts.redact(problem),
	};
}
