import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of the checkout that holds a folder, or the folder itself where there is none. */
export function checkoutRoot(folder: string): string {
	for (let at = folder; ; at = dirname(at)) {
		// In a worktree it is a file.
		if (existsSync(join(at, '.git'))) {
			return at;
		}
		if (dirname(at) === at) {
			return folder;
		}
	}
}
