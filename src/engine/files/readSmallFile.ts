import { readFileSync, statSync } from 'node:fs';

/**
 * The text of one of our own files of a few bytes, and when it was written; null where there is none. Read at once: the
 * way through the thread pool costs ten times what the reading does, and there are several a task. Whether it is there is
 * asked first, because an error with its stack costs more than all the rest.
 */
export function readSmallFile(file: string): { readonly text: string; readonly at: number } | null {
	const info = statSync(file, { throwIfNoEntry: false });
	if (info === undefined) {
		return null;
	}
	try {
		return { text: readFileSync(file, 'utf8'), at: info.mtimeMs };
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
			return null;
		}
		throw error;
	}
}
