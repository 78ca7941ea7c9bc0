import { chmod, lstat, mkdir, open, realpath, rename, unlink } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { switchyardFolder } from './runPaths.ts';

/** Something in the workspace keeps a file from being written; a sentence that says what to do. */
export class PlaceError extends Error {
	override readonly name = 'PlaceError';
}

/**
 * Replaces a file of the workspace by a new text, in one step: readers see the old or the new one, also after a crash.
 * The unfinished text lies in `.switchyard`, so that a killed process leaves nothing beside the user's files. Throws
 * `PlaceError` where the place, or a link in its way, leads out of `rootPath` (a real path).
 */
export async function replaceFile(rootPath: string, file: string, text: string): Promise<void> {
	await makeFolderInside(rootPath, dirname(file));
	const before = await lstat(file).catch(() => null);
	const target = before?.isSymbolicLink() === true ? await followInside(rootPath, file) : file;
	const temporary = await writeTemporary(rootPath, text);
	try {
		if (before?.isFile() === true) {
			await chmod(temporary, before.mode & 0o7777);
		}
		await rename(temporary, target);
	} catch (error) {
		await unlink(temporary).catch(() => {});
		throw error;
	}
}

/** A new file in `.switchyard/tmp` that holds the text, on disk. */
async function writeTemporary(rootPath: string, text: string): Promise<string> {
	const folder = join(switchyardFolder(rootPath), 'tmp');
	const file = join(folder, `${process.pid}-${process.hrtime.bigint()}`);
	const handle = await open(file, 'wx', 0o666).catch(async (error: NodeJS.ErrnoException) => {
		if (error.code !== 'ENOENT') {
			throw error;
		}
		await mkdir(folder, { recursive: true, mode: 0o700 });
		return open(file, 'wx', 0o666);
	});
	try {
		await handle.writeFile(text, 'utf8');
		await handle.sync();
		return file;
	} catch (error) {
		await unlink(file).catch(() => {});
		throw error;
	} finally {
		await handle.close();
	}
}

/** Makes a folder below the root; refuses to follow a link out of it. `mode` as in `mkdir`. */
export async function makeFolderInside(rootPath: string, folder: string, mode = 0o777): Promise<void> {
	const missing: string[] = [];
	let existing = folder;
	let real = await realpathOrNull(existing);
	while (real === null && dirname(existing) !== existing) {
		missing.push(existing);
		existing = dirname(existing);
		real = await realpathOrNull(existing);
	}
	if (real === null || !isInside(rootPath, real)) {
		throw new PlaceError(
			`${existing} is a link that leaves ${rootPath}: nothing is written outside the plan's folder. Remove the link, then run again.`,
		);
	}
	// One by one: `recursive` hides why a folder cannot be made.
	for (const path of missing.reverse()) {
		await mkdir(path, { mode }).catch((error: NodeJS.ErrnoException) => {
			if (error.code !== 'EEXIST') {
				throw error;
			}
		});
	}
}

/** Whether a real path is the root or lies below it. */
export function isInside(rootPath: string, path: string): boolean {
	const way = relative(rootPath, path);
	return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** What a link points to, inside the root. */
async function followInside(rootPath: string, file: string): Promise<string> {
	const real = await realpathOrNull(file);
	if (real === null || !isInside(rootPath, real)) {
		throw new PlaceError(
			`${file} is a link that leaves ${rootPath}: nothing is written outside the plan's folder. Remove the link, then run again.`,
		);
	}
	return real;
}

async function realpathOrNull(path: string): Promise<string | null> {
	return realpath(path).catch(() => null);
}
