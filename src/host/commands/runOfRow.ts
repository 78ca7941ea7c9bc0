import type { ListedRun } from '../../engine/journal/listRuns.ts';

/** The run that a row of "Runs" belongs to, of those that there are; null where the command was called otherwise. */
export function runOfRow(argument: unknown, runs: readonly ListedRun[]): ListedRun | null {
	const folder =
		typeof argument === 'object' && argument !== null && 'runFolder' in argument ? argument.runFolder : null;
	return runs.find((run) => run.folder === folder) ?? null;
}
