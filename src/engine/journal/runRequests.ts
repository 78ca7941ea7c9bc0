import { randomUUID } from 'node:crypto';
import type { RunEvent, TaskAnswered } from '../../core/run/events.ts';
import type { DiscoveryNoted } from '../../core/run/replanFacts.ts';
import { journalFile } from '../files/runPaths.ts';
import { JournalWriter } from './journalWriter.ts';

/** Stops tasks of a run, wherever its engines are: resolves when the request is on disk; views follow the journal. */
export function requestStop(runFolder: string, tasks: readonly string[] | 'all', by: string): Promise<void> {
	return appendOnce(runFolder, { kind: 'stop-requested', tasks, by });
}

/** Lets what runs finish and starts nothing new. */
export function requestDrain(runFolder: string, by: string): Promise<void> {
	return appendOnce(runFolder, { kind: 'drain-requested', by });
}

/**
 * Decides about a task that waits for a person. `retry` takes effect with the next `run` that has it in scope; `approve` and
 * `reject` answer the question about `attempt`, and are void once that is no longer open.
 */
export function answerTask(runFolder: string, answer: Omit<TaskAnswered, 'kind'>): Promise<void> {
	return appendOnce(runFolder, { kind: 'task-answered', ...answer });
}

/** Lets a run spend so much in US dollars, over its whole length, in place of what its plan says. */
export function setBudget(runFolder: string, limitUsd: number, by: string): Promise<void> {
	return appendOnce(runFolder, { kind: 'budget-set', limitUsd, by });
}

/** Says that a task has another id now (D6). Void, and harmless, where the run knows no such task. */
export function noteRename(runFolder: string, from: string, to: string, by: string): Promise<void> {
	return appendOnce(runFolder, { kind: 'task-renamed', from, to, by });
}

/** Says that a task which appeared is not the finished one that is gone (D6). */
export function refuseRename(runFolder: string, from: string, to: string, by: string): Promise<void> {
	return appendOnce(runFolder, { kind: 'rename-refused', from, to, by });
}

/** Journals what somebody found in a task's terminal (R1). */
export function noteDiscovery(runFolder: string, noted: Omit<DiscoveryNoted, 'kind'>): Promise<void> {
	return appendOnce(runFolder, { kind: 'discovery-noted', ...noted });
}

async function appendOnce(runFolder: string, event: RunEvent): Promise<void> {
	const writer = new JournalWriter({
		file: journalFile(runFolder),
		clock: { now: () => Date.now() },
		writerName: () => `request-${randomUUID().slice(0, 8)}`,
	});
	try {
		await writer.append([event]);
	} finally {
		await writer.close();
	}
}
