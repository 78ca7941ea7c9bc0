import { createHash, randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileNameForId } from '../files/fileNameForId.ts';
import { runFolder, runsFolder } from '../files/runPaths.ts';

/** What a ticket is about: the run that follows `last`, the newest run of a plan (null: it has none). */
export interface TicketPlace {
	readonly rootPath: string;
	readonly planKey: string;
	readonly last: string | null;
}

export interface RunTicket {
	/** The run that follows; its folder is there, and nobody else's. */
	readonly id: string;
	/** This process chose it. */
	readonly isOurs: boolean;
}

/**
 * Agrees with everybody else who wants to follow the same run on the one that does (D5). Its name holds a date and the name
 * of the plan, which two processes may see differently; so what decides is a file whose name says only what it follows, and
 * which is linked into place whole. One that dies with the ticket leaves its run to the next; no ticket is ever waited for.
 * `names` are tried in order. Null: what was there is gone, so look again.
 */
export function takeTicket(place: TicketPlace, names: Iterable<string>): RunTicket | null {
	const file = ticketFile(place);
	const known = readTicket(file);
	if (known !== null) {
		return { id: known, isOurs: false };
	}
	const id = reserveFolder(place.rootPath, names);
	try {
		if (publish(file, id)) {
			return { id, isOurs: true };
		}
	} catch (error) {
		giveBackFolder(place.rootPath, id);
		throw error;
	}
	giveBackFolder(place.rootPath, id);
	const other = readTicket(file);
	return other === null ? null : { id: other, isOurs: false };
}

/** Its run is there for everybody to see: the ticket decides nothing any more, also where it cannot be removed. */
export function dropTicket(place: TicketPlace): void {
	try {
		rmSync(ticketFile(place), { force: true });
	} catch {
		// A folder that is read-only.
	}
}

/** The ticket came too late: another run follows already. */
export function giveBackTicket(place: TicketPlace, { id, isOurs }: RunTicket): void {
	if (isOurs) {
		dropTicket(place);
		giveBackFolder(place.rootPath, id);
	}
}

function ticketFile({ rootPath, planKey, last }: TicketPlace): string {
	const hash = createHash('sha256').update(JSON.stringify([planKey, last]));
	return join(runsFolder(rootPath), `.next-${hash.digest('hex').slice(0, 16)}`);
}

/** Null where there is none. One that names no run (an empty file after the power failed, a stranger's) is taken away. */
function readTicket(file: string): string | null {
	let id: string;
	try {
		id = readFileSync(file, 'utf8');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
			return null;
		}
		throw error;
	}
	if (id.startsWith('exec-') && fileNameForId(id) === id) {
		return id;
	}
	rmSync(file, { force: true });
	return null;
}

/** False where there is a ticket already. */
function publish(file: string, id: string): boolean {
	const draft = `${file}-${randomUUID()}`;
	try {
		writeFileSync(draft, id, { flag: 'wx', mode: 0o600 });
		linkWhole(draft, file, id);
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
			throw error;
		}
		return false;
	} finally {
		rmSync(draft, { force: true });
	}
}

function linkWhole(draft: string, file: string, id: string): void {
	try {
		linkSync(draft, file);
	} catch (error) {
		const code = (error as NodeJS.ErrnoException).code ?? '';
		if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(code)) {
			throw error;
		}
		// A file system without links: a short text is written in one piece there too.
		writeFileSync(file, id, { flag: 'wx', mode: 0o600 });
	}
}

/** The first name whose folder this process made, so that no other plan has a run of that name. */
function reserveFolder(rootPath: string, names: Iterable<string>): string {
	for (const id of names) {
		try {
			mkdirSync(runFolder(rootPath, id), { mode: 0o700 });
			return id;
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
				throw error;
			}
		}
	}
	throw new Error('There is no name left for a run.');
}

function giveBackFolder(rootPath: string, id: string): void {
	try {
		rmdirSync(runFolder(rootPath, id));
	} catch {
		// An empty folder is no run, and stands in nobody's way.
	}
}
