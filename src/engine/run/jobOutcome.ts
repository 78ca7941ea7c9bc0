import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { reportedCost } from '../../core/history/reportedCost.ts';
import { maxInfrastructureRetries } from '../../core/run/attemptEvents.ts';
import type { AttemptEnded, AttemptOutcome } from '../../core/run/attemptFacts.ts';
import { classifyFailure } from '../../core/run/failureClass.ts';
import { hashFile } from '../files/hashFile.ts';
import { readSmallFile } from '../files/readSmallFile.ts';
import { jobFiles } from '../files/runPaths.ts';
import type { JobId } from './describeJob.ts';
import { missingProduct } from './fingerprint.ts';
import { failureMark, readTail } from './readTail.ts';
import type { JobEnd } from './superviseJob.ts';

/** Whose job it was, and how its task has fared. */
export interface JobFacts {
	readonly rootPath: string;
	readonly engine: string;
	readonly job: JobId;
	readonly folder: string;
	/** Where the job leaves what it reports. */
	readonly out: string;
	/** The argument list as a person reads it: one line, without secrets. */
	readonly command: string;
	/** Failures of the infrastructure in a row before this one, and how often the task waited for a usage limit (T3). */
	readonly infrastructure: number;
	readonly parked: number;
	/** Seconds before the first new try. */
	readonly backoffSeconds: number;
	/** Takes lines with secrets out of a text that goes to views. */
	readonly redact: (text: string) => string;
	/** The time of day. */
	readonly now: number;
}

export interface WorkVerdict {
	readonly outcome: AttemptOutcome;
	readonly exit: number | null;
	readonly reason: string;
	readonly retryAt?: number;
	readonly handOver?: string;
	readonly final?: true;
}

/** The line that records how an attempt's work ended. An agent's exit code is never enough for "ok" by itself: T1. */
export async function attemptEndedEvent(facts: JobFacts, end: JobEnd): Promise<AttemptEnded> {
	const verdict = await workVerdict(facts, end);
	const { step } = facts.job.place;
	const tail = verdict.outcome === 'ok' ? '' : await readTail(facts.folder, markBytes);
	return {
		kind: 'attempt-ended',
		...verdict,
		...(step === undefined ? {} : { step }),
		...(tail.trim() === '' ? {} : { mark: failureMark(verdict.reason, tail) }),
		...(await jobRecord(facts, end)),
	};
}

/** What tells a failure from others stands at the end of an output. */
export const markBytes = 8 * 1024;

/** What every line about the end of a job holds. */
export async function jobRecord({ job, engine, folder, out }: JobFacts, end: JobEnd) {
	const costUsd = job.work.kind === 'agent' ? costIn(out) : null;
	const output = await hashFile(join(folder, jobFiles.output));
	return {
		task: job.task.id,
		attempt: job.attempt,
		engine,
		...(costUsd !== null && { costUsd }),
		startedAt: Math.round(end.startedAt),
		endedAt: Math.round(end.endedAt),
		outputHash: output?.hash ?? '',
		outputBytes: output?.bytes ?? 0,
	};
}

const longestReport = 1024 * 1024;

/** What an agent says that its job cost. */
function costIn(out: string): number | null {
	const file = join(out, jobFiles.report);
	try {
		const info = lstatSync(file, { throwIfNoEntry: false });
		const isReadable = info?.isFile() === true && info.size < longestReport;
		return isReadable ? reportedCost(readSmallFile(file)?.text ?? '') : null;
	} catch {
		// It may have left a folder of this name, or anything else.
		return null;
	}
}

async function workVerdict(facts: JobFacts, end: JobEnd): Promise<WorkVerdict> {
	switch (end.kind) {
		case 'void':
			return { outcome: 'void', exit: null, reason: '' };
		case 'stopped':
			return { outcome: 'cancelled', exit: null, reason: 'Stopped by a person; what it wrote was kept.' };
		case 'timeout':
		case 'stalled':
			return { outcome: end.kind, exit: null, reason: describeEnd(facts, end, 0) };
		case 'vanished':
			return {
				outcome: 'unknown',
				exit: null,
				reason:
					'Its runner vanished without a result (killed, or the machine went down). Look at the workspace, then run the task again or skip it.',
			};
		case 'not-started':
			return end.isSetup
				? { outcome: 'infrastructure', exit: null, reason: describeEnd(facts, end, 0), final: true }
				: outside(facts, { exit: null, reason: describeEnd(facts, end, 0) });
		case 'result':
			return resultVerdict(facts, end);
	}
}

async function resultVerdict(facts: JobFacts, end: JobEnd & { kind: 'result' }): Promise<WorkVerdict> {
	const { exit, error } = end.result;
	const reason = describeEnd(facts, end, 0);
	if (error === undefined && exit === 0) {
		const step = facts.job.place.step;
		const of = step === undefined ? facts.job.task : (facts.job.task.steps?.[step] ?? facts.job.task);
		const missing = await missingProduct(facts.rootPath, of);
		return missing === null
			? { outcome: 'ok', exit, reason: '' }
			: { outcome: 'failed', exit, reason: `It ended well and did not produce ${missing}.` };
	}
	const around = await outsideVerdict(facts, end);
	if (around !== null) {
		return around;
	}
	return error === undefined
		? { outcome: 'failed', exit, reason }
		: { outcome: 'infrastructure', exit, reason, final: true };
}

