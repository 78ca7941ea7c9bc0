import { readFile, unlink } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { FileChange } from '../../core/schedule/files/fileChange.ts';
import { makeSwitchyardFolder } from './makeSwitchyardFolder.ts';
import { PlaceError, replaceFile } from './replaceFile.ts';

/**
 * Writes changes of the workspace below a root (a real path), each file in one step. A file that is no longer what the
 * change was made for is not written: throws `PlaceError` before the first of them is.
 */
export async function writeFileChanges(rootPath: string, changes: readonly FileChange[]): Promise<void> {
	for (const { uri, before } of changes) {
		const path = fileURLToPath(uri);
		if ((await readText(path)) !== before) {
			throw new PlaceError(`${path} was changed in the meantime, so nothing was written. Plan again.`);
		}
	}
	await makeSwitchyardFolder(rootPath);
	for (const { uri, after } of changes) {
		const path = fileURLToPath(uri);
		if (after === null) {
			await unlink(path);
		} else {
			await replaceFile(rootPath, path, after);
		}
	}
}

/** The text of a file; null when there is none. Throws what `node:fs` throws for one that cannot be read. */
export async function readText(path: string): Promise<string | null> {
	try {
		return await readFile(path, 'utf8');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
			return null;
		}
		throw error;
	}
}
