import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder for us alone, with those above it. Throws what the operating system says: `mkdir` of Node with `recursive`
 * answers "no such file" where a disk is full or read-only, which nobody could act on.
 */
export function makeFolder(folder: string): void {
	try {
		mkdirSync(folder, { recursive: true, mode: 0o700 });
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
			throw error;
		}
		makeEach(folder);
	}
}

function makeEach(folder: string): void {
	if (existsSync(folder)) {
		return;
	}
	makeEach(dirname(folder));
	mkdirSync(folder, { mode: 0o700 });
}
