import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isGenerated } from '../../core/prd/generatedMark.ts';
import type { NewFile } from '../../core/prd/newPlanFiles.ts';
import { makeSwitchyardFolder } from '../files/makeSwitchyardFolder.ts';
import { makeFolderInside, replaceFile } from '../files/replaceFile.ts';
import { switchyardFolder } from '../files/runPaths.ts';

/** Files that are there already and say something else; relative to the root. */
export async function filesInTheWay(rootPath: string, files: readonly NewFile[]): Promise<string[]> {
	const found: string[] = [];
	for (const { path, text } of files) {
		const existing = await readOrNull(join(rootPath, path));
		if (existing !== null && existing !== text) {
			found.push(path);
		}
	}
	return found;
}

/** The files that are not there, or say something else. */
export async function filesToWrite(rootPath: string, files: readonly NewFile[]): Promise<NewFile[]> {
	const found: NewFile[] = [];
	for (const file of files) {
		if ((await readOrNull(join(rootPath, file.path))) !== file.text) {
			found.push(file);
		}
	}
	return found;
}

/** Task files in a folder of the plan that are not among the new ones; relative to the root. */
export async function otherTasks(
	rootPath: string,
	folder: string,
	files: readonly NewFile[],
): Promise<string[]> {
	const own = new Set(files.map(({ path }) => path));
	const names = await readdir(join(rootPath, folder)).catch(() => []);
	return names
		.filter((name) => /^[^.].*\.(ya?ml|json)$/.test(name))
		.map((name) => `${folder}/${name}`)
		.filter((path) => !own.has(path));
}

/**
 * Writes documents that are ours: one that a hand changed is left alone. Returns the paths that were written, and those that
 * were left.
 */
export async function writeDocuments(
	rootPath: string,
	files: readonly NewFile[],
): Promise<{ readonly written: string[]; readonly left: string[] }> {
	const written: string[] = [];
	const left: string[] = [];
	for (const { path, text } of files) {
		const file = join(rootPath, path);
		const existing = await readOrNull(file);
		if (existing !== null && existing !== text && !isGenerated(existing)) {
			left.push(path);
		} else if (existing !== text) {
			await replaceFile(rootPath, file, text);
			written.push(path);
		}
	}
	return { written, left };
}

/**
 * Writes the files of tasks. A folder that is not there yet appears in one step with all of them, so that a plan is never
 * half there; into one that is there they are put one by one, each in one step.
 */
export async function writeTasks(rootPath: string, folder: string, files: readonly NewFile[]): Promise<void> {
	const target = join(rootPath, folder);
	if (!(await isThere(target)) && files.every(({ path }) => dirname(path) === folder)) {
		await makeSwitchyardFolder(rootPath);
		const staged = join(switchyardFolder(rootPath), 'tmp', `tasks-${process.pid}-${process.hrtime.bigint()}`);
		try {
			await mkdir(staged, { recursive: true });
			for (const { path, text } of files) {
				await writeFile(join(staged, basename(path)), text);
			}
			makeFolderInside(rootPath, dirname(target));
			await rename(staged, target);
			return;
		} finally {
			await rm(staged, { recursive: true, force: true });
		}
	}
	for (const { path, text } of files) {
		await replaceFile(rootPath, join(rootPath, path), text);
	}
}

async function isThere(folder: string): Promise<boolean> {
	return readdir(folder).then(
		() => true,
		(error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
	);
}

async function readOrNull(file: string): Promise<string | null> {
	try {
		return await readFile(file, 'utf8');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
			return null;
		}
		throw error;
	}
}
