import { realpathSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';

/**
 * The real path of something a plan names, or null when it does not exist or is not inside the root: neither `..` nor a
 * symbolic link may lead out of the workspace. `rootPath` is a real path itself.
 */
export function insideRoot(rootPath: string, path: string): string | null {
	if (isAbsolute(path)) {
		return null;
	}
	try {
		const real = realpathSync.native(join(rootPath, path));
		const way = relative(rootPath, real);
		return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way) ? null : real;
	} catch {
		return null;
	}
}
