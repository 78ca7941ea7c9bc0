/** What to do about the disk, by the operating system's code; null where the code is not about the disk. */
export function adviceForDisk(code: string): string | null {
	switch (code) {
		case 'ENOSPC':
		case 'EDQUOT':
			return 'The disk is full: free some space, then run the same command again; nothing finished is lost.';
		case 'EROFS':
		case 'EACCES':
		case 'EPERM':
			return 'The place is read-only: make it writable, then run the same command again; nothing finished is lost.';
		case 'EMFILE':
		case 'ENFILE':
			return 'Too many files are open: raise the limit (ulimit -n) or run with fewer --jobs.';
		case 'ENOTDIR':
			return 'A file stands where a folder should be: move it away, then run the same command again.';
		case 'EIO':
			return 'The disk reports an error: run the same command again when it is well; nothing finished is lost.';
		default:
			return null;
	}
}

/** A sentence for an error of the file system: what could not be done where, and what to do. Others stay as they are. */
export function explainDiskError(error: unknown): unknown {
	const { code, path, syscall } = error as NodeJS.ErrnoException;
	const advice = code === undefined || syscall === undefined ? null : adviceForDisk(code);
	if (advice === null) {
		return error;
	}
	const place = path === undefined ? 'A file' : path;
	return new Error(`${place} cannot be written or read (${code}). ${advice}`, { cause: error });
}
