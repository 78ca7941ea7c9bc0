import {
	chmodSync,
	closeSync,
	existsSync,
	lstatSync,
	mkdirSync,
	openSync,
	realpathSync,
	renameSync,
	unlinkSync,
	writeFileSync,
} from 'node:fs';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { makeFolder } from './makeFolder.ts';
import { switchyardFolder } from './runPaths.ts';
import { syncFile } from './syncFile.ts';

/** Something in the workspace keeps a file from being written; a sentence that says what to do. */
export class PlaceError extends Error {
	override readonly name = 'PlaceError';
}

/**
 * Replaces a file of the workspace by a new text, in one step: readers see the old or the new one, also after a crash.
 * The unfinished text lies in `.switchyard`, so that a killed process leaves nothing beside the user's files. Throws
 * `PlaceError` where the place, or a link in its way, leads out of `rootPath` (a real path). `isSynced`: false for a text that
 * somebody writes again where a power cut took it away.
 */
export async function replaceFile(
	rootPath: string,
	file: string,
	text: string,
	{ isSynced = true }: { readonly isSynced?: boolean } = {},
): Promise<void> {
	makeFolderInside(rootPath, dirname(file));
	const before = lstatSync(file, { throwIfNoEntry: false });
	const target = before?.isSymbolicLink() === true ? followInside(rootPath, file) : file;
	const mode = before?.isFile() === true ? before.mode & 0o7777 : null;
	const content = { target, text, mode, isSynced };
	try {
		await replaceBy(join(switchyardFolder(rootPath), 'tmp'), content);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EXDEV') {
			throw error;
		}
		// The place is a disk of its own (a volume of a container, say), into which nothing can be renamed from outside.
		await replaceBy(join(dirname(target), '.switchyard-tmp'), content);
	}
}

interface Content {
	readonly target: string;
	readonly text: string;
	readonly mode: number | null;
	readonly isSynced: boolean;
}

async function replaceBy(folder: string, { target, text, mode, isSynced }: Content): Promise<void> {
	const temporary = await writeTemporary(folder, text, isSynced);
	try {
		if (mode !== null) {
			chmodSync(temporary, mode);
		}
		renameSync(temporary, target);
	} catch (error) {
		unlinkIfThere(temporary);
		throw error;
	}
}

/** A new file in the folder that holds the text, on disk if asked for. Only the disk is waited for: the rest takes no time. */
async function writeTemporary(folder: string, text: string, isSynced: boolean): Promise<string> {
	const file = join(folder, `${process.pid}-${process.hrtime.bigint()}`);
	const descriptor = openIn(folder, file);
	try {
		writeFileSync(descriptor, text, 'utf8');
		if (isSynced) {
			await syncFile(descriptor);
		}
		return file;
	} catch (error) {
		unlinkIfThere(file);
		throw error;
	} finally {
		closeSync(descriptor);
	}
}

function openIn(folder: string, file: string): number {
	try {
		return openSync(file, 'wx', 0o666);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
			throw error;
		}
		makeFolder(folder);
		return openSync(file, 'wx', 0o666);
	}
}

function unlinkIfThere(file: string): void {
	try {
		unlinkSync(file);
	} catch {
		// What is left in the folder of unfinished files does no harm.
	}
}

/** Makes a folder below the root; refuses to follow a link out of it. `mode` as in `mkdir`. */
export function makeFolderInside(rootPath: string, folder: string, mode = 0o777): void {
	const missing: string[] = [];
	let existing = folder;
	let real = realpathOrNull(existing);
	while (real === null && dirname(existing) !== existing) {
		missing.push(existing);
		existing = dirname(existing);
		real = realpathOrNull(existing);
	}
	if (real === null || !isInside(rootPath, real)) {
		throw new PlaceError(
			`${existing} is a link that leaves ${rootPath}: nothing is written outside the plan's folder. Remove the link, then run again.`,
		);
	}
	// One by one: `recursive` hides why a folder cannot be made.
	for (const path of missing.reverse()) {
		try {
			mkdirSync(path, { mode });
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
				throw error;
			}
		}
	}
}

/** Whether a real path is the root or lies below it. */
export function isInside(rootPath: string, path: string): boolean {
	const way = relative(rootPath, path);
	return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** What a link points to, inside the root. */
function followInside(rootPath: string, file: string): string {
	const real = realpathOrNull(file);
	if (real === null || !isInside(rootPath, real)) {
		throw new PlaceError(
			`${file} is a link that leaves ${rootPath}: nothing is written outside the plan's folder. Remove the link, then run again.`,
		);
	}
	return real;
}

/** Whether it is there is asked first: an error with its stack costs more, and new folders are the rule. */
function realpathOrNull(path: string): string | null {
	try {
		return existsSync(path) ? realpathSync.native(path) : null;
	} catch {
		return null;
	}
}
