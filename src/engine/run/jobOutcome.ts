import { join } from 'node:path';
import type { AttemptEnded, AttemptOutcome, CheckEnded } from '../../core/run/events.ts';
import type { RunTask } from '../../core/run/runPlan.ts';
import { hashFile } from '../files/hashFile.ts';
import { jobFiles } from '../files/runPaths.ts';
import { missingProduct } from './fingerprint.ts';
import type { JobEnd } from './superviseJob.ts';

/** Whose job it was. */
export interface JobFacts {
	readonly rootPath: string;
	readonly engine: string;
	readonly task: RunTask;
	readonly attempt: number;
	readonly folder: string;
	/** The argument list as a person reads it: one line, without secrets. */
	readonly command: string;
	readonly timeoutMs: number;
}

/** The line that records how an attempt's work ended. An agent's exit code is never enough for "ok" by itself: T1. */
export async function attemptEndedEvent(context: JobFacts, end: JobEnd): Promise<AttemptEnded> {
	const verdict = await workVerdict(context, end);
	return { kind: 'attempt-ended', ...verdict, ...(await common(context, end)) };
}

/** A check whose runner vanishes each time does not pass either. */
const maxRounds = 3;

/** The line that records a check; `expectExit` decides, and nothing it printed. */
export async function checkEndedEvent(
	context: JobFacts,
	end: JobEnd,
	{ check, round }: { readonly check: number; readonly round: number },
): Promise<CheckEnded> {
	const expected = context.task.checks[check]?.expectExit ?? 0;
	const exit = end.kind === 'result' ? end.result.exit : null;
	const passed = end.kind === 'result' && exit === expected;
	const reason = passed ? '' : `Check ${check + 1} failed: ${describeEnd(context, end, expected)}`;
	const lost = end.kind === 'void' || (end.kind === 'vanished' && round < maxRounds);
	const vanished = lost ? { vanished: true as const } : {};
	return { kind: 'check-ended', check, passed, ...vanished, reason, exit, ...(await common(context, end)) };
}

async function common({ task, attempt, engine, folder }: JobFacts, end: JobEnd) {
	const output = await hashFile(join(folder, jobFiles.output));
	return {
		task: task.id,
		attempt,
		engine,
		startedAt: Math.round(end.startedAt),
		endedAt: Math.round(end.endedAt),
		outputHash: output?.hash ?? '',
		outputBytes: output?.bytes ?? 0,
	};
}

async function workVerdict(
	context: JobFacts,
	end: JobEnd,
): Promise<{ outcome: AttemptOutcome; exit: number | null; reason: string }> {
	switch (end.kind) {
		case 'void':
			return { outcome: 'void', exit: null, reason: '' };
		case 'stopped':
			return { outcome: 'cancelled', exit: null, reason: 'Stopped by a person; what it wrote was kept.' };
		case 'timeout':
			return { outcome: 'timeout', exit: null, reason: describeEnd(context, end, 0) };
		case 'vanished':
			return {
				outcome: 'unknown',
				exit: null,
				reason:
					'Its runner vanished without a result (killed, or the machine went down). Look at the workspace, then run the task again or skip it.',
			};
		case 'not-started':
			return { outcome: 'infrastructure', exit: null, reason: describeEnd(context, end, 0) };
		case 'result': {
			const { exit, error } = end.result;
			if (error !== undefined) {
				return { outcome: 'infrastructure', exit, reason: describeEnd(context, end, 0) };
			}
			if (exit !== 0) {
				return { outcome: 'failed', exit, reason: describeEnd(context, end, 0) };
			}
			const missing = await missingProduct(context.rootPath, context.task);
			return missing === null
				? { outcome: 'ok', exit, reason: '' }
				: { outcome: 'failed', exit, reason: `It ended well and did not produce ${missing}.` };
		}
	}
}

/** A sentence for a person: what ended how, and the command. */
function describeEnd(context: JobFacts, end: JobEnd, expected: number): string {
	const command = shorten(context.command);
	switch (end.kind) {
		case 'void':
		case 'stopped':
			return 'stopped by a person.';
		case 'timeout':
			return `No end after ${formatMinutes(context.timeoutMs)}: ${command} was stopped. Raise timeout_minutes if it needs longer.`;
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

function formatMinutes(ms: number): string {
	return ms >= 60_000 ? `${Math.round(ms / 6_000) / 10} min` : `${Math.round(ms / 100) / 10} s`;
}

function shorten(text: string): string {
	return text.length > 120 ? `${text.slice(0, 117)}…` : text;
}
