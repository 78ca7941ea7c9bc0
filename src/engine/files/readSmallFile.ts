import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';

/**
 * The text of one of our own files of a few bytes, and when it was written; null where there is none. Read at once: the
 * way through the thread pool costs ten times what the reading does, and there are several a task.
 */
export function readSmallFile(file: string): { readonly text: string; readonly at: number } | null {
	let descriptor: number;
	try {
		descriptor = openSync(file, 'r');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
			return null;
		}
		throw error;
	}
	try {
		return { text: readFileSync(descriptor, 'utf8'), at: fstatSync(descriptor).mtimeMs };
	} finally {
		closeSync(descriptor);
	}
}
