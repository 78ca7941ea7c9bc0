import { explainTask } from '../../core/run/explainTask.ts';
import type { Explanation } from '../../core/run/explanation.ts';
import { journalFile } from '../files/runPaths.ts';
import { JournalReader } from './journalReader.ts';
import { RunLog } from './runLog.ts';

/** Why a task stands where it stands, or, where the run does not know it, the ids of those that it knows. */
export type ReadExplanation =
	| { readonly kind: 'explained'; readonly explanations: readonly Explanation[] }
	| { readonly kind: 'unknown'; readonly known: readonly string[] };

/** Reads the journal of a run anew, whole: views keep the fold, and not the lines that it was made of. */
export async function readExplanation(runFolder: string, task: string): Promise<ReadExplanation> {
	const log = new RunLog(runFolder);
	await log.refresh();
	const { table } = log.fold;
	const state = table?.tasks.get(task);
	if (table === null || state === undefined) {
		return { kind: 'unknown', known: [...(table?.tasks.keys() ?? [])] };
	}
	const events = await new JournalReader(journalFile(runFolder)).read();
	return { kind: 'explained', explanations: explainTask(table, state, events) };
}