/** T3: what failed around somebody's work or judgement, and when to try again; null where the fault is their own. */
export async function outsideVerdict(facts: JobFacts, end: JobEnd): Promise<WorkVerdict | null> {
	const reason = describeEnd(facts, end, 0);
	if (end.kind === 'not-started' && !end.isSetup) {
		return outside(facts, { exit: null, reason });
	}
	if (end.kind !== 'result') {
		return null;
	}
	const { work } = facts.job;
	const { exit, error } = end.result;
	const tail = work.kind === 'agent' ? await readTail(facts.folder, markBytes) : '';
	const found = classifyFailure({ work, exit, error, tail, now: facts.now });
	switch (found.kind) {
		case 'infrastructure':
			return (
				handedOver(facts, { exit, reason, isMissing: found.isMissing }) ?? outside(facts, { exit, reason })
			);
		case 'usage-limit':
			return waitForLimit(facts, { exit, resetAt: found.resetAt });
		case 'work':
			return null;
	}
}

/** When an agent that could not work is looked at again: a program that is missing stays so for longer than a network. */
const lookAgainMs = { missing: 60 * 60_000, failing: 15 * 60_000 };

/**
 * T3: whoever the plan names as its fallback takes over at once from an agent that is missing, and after three new tries from one
 * that something around it keeps from working. Null where nobody is named, or a new try comes first.
 */
function handedOver(
	{ job: { work }, infrastructure, now }: JobFacts,
	failure: { readonly exit: number | null; readonly reason: string; readonly isMissing: true | undefined },
): WorkVerdict | null {
	const fallback = work.kind === 'agent' ? work.fallback : undefined;
	const { exit, reason, isMissing } = failure;
	if (work.kind !== 'agent' || fallback === undefined) {
		return null;
	}
	if (isMissing !== true && infrastructure < maxInfrastructureRetries) {
		return null;
	}
	const retryAt = Math.round(now + (isMissing ? lookAgainMs.missing : lookAgainMs.failing));
	const said = `${reason} ${fallback.agent} takes over from ${work.agent}.`;
	return { outcome: 'infrastructure', exit, reason: said, retryAt, handOver: work.agent };
}

/** T3: three new tries, each four times as long after the failure as the one before, then it is a failure of the task. */
function outside(facts: JobFacts, { exit, reason }: { exit: number | null; reason: string }): WorkVerdict {
	const { infrastructure, backoffSeconds, now } = facts;
	if (infrastructure >= maxInfrastructureRetries) {
		const tried = `${reason} ${maxInfrastructureRetries} more tries ended in the same way.`;
		return { outcome: 'infrastructure', exit, reason: tried, final: true };
	}
	const retryAt = Math.round(now + backoffSeconds * 1_000 * 4 ** infrastructure);
	return { outcome: 'infrastructure', exit, reason, retryAt };
}

/** An agent that does not say when its limit ends is asked again after so long. */
const unknownLimitMs = 15 * 60_000;
/** A limit that comes back this often is none. */
const maxParked = 20;

function waitForLimit(
	{ job, parked, now }: JobFacts,
	{ exit, resetAt }: { exit: number | null; resetAt: number | null },
): WorkVerdict {
	const agent = job.work.kind === 'agent' ? job.work.agent : '';
	const reason = `The usage limit of ${agent} is reached.`;
	if (parked >= maxParked) {
		return { outcome: 'usage-limit', exit, reason: `${reason} So it was ${parked} times.`, final: true };
	}
	return { outcome: 'usage-limit', exit, reason, retryAt: Math.round(resetAt ?? now + unknownLimitMs) };
}

/** A sentence for a person: what ended how, and the command. */
export function describeEnd(facts: JobFacts, end: JobEnd, expected: number): string {
	const command = shorten(facts.command);
	switch (end.kind) {
		case 'void':
		case 'stopped':
			return 'stopped by a person.';
		case 'timeout':
			return `No end after ${formatMinutes(facts.job.timeoutMinutes)}: ${command} was stopped. Raise timeout_minutes if it needs longer.`;
		case 'stalled':
			return `No output and no work of the processor for ${formatMinutes(facts.job.stallMinutes ?? 0)}: ${command} was stopped. Raise stall_minutes if it only waits.`;
		case 'vanished':
			return `its runner vanished without a result: ${command}`;
		case 'not-started':
			return `Could not start ${command}: ${end.message.replace(/\.$/, '')}.`;
		case 'result': {
			const { exit, signal, error } = end.result;
			if (error !== undefined) {
				return `Could not start ${command}: ${error}.`;
			}
			if (signal !== undefined && signal !== null) {
				return `${command} was ended by ${signal}.`;
			}
			return `${command} ${meaningOf(exit, expected)}`;
		}
	}
}

function meaningOf(exit: number | null, expected: number): string {
	if (exit === 127) {
		return 'was not found (exit 127). Is the program installed and in PATH?';
	}
	if (exit === 126) {
		return 'cannot be executed (exit 126). Is the file executable?';
	}
	return `ended with exit ${exit ?? 'unknown'}${expected === 0 ? '' : `, expected ${expected}`}.`;
}

function formatMinutes(minutes: number): string {
	return minutes >= 1 ? `${Math.round(minutes * 10) / 10} min` : `${Math.round(minutes * 600) / 10} s`;
}

function shorten(text: string): string {
	return text.length > 120 ? `${text.slice(0, 117)}…` : text;
}
