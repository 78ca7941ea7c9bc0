import { randomUUID } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { Clock, Logger } from '../../core/base/ports.ts';
import { slugify } from '../../core/evidence/evidenceNames.ts';
import type { RunEvent } from '../../core/run/events.ts';
import type { RunPlan } from '../../core/run/runPlan.ts';
import { makeFolder } from '../files/makeFolder.ts';
import { makeSwitchyardFolder } from '../files/makeSwitchyardFolder.ts';
import { makeFolderInside } from '../files/replaceFile.ts';
import { journalFile, runFolder, runsFolder, snapshotFile } from '../files/runPaths.ts';
import { formatSnapshot } from '../files/snapshot.ts';
import { JournalWriter } from '../journal/journalWriter.ts';
import type { ListedRun } from '../journal/listRuns.ts';
import { listRuns } from '../journal/listRuns.ts';
import { RunLog } from '../journal/runLog.ts';
import { liveEngines } from '../journal/runView.ts';
import type { RunTicket, TicketPlace } from './runTicket.ts';
import { dropTicket, giveBackTicket, takeTicket } from './runTicket.ts';

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
	/** What a run that is created begins with: completions that only a state file knows. */
	readonly imports: () => Promise<readonly RunEvent[]>;
	readonly clock: Clock;
	readonly logger: Logger;
}

/**
 * Joins the plan's open run or creates one. Of several that start at once one creates and the others join, also where they
 * would name the run differently, around midnight or because the plan got another name.
 */
export async function openRun(options: OpenRunOptions): Promise<OpenRun> {
	const { rootPath, plan } = options;
	await makeSwitchyardFolder(rootPath);
	makeFolderInside(rootPath, runsFolder(rootPath), 0o700);
	const runs = await listRuns(rootPath);
	const own = runs.filter((run) => run.plan === plan.key);
	const last = own.at(-1);
	if (last !== undefined) {
		const joined = await joinRun(last.folder, last.run, options);
		if (joined !== null && !options.fresh) {
			dropTicket({ rootPath, planKey: plan.key, last: own.at(-2)?.run ?? null });
			return joined;
		}
		await refuseWhileDriven(joined);
		await joined?.writer.append([{ kind: 'run-closed', reason: 'superseded' }]);
		await joined?.writer.close();
		joined?.log.close();
	}
	return followRun(options, runs, last?.run ?? null);
}

/** Creates the run that follows the last one, or joins it where somebody else has just done so. */
async function followRun(
	options: OpenRunOptions,
	runs: readonly ListedRun[],
	last: string | null,
): Promise<OpenRun> {
	const { rootPath, plan, clock } = options;
	const place: TicketPlace = { rootPath, planKey: plan.key, last };
	const ticket = takeTicket(place, runNames(plan, clock.now()));
	const own = (await listRuns(rootPath)).filter((run) => run.plan === plan.key);
	if (ticket === null || (own.at(-1)?.run ?? null) !== last) {
		if (ticket !== null) {
			giveBackTicket(place, ticket);
		}
		return openRun({ ...options, fresh: false });
	}
	const created = await createRun(options, runs, ticket);
	dropTicket(place);
	return created;
}

/** Two runs of one plan would do the same tasks side by side, in the same files. */
async function refuseWhileDriven(run: OpenRun | null): Promise<void> {
	const table = run?.log.fold.table ?? null;
	if (run === null || table === null || liveEngines(table).length === 0) {
		return;
	}
	await run.writer.close();
	run.log.close();
	throw new Error(
		`${run.id} is still running. Stop it first (switchyard stop), then start another with --new.`,
	);
}

/** Null when the run was closed, or cannot be read. */
async function joinRun(folder: string, id: string, options: OpenRunOptions): Promise<OpenRun | null> {
	// A snapshot that was lost or damaged is made whole again by whoever has the same plan.
	await keepSnapshot(folder, options.plan, options.hash);
	const { plan, hash } = options;
	const log = new RunLog(folder, { keepsOpen: true, known: { plan, hash } });
	await log.refresh();
	const { table } = log.fold;
	if (table === null) {
		options.logger.warn(
			`The run ${id} cannot be read: its plan snapshot is missing or damaged. Another run is started; it takes over what the state file says.`,
		);
	}
	if (table === null || table.closed) {
		log.close();
		return null;
	}
	const writer = newWriter(folder, options.clock);
	if (table.engines.size === 0) {
		// Whoever created it has begun nothing yet, and may have died before all that it imports was written.
		await writer.append(await options.imports());
		await log.refresh();
	}
	return { id, log, writer, joined: true };
}

async function createRun(
	options: OpenRunOptions,
	runs: readonly ListedRun[],
	{ id, isOurs }: RunTicket,
): Promise<OpenRun> {
	const { plan, hash, rootPath, clock } = options;
	const folder = runFolder(rootPath, id);
	makeFolderInside(rootPath, folder, 0o700);
	await keepSnapshot(folder, plan, hash);
	const log = new RunLog(folder, { keepsOpen: true, known: { plan, hash } });
	await log.refresh();
	// Whoever lost the race writes the same lines: the fold takes the first that stand, so a creator that was killed on
	// the way blocks nobody, and nobody claims before the imports are there.
	const { strategy, jobs, key } = plan;
	const created: RunEvent = { kind: 'run-created', run: id, plan: key, snapshot: hash, strategy, jobs };
	const writer = newWriter(folder, laterThan(runs, clock));
	// Twice: a single bad spot on the disk must not take the whole history with it.
	await writer.append([created, created, ...(await options.imports())]);
	await syncFolder(folder);
	await log.refresh();
	return { id, log, writer, joined: !isOurs };
}

/** The newest run is the one that was created last, also where the clock was set back in between (D7). */
function laterThan(runs: readonly ListedRun[], clock: Clock): Clock {
	const last = runs.at(-1)?.createdAt ?? 0;
	return { now: () => Math.max(clock.now(), last + 1) };
}

/** `exec-YYYYMMDD-<slug>[-n]` (FORMATS 2.2): the names that a run may have, the best first. */
function* runNames(plan: RunPlan, now: number): Iterable<string> {
	const day = new Date(now).toISOString().slice(0, 10).replaceAll('-', '');
	const base = `exec-${day}-${slugify(plan.name) || slugify(plan.key) || 'plan'}`;
	yield base;
	for (let n = 2; ; n++) {
		yield `${base}-${n}`;
	}
}

/** Stores a snapshot under its hash, unless it is there and whole. */
export async function keepSnapshot(folder: string, plan: RunPlan, hash: string): Promise<void> {
	const file = snapshotFile(folder, hash);
	const { text } = formatSnapshot(plan);
	const known = await readFile(file, 'utf8').catch(() => null);
	if (known !== text) {
		makeFolder(dirname(file));
		await writeFileAtomic(file, text, { mode: 0o600 });
	}
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
