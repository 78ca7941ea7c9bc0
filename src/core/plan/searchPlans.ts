import type { FileTree, FolderEntry } from './fileTree.ts';
import { hiddenPlaces, isForeignPlace } from './foreign/foreignPlaces.ts';
import { IgnoreRules } from './ignoreRules.ts';
import { classify, isSkippedFolder } from './planFiles.ts';
import type { Problem } from './problem.ts';
import { makeProblem } from './sourceFile.ts';
import { joinUri } from './uris.ts';

/** Paths of all planning files below a folder, and what could not be looked into. */
export interface PlanSearch {
	readonly paths: readonly string[];
	/** Files in places where other tools keep their plans; their texts say whether they are some (`foreignAt`). */
	readonly foreign: readonly string[];
	readonly problems: readonly Problem[];
}

/** A folder that is to be looked into, with what is ignored in it. */
interface Visit {
	readonly folder: string;
	readonly rules: IgnoreRules;
	/** True for a folder of another tool: no plan of ours is in it. */
	readonly isHidden?: true;
}

/** Deepest folder that is looked into: deeper ones are generated. */
const maxDepth = 20;

/** Folders that are listed at the same time. */
const width = 16;

/**
 * Finds planning files by place and name. Dot folders, node_modules, git worktrees and what `.gitignore` names are left
 * out; the folder's own `docs/planning` and `docs/sprints` are seen even where they are ignored, because a plan that is kept
 * private is a plan still. Of links only those in the place of a planning file or folder are followed, as far as they stay
 * below the folder: what others lead to is found where it is.
 */
export async function searchPlans(tree: FileTree, folderUri: string): Promise<PlanSearch> {
	const search = new Search(tree, folderUri);
	await search.run();
	return { paths: search.paths.sort(), foreign: search.foreign.sort(), problems: search.problems };
}

class Search {
	readonly paths: string[] = [];
	readonly foreign: string[] = [];
	readonly problems: Problem[] = [];
	readonly #tree: FileTree;
	readonly #folderUri: string;
	readonly #places = new Set<string>();
	/** Links wait until all true folders were seen, so that a file has its true name where it has two. */
	readonly #links: Visit[] = [];

	constructor(tree: FileTree, folderUri: string) {
		this.#tree = tree;
		this.#folderUri = folderUri;
	}

	async run(): Promise<void> {
		await this.#walk([{ folder: '', rules: await this.#privateRules() }]);
		while (this.#links.length > 0) {
			const folders: Visit[] = [];
			for (const link of this.#links.splice(0)) {
				if (await this.#followFolder(link.folder)) {
					folders.push(link);
				}
			}
			await this.#walk(folders);
		}
	}

	/** What git ignores in this clone only. */
	async #privateRules(): Promise<IgnoreRules> {
		const exclude = await this.#tree.read('.git/info/exclude');
		return exclude.kind === 'text' ? new IgnoreRules().with('', exclude.text) : new IgnoreRules();
	}

	async #walk(visits: readonly Visit[]): Promise<void> {
		let level = [...visits];
		for (let depth = 0; level.length > 0 && depth < maxDepth; depth++) {
			const next: Visit[] = [];
			for (let at = 0; at < level.length; at += width) {
				const found = await Promise.all(level.slice(at, at + width).map((visit) => this.#visit(visit)));
				next.push(...found.flat());
			}
			level = next;
		}
	}

	/** Notes the planning files of one folder and returns the folders in it. */
	async #visit({ folder, rules: above, isHidden }: Visit): Promise<Visit[]> {
		const entries = await this.#list(folder);
		if (folder !== '' && (await this.#isWorktree(folder, entries))) {
			return [];
		}
		const rules = await this.#rulesIn(folder, entries, above);
		const next: Visit[] = [];
		for (const entry of entries) {
			const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
			if (isIgnored(rules, path, entry)) {
				continue;
			}
			if (entry.kind !== 'folder') {
				this.#note(path, entry.kind, { rules, isHidden: isHidden === true });
			} else if (isHidden !== true) {
				next.push(...foldersFor(path, entry.name).map((visit) => ({ ...visit, rules })));
			}
		}
		return next;
	}

	#note(
		path: string,
		kind: 'file' | 'link',
		{ rules, isHidden }: { readonly rules: IgnoreRules; readonly isHidden: boolean },
	): void {
		const isPlanFile = !isHidden && classify(path) !== null;
		if (kind === 'file' && isPlanFile) {
			this.paths.push(path);
		} else if (kind === 'file' && isForeignPlace(path)) {
			this.foreign.push(path);
		} else if (kind === 'link' && (isPlanFile || isPlanningFolder(path))) {
			this.#links.push({ folder: path, rules });
		}
	}

	async #rulesIn(folder: string, entries: readonly FolderEntry[], above: IgnoreRules): Promise<IgnoreRules> {
		if (!entries.some(({ name, kind }) => name === '.gitignore' && kind === 'file')) {
			return above;
		}
		const found = await this.#tree.read(folder === '' ? '.gitignore' : `${folder}/.gitignore`);
		return found.kind === 'text' ? above.with(folder, found.text) : above;
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

/** Folders below one that was found: what is in it, or the places of another tool in a folder with a dot. */
function foldersFor(path: string, name: string): Pick<Visit, 'folder' | 'isHidden'>[] {
	if (!isSkippedFolder(name)) {
		return [{ folder: path }];
	}
	const base = path.slice(0, path.length - name.length);
	return (hiddenPlaces.get(name) ?? []).map((place) => ({ folder: base + place, isHidden: true }));
}

function isIgnored(rules: IgnoreRules, path: string, { kind }: FolderEntry): boolean {
	// State is ours, and is often kept out of git; the top's own plan counts wherever git looks.
	const isOwn = classify(path) === 'state' || /^docs(\/(planning|sprints)(\/|$)|$)/.test(path);
	return !isOwn && rules.ignores(path, kind === 'folder' ? 'folder' : 'file');
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
