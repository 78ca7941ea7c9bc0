import { fdatasync, fsync } from 'node:fs';
import { promisify } from 'node:util';

const syncAll = promisify(fsync);
const syncContent = promisify(fdatasync);

/**
 * Resolves when what was written to a descriptor is on the disk, and the other work of this process has gone on in the
 * meantime. `content`: without the times of the file, which costs a write less. Rejects with the system's error.
 */
export function syncFile(descriptor: number, what: 'content' | 'all' = 'all'): Promise<void> {
	return what === 'content' ? syncContent(descriptor) : syncAll(descriptor);
}
