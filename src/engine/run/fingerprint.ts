import { join } from 'node:path';
import { glob } from 'tinyglobby';
import writeFileAtomic from 'write-file-atomic';
import type { RunTask } from '../../core/run/runPlan.ts';
import { hashFile } from '../files/hashFile.ts';
import { makeFolder } from '../files/makeFolder.ts';
import { readSmallFile } from '../files/readSmallFile.ts';
import { jobFiles } from '../files/runPaths.ts';
import { insideRoot } from './insideRoot.ts';

/** Paths relative to the root, with `/`, and what was in them. */
export type Fingerprint = Record<string, { readonly hash: string; readonly bytes: number }>;

/**
 * Hashes what a task says it `produces` and `touches`. In place nothing else can be told apart from the work of others,
 * which is why the evidence lists only these and says so (W1).
 */
export async function fingerprint(rootPath: string, task: RunTask): Promise<Fingerprint> {
	const patterns = [...task.produces, ...task.touches];
	if (patterns.length === 0) {
		return {};
	}
	const paths = await glob(patterns, {
		cwd: rootPath,
		dot: true,
		onlyFiles: true,
		followSymbolicLinks: false,
		ignore: ['**/.git/**', '**/.switchyard/**', '**/node_modules/**'],
	});
	const found: Fingerprint = {};
	for (const path of paths.sort()) {
		const file = insideRoot(rootPath, path);
		const hashed = file === null ? null : await hashFile(file);
		if (hashed !== null) {
			found[path] = hashed;
		}
	}
	return found;
}

/** Keeps the state before the first work of an attempt; a later engine that takes the attempt up finds it there. */
export async function keepBefore(rootPath: string, task: RunTask, folder: string): Promise<void> {
	const file = join(folder, jobFiles.before);
	if (task.produces.length + task.touches.length === 0) {
		return;
	}
	if (readBefore(folder) === null) {
		makeFolder(folder);
		await writeFileAtomic(file, JSON.stringify(await fingerprint(rootPath, task)), {
			mode: 0o600,
			fsync: false,
		});
	}
}

export function readBefore(folder: string): Fingerprint | null {
	try {
		const found = readSmallFile(join(folder, jobFiles.before));
		return found === null ? null : (JSON.parse(found.text) as Fingerprint);
	} catch {
		return null;
	}
}

/** The first entry of `produces` that does not exist afterwards; null when all do. Entries may be globs. */
export async function missingProduct(
	rootPath: string,
	{ produces }: Pick<RunTask, 'produces'>,
): Promise<string | null> {
	for (const product of produces) {
		const found = await glob([product], {
			cwd: rootPath,
			dot: true,
			onlyFiles: false,
			followSymbolicLinks: false,
		});
		if (found.length === 0) {
			return product;
		}
	}
	return null;
}
