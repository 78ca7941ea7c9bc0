import { nextStep } from '../run/nextStep.ts';
import type { TaskState } from '../run/runState.ts';
import type { RunTable } from '../run/runTable.ts';

/** A file of evidence, as the journal says it was written. */
export interface WrittenRecord {
	/** The row that wrote it last. */
	readonly task: string;
	/** Relative to the root, with `/`. */
	readonly path: string;
	/** SHA-256 (hex). */
	readonly hash: string;
}

/** A file of evidence that is not as it was written: changed, by a hand or by a fault of the disk, or gone, or not readable. */
export interface AlteredFile {
	readonly task: string;
	readonly path: string;
	readonly how: 'changed' | 'gone';
}

/**
 * Every file of evidence that the journal has a hash of, with the last one where several rows write the same file (the
 * integrations of a sprint do). What is being written just now, or was begun anew, is left out: nobody knows its hash yet.
 */
export function writtenRecords(table: RunTable): WrittenRecord[] {
	const last = new Map<
		string,
		{ readonly state: TaskState; readonly order: number; readonly hash: string }
	>();
	const isUnderWay = integrationsUnderWay(table);
	for (const state of table.tasks.values()) {
		const { written } = state;
		if (written === null || (state.task.unit?.role === 'integration' && isUnderWay)) {
			continue;
		}
		for (const [name, hash] of Object.entries(written.files)) {
			const path = `${written.path}/${name}`;
			if ((last.get(path)?.order ?? 0) < written.order) {
				last.set(path, { state, order: written.order, hash });
			}
		}
	}
	return [...last]
		.filter(([, { state }]) => state.evidence !== null)
		.map(([path, { state, hash }]) => ({ task: state.task.id, path, hash }));
}

/** The report of a sprint's integrations is shared, and on disk before its line is in the journal. */
function integrationsUnderWay(table: RunTable): boolean {
	return [...table.tasks.values()].some(
		(state) => state.task.unit?.role === 'integration' && nextStep(state)?.kind === 'evidence',
	);
}

/** How a file stands against its record; null where it is as it was written. `found`: its hash now, null without a file. */
export function alteration({ task, path, hash }: WrittenRecord, found: string | null): AlteredFile | null {
	if (found === hash) {
		return null;
	}
	return { task, path, how: found === null ? 'gone' : 'changed' };
}
