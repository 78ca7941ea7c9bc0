import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import { readStateFile } from '../../core/evidence/readStateFile.ts';
import type { RunEvent } from '../../core/run/events.ts';
import type { RunPlan } from '../../core/run/runPlan.ts';
import { privateStateFile, stateFilePath } from './stateProjection.ts';

/**
 * Completions that only a committed state file knows, as after a fresh clone: they are journaled as imported, so that
 * a new run neither repeats nor forgets them (FORMATS 2.1).
 */
export async function importedCompletions(rootPath: string, plan: RunPlan): Promise<RunEvent[]> {
	const places = [stateFilePath(rootPath, plan), privateStateFile(rootPath, plan)];
	const file = places.find((place) => existsSync(place)) ?? '';
	const text = await readFile(file, 'utf8').catch(() => null);
	if (text === null) {
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
