import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { detectForeign } from '../../core/plan/foreign/detectForeign.ts';
import type { ForeignFormat } from '../../core/plan/foreign/foreignPlan.ts';
import type { PlanFile } from '../../core/plan/plan.ts';
import { compareNames, isSkippedFolder } from '../../core/plan/planFiles.ts';

/** A plan of another tool on disk. */
export interface ForeignFiles {
	readonly format: ForeignFormat;
	/** What it is called after: the file, or the folder of formats with one file a task. */
	readonly path: string;
	readonly files: readonly PlanFile[];
}

/** Largest file that is read. */
const maxBytes = 32 * 1024 * 1024;
/** Folders deeper than this below the one that was named hold no plan. */
const maxDepth = 5;
/** Folders whose name begins with a dot and that other tools keep plans in. */
const toolFolders = new Set(['.beads', '.taskmaster', '.work', '.specify']);

/**
 * The plans of other tools that a path means: a file with its siblings where the format has one file a task, or everything
 * below a folder. Empty when there is none. Throws the error of `node:fs` when the path does not exist.
 */
export async function findForeign(path: string): Promise<ForeignFiles[]> {
	const real = await realpath(path);
	const info = await stat(real);
	if (info.isDirectory()) {
		return await gather(real, await listFiles(real, 0));
	}
	const file = await read(real);
	const format = file === null ? null : detectForeign(real, file.text);
	if (file === null || format === null) {
		return [];
	}
	if (format !== 'backlog') {
		return [{ format, path: real, files: [file] }];
	}
	// Tasks of Backlog.md depend on tasks in files beside them, and in the folder of the completed ones.
	const folder = dirname(real);
	const root = ['tasks', 'completed', 'drafts'].includes(basename(folder)) ? dirname(folder) : folder;
	const found = await gather(root, await listFiles(root, 0));
	return found.filter((one) => one.format === 'backlog');
}

/** Formats with one file a task become one plan, every other file is one of its own. */
async function gather(folder: string, paths: readonly string[]): Promise<ForeignFiles[]> {
	const found: ForeignFiles[] = [];
	const manyFiles = new Map<ForeignFormat, PlanFile[]>();
	for (const path of paths) {
		const file = await read(path);
		const format = file === null ? null : detectForeign(path, file.text);
		if (file === null || format === null) {
			continue;
		}
		if (format === 'backlog' || format === 'devteam') {
			manyFiles.set(format, [...(manyFiles.get(format) ?? []), file]);
		} else {
			found.push({ format, path, files: [file] });
		}
	}
	return [...[...manyFiles].map(([format, files]) => ({ format, path: folder, files })), ...found];
}

async function listFiles(folder: string, depth: number): Promise<string[]> {
	const entries = await readdir(folder, { withFileTypes: true });
	const names = entries.sort((a, b) => compareNames(a.name, b.name));
	const found: string[] = [];
	for (const entry of names) {
		const path = join(folder, entry.name);
		if (entry.isFile() && isPossible(entry.name)) {
			found.push(path);
		} else if (entry.isDirectory() && depth < maxDepth && isLookedInto(entry.name)) {
			found.push(...(await listFiles(path, depth + 1)));
		}
	}
	return found;
}

/** Summaries of a plan that is in other files too are no plans. */
function isPossible(name: string): boolean {
	const isSummary = /^(TASK_SUMMARY|SPRINT_OVERVIEW|task-dependency-graph)\.md$/i.test(name);
	return /\.(jsonl|json|md|markdown|mdx)$/i.test(name) && !isSummary;
}

function isLookedInto(name: string): boolean {
	return toolFolders.has(name) || !isSkippedFolder(name);
}

/** Null for what is no regular file, or too large to be a plan. */
async function read(path: string): Promise<PlanFile | null> {
	const info = await stat(path);
	if (!info.isFile() || info.size > maxBytes) {
		return null;
	}
	return { uri: pathToFileURL(path).href, text: await readFile(path, 'utf8') };
}
