import { readdir } from 'node:fs/promises';
import { relative, sep } from 'node:path';

const most = 200;

/**
 * The documents of a run below its evidence folder, relative to it, with `/`: the summary first, then by name. The evidence
 * of tasks is left out, because each task leads to its own.
 */
export async function reportFiles(folder: string): Promise<readonly string[]> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
	return entries
		.filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
		.map(({ parentPath, name }) => [...relative(folder, parentPath).split(sep), name])
		.map((parts) => parts.filter((part) => part !== '').join('/'))
		.filter((file) => !/(^|\/)(implementation|artifacts)\//.test(file) && !file.endsWith('/EVIDENCE.md'))
		.sort((a, b) => depthOf(a) - depthOf(b) || (a < b ? -1 : 1))
		.slice(0, most);
}

function depthOf(file: string): number {
	return file.split('/').length;
}
