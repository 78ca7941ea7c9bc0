import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunEvent } from '../../core/run/events.ts';
import type { Step } from '../../core/run/nextStep.ts';
import { nextStep } from '../../core/run/nextStep.ts';
import type { TaskState } from '../../core/run/runState.ts';
import { isActive } from '../../core/run/runState.ts';
import type { RunTable } from '../../core/run/runTable.ts';
import type { JobPlace } from '../files/runPaths.ts';
import { jobFiles, jobFolder } from '../files/runPaths.ts';
import { livenessOf } from '../processes/processIdentity.ts';

/**
 * True when the engine that holds a task is gone: it said goodbye, its process is not there any more, or it is frozen (D3).
 * One of another host is gone when a person says so (`takeOver`).
 */
export function isOrphaned(table: RunTable, state: TaskState, takeOver: boolean): boolean {
	const owner = state.owner === null ? undefined : table.engines.get(state.owner);
	if (owner === undefined || owner.stopped || owner.away) {
		return true;
	}
	const liveness = livenessOf(owner.process);
	return liveness === 'dead' || (liveness === 'unknown' && takeOver);
}

/** Hosts of engines that may live somewhere else: what they run is only watched from here. */
export function otherHosts(table: RunTable): string[] {
	const engines = [...table.engines.values()].filter(
		({ stopped, process }) => !stopped && livenessOf(process) === 'unknown',
	);
	return [...new Set(engines.map(({ process }) => process.host.split(' ')[0] ?? process.host))];
}

/**
 * Claims to take over: tasks that run or are checked, and whose engine is gone. Their runners may live on; the journal
 * decides who of several engines gets each. An engine that only came to stop something leaves the rest alone.
 */
export function adoptions(
	table: RunTable,
	options: { readonly engine: string; readonly onlyStopping: boolean; readonly takeOver: boolean },
): RunEvent[] {
	const { engine, onlyStopping, takeOver } = options;
	const events: RunEvent[] = [];
	for (const id of table.active) {
		const state = table.tasks.get(id);
		const attempt = state?.attempts.at(-1);
		if (state === undefined || attempt === undefined || state.owner === engine || !isActive(state)) {
			continue;
		}
		if (isOrphaned(table, state, takeOver) && (state.stopping || !onlyStopping)) {
			events.push({
				kind: 'task-adopted',
				task: id,
				attempt: attempt.number,
				from: state.owner ?? '',
				engine,
			});
		}
	}
	return events;
}

/** An engine that lives and has not recorded a result for this long is frozen or busy: any engine may do it (D3). */
const overdueMs = 5_000;

/** Which job a step means. */
export function placeOf(step: Exclude<Step, { kind: 'evidence' }>): JobPlace {
	switch (step.kind) {
		case 'work':
			return { step: step.step };
		case 'check':
			return { step: step.step, check: step.check };
		case 'baseline':
			return { check: step.check, baseline: true };
	}
}

/** Tasks of other engines whose job has ended long ago without anybody recording it. */
export async function overdueResults(
	table: RunTable,
	options: { readonly engine: string; readonly folder: string; readonly now: number },
): Promise<TaskState[]> {
	const overdue: TaskState[] = [];
	for (const id of table.active) {
		const state = table.tasks.get(id);
		const step = state === undefined || state.owner === options.engine ? null : nextStep(state);
		if (state === undefined || step === null || step.kind === 'evidence') {
			continue;
		}
		const file = join(jobFolder(options.folder, id, step.attempt, placeOf(step)), jobFiles.result);
		const endedAt = await stat(file).then(
			({ mtimeMs }) => mtimeMs,
			() => Number.POSITIVE_INFINITY,
		);
		if (options.now - endedAt > overdueMs) {
			overdue.push(state);
		}
	}
	return overdue;
}
