import { join } from 'node:path';
import { History } from '../../core/history/history.ts';
import type { HistorySample } from '../../core/history/historySample.ts';
import { agentOf, samplesOf } from '../../core/history/historySample.ts';
import { reportedCost } from '../../core/history/reportedCost.ts';
import type { RunTable } from '../../core/run/runTable.ts';
import { readSmallFile } from '../files/readSmallFile.ts';
import { attemptFolder, jobFiles } from '../files/runPaths.ts';
import { listRuns } from './listRuns.ts';
import { RunLog } from './runLog.ts';

/** Older runs say little about today's agents, and reading them all would take longer each time. */
const newestRuns = 20;

/**
 * What the newest runs of a plan root teach: the samples of all its plans, oldest run first. A journal that cannot be
 * read is left out; one that is still being written counts as far as it has come.
 */
export async function readHistory(rootPath: string): Promise<History> {
	const samples: HistorySample[] = [];
	for (const { folder, run } of (await listRuns(rootPath)).slice(-newestRuns)) {
		const log = new RunLog(folder);
		try {
			await log.refresh();
		} catch {
			continue;
		}
		const { table } = log.fold;
		if (table !== null) {
			samples.push(...samplesOf(table.tasks.values(), run, costsIn(folder, table)));
		}
	}
	return new History(samples);
}

/** What the attempts of a run cost, from its journal, or from the reports of workers where that is older; commands report nothing. */
export function costsIn(
	folder: string,
	{ tasks }: RunTable,
): (task: string, attempt: number) => number | null {
	return (id, number) => {
		const state = tasks.get(id);
		if (state === undefined || agentOf(state.task) === 'shell') {
			return null;
		}
		const attempt = state.attempts[number - 1];
		if (attempt?.costUsd !== undefined) {
			return attempt.costUsd;
		}
		try {
			const report = join(attemptFolder(folder, id, number), jobFiles.out, jobFiles.report);
			return reportedCost(readSmallFile(report)?.text ?? '');
		} catch {
			// A worker may have left a folder of this name, or anything else.
			return null;
		}
	};
}
