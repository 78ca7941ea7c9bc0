import { realpath } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';

/**
 * The real path of something a plan names, or null when it does not exist or is not inside the root: neither `..` nor a
 * symbolic link may lead out of the workspace. `rootPath` is a real path itself.
 */
export async function insideRoot(rootPath: string, path: string): Promise<string | null> {
	if (isAbsolute(path)) {
		return null;
	}
	try {
		const real = await realpath(join(rootPath, path));
		const way = relative(rootPath, real);
		return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way) ? null : real;
	} catch {
		return null;
	}
}
