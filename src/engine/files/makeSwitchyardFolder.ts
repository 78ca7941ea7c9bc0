import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolderInside } from './replaceFile.ts';
import { switchyardFolder } from './runPaths.ts';

/**
 * Makes `.switchyard`, unless it is there. Raw and local: readable by its owner only, and invisible to git (FORMATS 2.2).
 * Throws what keeps it from being made.
 */
export async function makeSwitchyardFolder(rootPath: string): Promise<void> {
	const folder = switchyardFolder(rootPath);
	makeFolderInside(rootPath, folder, 0o700);
	await writeFile(join(folder, '.gitignore'), '*\n', { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
		if (error.code !== 'EEXIST') {
			throw error;
		}
	});
}
