import { existsSync } from 'node:fs';
import { lstat, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { RunTable } from '../../core/run/runTable.ts';
import { enumerate } from '../../core/run/summarise.ts';
import { runsFolder, switchyardFolder } from '../files/runPaths.ts';
import type { ListedRun } from './listRuns.ts';
import { listRuns } from './listRuns.ts';
import { RunLog } from './runLog.ts';
import { viewOf } from './runView.ts';

/** An earlier run, with what its folder holds. */
export interface OldRun extends ListedRun {
	readonly completed: number;
	readonly total: number;
	/** Of everything in its folder. */
	readonly bytes: number;
	/** Why it has to stay, in a sentence; null where it may go. */
	readonly obstacle: string | null;
}

/**
 * The runs of a root, or of one of its plans, oldest first, each with whether its folder may be removed: journal, outputs and
 * reports of its attempts. Evidence lies elsewhere; a run whose evidence is not there stays, and so does each plan's newest.
 */
export async function oldRuns(rootPath: string, plan: string | null): Promise<OldRun[]> {
	const all = await listRuns(rootPath);
	const newest = new Map(all.map((run) => [run.plan, run.folder]));
	const runs: OldRun[] = [];
	for (const listed of all.filter((run) => plan === null || run.plan === plan)) {
		const log = new RunLog(listed.folder);
		const read = await log.refresh().then(
			() => true,
			() => false,
		);
		const { table } = log.fold;
		const view = read ? viewOf(log) : null;
		const facts = {
			completed: view?.totals.completed ?? 0,
			total: view?.totals.total ?? 0,
			bytes: await sizeOf(listed.folder),
		};
		if (view === null || table === null) {
			runs.push({ ...listed, ...facts, obstacle: 'Its journal cannot be read.' });
		} else if (newest.get(listed.plan) === listed.folder) {
			runs.push({ ...listed, ...facts, obstacle: 'It is the newest run of its plan.' });
		} else if (view.engines.length > 0 || table.active.size > 0) {
			runs.push({ ...listed, ...facts, obstacle: 'It is not over.' });
		} else {
			runs.push({ ...listed, ...facts, obstacle: evidenceObstacle(rootPath, table) });
		}
	}
	return runs;
}

/** What was done and left no evidence outside of the run's own folder is known nowhere else. */
function evidenceObstacle(rootPath: string, table: RunTable): string | null {
	const only = [...table.tasks.values()].filter(({ status, attempts, evidence }) => {
		const isOver = status === 'completed' || status === 'failed';
		return isOver && attempts.length > 0 && !(evidence !== null && existsSync(join(rootPath, evidence)));
	});
	return only.length === 0
		? null
		: `The evidence of ${enumerate(only.map(({ task }) => task.id))} is nowhere else.`;
}

/**
 * Removes the folder of a run. It disappears at once, whatever happens to the process meanwhile; what a removal before left
 * behind is removed too. Rejects with a sentence where the folder is no run of this root.
 */
export async function removeRun(rootPath: string, { folder, run }: ListedRun): Promise<void> {
	const isOurs = resolve(dirname(folder)) === resolve(runsFolder(rootPath));
	if (!(isOurs && (await lstat(folder)).isDirectory())) {
		throw new Error(`${folder} is no run of ${rootPath}.`);
	}
	const place = switchyardFolder(rootPath);
	await rename(folder, join(place, `removed-${run}-${process.pid}`));
	const left = (await readdir(place)).filter((name) => name.startsWith('removed-'));
	await Promise.all(left.map((name) => rm(join(place, name), { recursive: true, force: true })));
}

async function sizeOf(folder: string): Promise<number> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
	let bytes = 0;
	for (const entry of entries.filter((each) => each.isFile())) {
		bytes += await stat(join(entry.parentPath, entry.name)).then(
			({ size }) => size,
			() => 0,
		);
	}
	return bytes;
}
