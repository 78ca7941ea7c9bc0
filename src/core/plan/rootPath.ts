/** True when a relative path, resolved below the root, stays inside it. Absolute paths and drive letters do not. */
export function staysInside(path: string): boolean {
	if (/^([/\\]|[A-Za-z]:|~)/.test(path) || path.includes('\0')) {
		return false;
	}
	let depth = 0;
	for (const part of path.split(/[/\\]/)) {
		if (part === '..') {
			depth--;
		} else if (part !== '' && part !== '.') {
			depth++;
		}
		if (depth < 0) {
			return false;
		}
	}
	return true;
}
