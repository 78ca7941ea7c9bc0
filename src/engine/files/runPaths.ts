import { join } from 'node:path';
import { fileNameForId } from './fileNameForId.ts';

/** Everything raw and local of a plan's root: journals, attempts, locks. Never committed (FORMATS 2.2). */
export function switchyardFolder(rootPath: string): string {
	return join(rootPath, '.switchyard');
}

export function runsFolder(rootPath: string): string {
	return join(switchyardFolder(rootPath), 'runs');
}

export function runFolder(rootPath: string, run: string): string {
	return join(runsFolder(rootPath), run);
}

export function journalFile(folder: string): string {
	return join(folder, 'journal.jsonl');
}

/** What the journal came to up to some line: a cache, to be thrown away at any time. */
export function checkpointFile(folder: string): string {
	return join(folder, 'checkpoint.json');
}

/** The snapshot of the plan that a `run-created` or `plan-changed` event names. */
export function snapshotFile(folder: string, hash: string): string {
	return join(folder, 'plans', `${hash}.json`);
}

export function attemptFolder(folder: string, task: string, attempt: number): string {
	return join(folder, 'attempts', fileNameForId(task), String(attempt));
}

/** Which job of an attempt; all numbers from zero. Without any it is the work of a task that has no steps. */
export interface JobPlace {
	readonly step?: number | undefined;
	readonly check?: number | undefined;
	/** The check as it is made before any work begins. */
	readonly baseline?: boolean | undefined;
}

/** The folder of one job; folders count from 1: `check-2`, `step-1`, `step-1/check-1`, `baseline-1`. */
export function jobFolder(folder: string, task: string, attempt: number, place: JobPlace = {}): string {
	const { step, check, baseline } = place;
	const work = attemptFolder(folder, task, attempt);
	const inside = step === undefined ? work : join(work, `step-${step + 1}`);
	if (check === undefined) {
		return inside;
	}
	return join(inside, `${baseline === true ? 'baseline' : 'check'}-${check + 1}`);
}

/** The files inside a job folder (src/protocol/runnerFiles.ts says who writes which, and when). */
export const jobFiles = {
	spec: 'spec.json',
	start: 'start',
	output: 'output.log',
	events: 'events.jsonl',
	heartbeat: 'heartbeat',
	result: 'result.json',
	/** What the worker reports itself, and files it wants to keep (EXECUTION T7). */
	out: 'out',
	/** Hashes of `produces` and `touches` before the work began. */
	before: 'before.json',
	/** Files and commit as they were when the evidence was written, for writing it again. */
	observed: 'observed.json',
	prompt: 'prompt.md',
	/** In `out`: what the iteration before left to be repaired (T2). */
	findings: 'findings.md',
	/** In `out`: what the worker says about its own work (T7). */
	report: 'report.json',
	/** In `out` of a validator: its verdict (T7). */
	verdict: 'verdict.json',
} as const;
