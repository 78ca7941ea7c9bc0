import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import { readStateFile } from '../../core/evidence/readStateFile.ts';
import type { RunEvent } from '../../core/run/events.ts';
import type { RunPlan } from '../../core/run/runPlan.ts';
import { stateFilePath } from './stateProjection.ts';

/**
 * Completions that only a committed state file knows, as after a fresh clone: they are journaled as imported, so that
 * a new run neither repeats nor forgets them (FORMATS 2.1).
 */
export async function importedCompletions(rootPath: string, plan: RunPlan): Promise<RunEvent[]> {
	const file = stateFilePath(rootPath, plan);
	let text: string;
	try {
		text = await readFile(file, 'utf8');
	} catch {
		return [];
	}
	const { tasks } = readStateFile(text);
	const source = relative(rootPath, file).split(sep).join('/');
	const hash = createHash('sha256').update(text).digest('hex');
	const events: RunEvent[] = [];
	for (const { id } of plan.tasks) {
		const found = tasks.get(id);
		if (found?.status === 'completed') {
			const { startedAt, completedAt } = found;
			events.push({ kind: 'task-imported', task: id, startedAt, completedAt, source, hash });
		}
	}
	return events;
}
