import { randomUUID } from 'node:crypto';
import { mkdir, open, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { Clock } from '../../core/base/ports.ts';
import { slugify } from '../../core/evidence/evidenceNames.ts';
import type { RunPlan } from '../../core/run/runPlan.ts';
import { journalFile, runFolder, runsFolder, snapshotFile, switchyardFolder } from '../files/runPaths.ts';
import { JournalWriter } from '../journal/journalWriter.ts';
import { listRuns } from '../journal/listRuns.ts';
import { RunLog } from '../journal/runLog.ts';

/** An open run with its writer: `joined` where somebody had started it before (D5). */
export interface OpenRun {
	readonly id: string;
	readonly log: RunLog;
	readonly writer: JournalWriter;
	readonly joined: boolean;
}

export interface OpenRunOptions {
	readonly rootPath: string;
	readonly plan: RunPlan;
	readonly hash: string;
	/** Start another run although one is open (`--new`). */
	readonly fresh: boolean;
	readonly clock: Clock;
}

/**
 * Joins the plan's open run or creates one. Creation is the exclusive `mkdir` of a name that everybody would choose
 * now, so of several that start at once one creates and the others join.
 */
export async function openRun(options: OpenRunOptions): Promise<OpenRun> {
	await makeSwitchyardFolder(options.rootPath);
	const runs = await listRuns(options.rootPath);
	const last = runs.filter(({ plan }) => plan === options.plan.key).at(-1);
	if (last !== undefined) {
		const joined = await joinRun(last.folder, last.run, options);
		if (joined !== null && !options.fresh) {
			return joined;
		}
		await joined?.writer.append([{ kind: 'run-closed', reason: 'superseded' }]);
		await joined?.writer.close();
	}
	return createRun(
		options,
		runs.map(({ run }) => run),
	);
}

/** Null when the run was closed. A plan that changed since its snapshot is journaled before anything else (D6). */
async function joinRun(folder: string, id: string, options: OpenRunOptions): Promise<OpenRun | null> {
	const log = new RunLog(folder);
	await log.refresh();
	const { table } = log.fold;
	if (table === null || table.closed) {
		return null;
	}
	const writer = newWriter(folder, options.clock);
	if (!options.fresh && JSON.stringify(table.plan) !== JSON.stringify(options.plan)) {
		await keepSnapshot(folder, options.plan, options.hash);
		await writer.append([{ kind: 'plan-changed', snapshot: options.hash, jobs: options.plan.jobs }]);
		await log.refresh();
	}
	return { id, log, writer, joined: true };
}

async function createRun(options: OpenRunOptions, taken: readonly string[]): Promise<OpenRun> {
	const { plan, hash, rootPath } = options;
	const id = freeRunId(plan, options.clock.now(), taken);
	const folder = runFolder(rootPath, id);
	await mkdir(runsFolder(rootPath), { recursive: true, mode: 0o700 });
	let joined = false;
	try {
		await mkdir(folder, { mode: 0o700 });
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
			throw error;
		}
		joined = true;
	}
	// Whoever lost the race writes the same first line: the fold takes the first that stands, so a creator that was
	// killed between its mkdir and its first line blocks nobody.
	await keepSnapshot(folder, plan, hash);
	const writer = newWriter(folder, options.clock);
	const { strategy, jobs, key } = plan;
	await writer.append([{ kind: 'run-created', run: id, plan: key, snapshot: hash, strategy, jobs }]);
	await syncFolder(folder);
	const log = new RunLog(folder);
	await log.refresh();
	return { id, log, writer, joined };
}

/** `exec-YYYYMMDD-<slug>[-n]` (FORMATS 2.2), the first that no run has. */
export function freeRunId(plan: RunPlan, now: number, taken: readonly string[]): string {
	const day = new Date(now).toISOString().slice(0, 10).replaceAll('-', '');
	const base = `exec-${day}-${slugify(plan.name) || slugify(plan.key) || 'plan'}`;
	const names = new Set(taken);
	for (let n = 1; ; n++) {
		const id = n === 1 ? base : `${base}-${n}`;
		if (!names.has(id)) {
			return id;
		}
	}
}

/** Stores a snapshot under its hash; one that is there already is the same. */
export async function keepSnapshot(folder: string, plan: RunPlan, hash: string): Promise<void> {
	const file = snapshotFile(folder, hash);
	try {
		await stat(file);
	} catch {
		await mkdir(dirname(file), { recursive: true, mode: 0o700 });
		await writeFileAtomic(file, `${JSON.stringify(plan)}\n`, { mode: 0o600 });
	}
}

/** Raw and local: readable by its owner only, and invisible to git (FORMATS 2.2). */
async function makeSwitchyardFolder(rootPath: string): Promise<void> {
	const folder = switchyardFolder(rootPath);
	await mkdir(folder, { recursive: true, mode: 0o700 });
	await writeFile(join(folder, '.gitignore'), '*\n', { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
		if (error.code !== 'EEXIST') {
			throw error;
		}
	});
}

/** A writer of its own for this process. */
export function newWriter(folder: string, clock: Clock): JournalWriter {
	return new JournalWriter({
		file: journalFile(folder),
		clock,
		writerName: () => `engine-${process.pid}-${randomUUID().slice(0, 8)}`,
	});
}

async function syncFolder(folder: string): Promise<void> {
	if (process.platform === 'win32') {
		return;
	}
	const handle = await open(folder, 'r');
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}
