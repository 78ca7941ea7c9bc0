import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** The journal of the only run below a folder, as text; empty while there is none. */
export async function journalOf(folder: string): Promise<string> {
	const runs = path.join(folder, '.switchyard/runs');
	const [run] = await readdir(runs).catch(() => []);
	return run === undefined ? '' : readFile(path.join(runs, run, 'journal.jsonl'), 'utf8').catch(() => '');
}

/** How often each task was claimed, by id. */
export function claimsIn(journal: string): Record<string, number> {
	const claims: Record<string, number> = {};
	for (const [, task = ''] of journal.matchAll(/"kind":"task-claimed","task":"([^"]+)"/g)) {
		claims[task] = (claims[task] ?? 0) + 1;
	}
	return claims;
}
