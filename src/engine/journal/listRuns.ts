import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { StampedEvent } from '../../core/run/events.ts';
import { journalFile, runsFolder } from '../files/runPaths.ts';
import { parseLine } from './journalLine.ts';
import { JournalReader } from './journalReader.ts';

/** A run found on disk, by the first line of its journal. */
export interface ListedRun {
	readonly run: string;
	readonly folder: string;
	readonly plan: string;
	/** Milliseconds since the epoch. */
	readonly createdAt: number;
}

const firstLineBytes = 8_192;

/** All runs of a plan root, oldest first. A folder whose journal does not begin as one is left out. */
export async function listRuns(rootPath: string): Promise<ListedRun[]> {
	const runs: ListedRun[] = [];
	for (const name of await namesIn(runsFolder(rootPath))) {
		const run = await readListedRun(join(runsFolder(rootPath), name));
		if (run !== null) {
			runs.push(run);
		}
	}
	return runs.sort(byAge);
}

/** The oldest first; equal ones by name. */
export function byAge(a: ListedRun, b: ListedRun): number {
	return a.createdAt - b.createdAt || (a.run < b.run ? -1 : 1);
}

/** Its first good line says which run a folder is; it stands twice at the beginning. Null where it is none. */
export async function readListedRun(folder: string): Promise<ListedRun | null> {
	try {
		const handle = await open(journalFile(folder), 'r');
		try {
			const { buffer, bytesRead } = await handle.read(Buffer.alloc(firstLineBytes), 0, firstLineBytes, 0);
			const lines = buffer.toString('utf8', 0, bytesRead).split('\n').map(parseLine);
			const events = lines.flatMap((line) => (typeof line === 'string' ? [] : [line.event]));
			return creationIn(folder, events) ?? (bytesRead === 0 ? null : await anyCreation(folder));
		} finally {
			await handle.close();
		}
	} catch {
		return null;
	}
}

/** Where the beginning is damaged, the whole journal is read: who took the run up again has written the line once more. */
async function anyCreation(folder: string): Promise<ListedRun | null> {
	return creationIn(folder, await new JournalReader(journalFile(folder)).read());
}

function creationIn(folder: string, events: readonly StampedEvent[]): ListedRun | null {
	for (const event of events) {
		if (event.kind === 'run-created') {
			return { run: event.run, folder, plan: event.plan, createdAt: event.stamp.at };
		}
	}
	return null;
}

async function namesIn(folder: string): Promise<string[]> {
	try {
		return (await readdir(folder, { withFileTypes: true }))
			.filter((entry) => entry.isDirectory())
			.map(({ name }) => name);
	} catch {
		return [];
	}
}
