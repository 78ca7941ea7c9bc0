import type { Need, TaskState } from './runState.ts';
import type { RunTable } from './runTable.ts';

/** One thing that a person has to decide, for inboxes, `status` and exit code 3. */
export interface OpenNeed {
	readonly task: string;
	readonly name: string;
	readonly need: Need;
	/** What is asked, in a sentence. */
	readonly sentence: string;
	/** What may be answered, the usual answer first. */
	readonly answers: readonly ('approve' | 'reject' | 'retry' | 'skip')[];
	/** When it was asked, in milliseconds since the epoch. */
	readonly since: number;
	/** Where to look: the folder of the evidence, relative to the root; null before there is any. */
	readonly evidence: string | null;
}

/** Everything in a run that waits for a person, the oldest first. */
export function openNeeds(table: RunTable): OpenNeed[] {
	const needs = [...table.tasks.values()].flatMap((state) => {
		const open = needOf(state);
		return open === null ? [] : [open];
	});
	return needs.sort((a, b) => a.since - b.since || (a.task < b.task ? -1 : 1));
}

/** What a task asks a person; null where it asks nothing. */
export function needOf(state: TaskState): OpenNeed | null {
	const { need, task, evidence, reason } = state;
	if (need === null) {
		return null;
	}
	const answers =
		need.kind === 'approval' ? (['approve', 'reject', 'skip'] as const) : (['retry', 'skip'] as const);
	const since = need.kind === 'gate-failed' ? (state.completedAt ?? state.startedAt ?? 0) : need.at;
	return { task: task.id, name: task.name, need, sentence: reason, answers, since, evidence };
}
