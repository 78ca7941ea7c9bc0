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

/** The snapshot of the plan that a `run-created` or `plan-changed` event names. */
export function snapshotFile(folder: string, hash: string): string {
	return join(folder, 'plans', `${hash}.json`);
}

export function attemptFolder(folder: string, task: string, attempt: number): string {
	return join(folder, 'attempts', fileNameForId(task), String(attempt));
}

/** The folder of one job: the work of an attempt, or its check number `check` (zero-based; folders count from 1). */
export function jobFolder(folder: string, task: string, attempt: number, check?: number): string {
	const work = attemptFolder(folder, task, attempt);
	return check === undefined ? work : join(work, `check-${check + 1}`);
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
	prompt: 'prompt.md',
} as const;
