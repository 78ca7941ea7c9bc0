import type { FileTree, FolderEntry } from './fileTree.ts';
import { classify, isSkippedFolder } from './planFiles.ts';
import type { Problem } from './problem.ts';
import { makeProblem } from './sourceFile.ts';
import { joinUri } from './uris.ts';

/** Paths of all planning files below a folder, and what could not be looked into. */
export interface PlanSearch {
	readonly paths: readonly string[];
	readonly problems: readonly Problem[];
}

/** Deepest folder that is looked into: deeper ones are generated. */
const maxDepth = 20;

/** Folders that are listed at the same time. */
const width = 16;

/**
 * Finds planning files by place and name. Dot folders, node_modules and git worktrees are left out. Of links only those
 * in the place of a planning file or folder are followed, as far as they stay below the folder: what others lead to is
 * found where it is.
 */
export async function searchPlans(tree: FileTree, folderUri: string): Promise<PlanSearch> {
	const search = new Search(tree, folderUri);
	await search.run();
	return { paths: search.paths.sort(), problems: search.problems };
}

class Search {
	readonly paths: string[] = [];
	readonly problems: Problem[] = [];
	readonly #tree: FileTree;
	readonly #folderUri: string;
	readonly #places = new Set<string>();
	/** Links wait until all true folders were seen, so that a file has its true name where it has two. */
	readonly #links: string[] = [];

	constructor(tree: FileTree, folderUri: string) {
		this.#tree = tree;
		this.#folderUri = folderUri;
	}

	async run(): Promise<void> {
		await this.#walk(['']);
		while (this.#links.length > 0) {
			const folders: string[] = [];
			for (const link of this.#links.splice(0)) {
				const folder = await this.#followFolder(link);
				if (folder) {
					folders.push(link);
				}
			}
			await this.#walk(folders);
		}
	}

	async #walk(folders: readonly string[]): Promise<void> {
		let level = [...folders];
		for (let depth = 0; level.length > 0 && depth < maxDepth; depth++) {
			const next: string[] = [];
			for (let at = 0; at < level.length; at += width) {
				const found = await Promise.all(level.slice(at, at + width).map((folder) => this.#visit(folder)));
				next.push(...found.flat());
			}
			level = next;
		}
	}

	/** Notes the planning files of one folder and returns the folders in it. */
	async #visit(folder: string): Promise<string[]> {
		const entries = await this.#list(folder);
		if (folder !== '' && (await this.#isWorktree(folder, entries))) {
			return [];
		}
		const paths = entries.map(({ name, kind }) => ({
			kind,
			name,
			path: folder === '' ? name : `${folder}/${name}`,
		}));
		for (const { kind, path } of paths) {
			const isPlanFile = classify(path) !== null;
			if (kind === 'file' && isPlanFile) {
				this.paths.push(path);
			} else if (kind === 'link' && (isPlanFile || isPlanningFolder(path))) {
				this.#links.push(path);
			}
		}
		return paths
			.filter(({ name, kind }) => kind === 'folder' && !isSkippedFolder(name))
			.map(({ path }) => path);
	}

	async #list(folder: string): Promise<readonly FolderEntry[]> {
		try {
			return await this.#tree.list(folder);
		} catch (error) {
			this.#reportFolder(folder, error instanceof Error ? error.message : String(error));
			return [];
		}
	}

	/** Keeps a link to a planning file (reading it decides whether it stays inside); true for a folder to look into. */
	async #followFolder(link: string): Promise<boolean> {
		const target = await this.#tree.follow(link);
		if (classify(link) !== null && target?.kind !== 'folder') {
			this.paths.push(link);
			return false;
		}
		if (target?.kind !== 'folder' || this.#places.has(target.place)) {
			return false;
		}
		this.#places.add(target.place);
		if (!target.inside) {
			this.problems.push(outsideProblem(joinUri(this.#folderUri, link)));
		}
		return target.inside;
	}

	async #isWorktree(folder: string, entries: readonly FolderEntry[]): Promise<boolean> {
		if (!entries.some(({ name, kind }) => name === '.git' && kind === 'file')) {
			return false;
		}
		const pointer = await this.#tree.read(`${folder}/.git`);
		return pointer.kind === 'text' && /[/\\]worktrees[/\\]/.test(pointer.text);
	}

	#reportFolder(folder: string, reason: string): void {
		// What is no planning folder may be as unreadable as it likes.
		if (folder !== '' && !isPlanningFolder(folder)) {
			return;
		}
		const uri = joinUri(this.#folderUri, folder);
		const message = `This folder cannot be read (${reason}), so plans in it are not seen. Allow reading it.`;
		this.problems.push(makeProblem('SY108', startOf(uri), message));
	}
}

/** Says that a link leads out of the workspace: what lies there is not read. */
export function outsideProblem(uri: string): Problem {
	const message =
		'This is a symbolic link to a place outside the workspace, so it is not read. Copy what it leads to into the workspace.';
	return makeProblem('SY109', startOf(uri), message);
}

function isPlanningFolder(path: string): boolean {
	return /(^|\/)docs(\/sprints|\/planning(\/(tasks|sprints))?)?$/.test(path);
}

function startOf(uri: string) {
	const start = { line: 0, character: 0 };
	return { uri, start, end: start };
}
