import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { importedStateText, isImportedState, saysSame } from '../../core/evidence/importedState.ts';
import { fileNameForId } from './fileNameForId.ts';
import { makeSwitchyardFolder } from './makeSwitchyardFolder.ts';
import { replaceFile } from './replaceFile.ts';
import { switchyardFolder } from './runPaths.ts';

export interface ImportedTasks {
	/** The folder of the plan that was written. */
	readonly rootPath: string;
	/** The key of that plan. */
	readonly planKey: string;
	/** Ids of the tasks that the other tool calls finished. */
	readonly completed: readonly string[];
	/** Milliseconds since the epoch. */
	readonly now: number;
}

/**
 * Notes which tasks of an imported plan are completed, in its state file. One that a run wrote is left alone: its journal
 * knows better. Returns true when something was written; throws what keeps it from being written.
 */
export async function writeImportedState(options: ImportedTasks): Promise<boolean> {
	const { rootPath, planKey, completed, now } = options;
	const file = join(switchyardFolder(rootPath), 'state', `${fileNameForId(planKey)}.yaml`);
	const existing = await readFile(file, 'utf8').catch(() => null);
	const text = importedStateText(completed, now);
	const isKept =
		existing === null ? completed.length === 0 : !isImportedState(existing) || saysSame(existing, text);
	if (isKept) {
		return false;
	}
	await makeSwitchyardFolder(rootPath);
	await replaceFile(rootPath, file, text);
	return true;
}
