import type { Stats } from 'node:fs';
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { FileText, FileTree, FolderEntry, LinkTarget } from '../../core/plan/fileTree.ts';
import { fileTextOfError } from '../../core/plan/fileTree.ts';
import type { ForeignSet } from '../../core/plan/foreign/foreignPlaces.ts';
import { foreignAt, groupForeign } from '../../core/plan/foreign/foreignPlaces.ts';
import type { PlanFile, PlanForm, PlanId } from '../../core/plan/plan.ts';
import type { PlanGroup } from '../../core/plan/planFiles.ts';
import { groupPlans, isClaimed, oneFileKey, planOf } from '../../core/plan/planFiles.ts';
import type { Problem } from '../../core/plan/problem.ts';
import { searchPlans } from '../../core/plan/searchPlans.ts';
import { toPlanFile } from '../../core/plan/toPlanFile.ts';
import { joinUri, relativePath } from '../../core/plan/uris.ts';
import { findForeign } from './foreignFiles.ts';

/** A plan on disk, with the texts of all its files. */
export interface FoundPlan {
	readonly id: PlanId;
	readonly form: PlanForm;
	/** The real path of the plan's root (FORMATS 2.0). */
	readonly rootPath: string;
	readonly files: readonly PlanFile[];
	/** What stands in the way of whole folders; faults of single files come with the files. */
	readonly problems: readonly Problem[];
}

/** Files that are read at the same time. */
const width = 32;

/** Largest file that is read. */
const maxBytes = 32 * 1024 * 1024;

/** What a path led to: the plans, and the folders that could not be looked into. */
export interface PlanFinding {
	/** The real path of the folder that was searched. */
	readonly folder: string;
	/** Nearest root first. */
	readonly plans: readonly FoundPlan[];
	readonly problems: readonly Problem[];
}

/**
 * Finds the plans that a path of the command line means: a folder with everything below it, nearest root first; a file of
 * a plan; or any file that is named by hand, as a plan in one file. Empty when there is none.
 * Throws the error of `node:fs` when the path itself does not exist or cannot be read.
 */
export async function findPlans(path: string): Promise<FoundPlan[]> {
	return [...(await lookForPlans(path)).plans];
}

/** As `findPlans`, with what stood in the way where nothing was found. */
export async function lookForPlans(path: string): Promise<PlanFinding> {
	const real = await realpath(path);
	const info = await stat(real);
	if (!info.isDirectory()) {
		return await findOfFile(real);
	}
	const root = planRootOf(real);
	return root === real ? await searchForeignFolder(real) : await searchFolder(root);
}

/** A folder of another tool means the plan in it, whose place only shows from the folder above. */
async function searchForeignFolder(folder: string): Promise<PlanFinding> {
	const above =
		/^(.*?)[/\\](\.?backlog([/\\](tasks|completed|drafts))?|\.taskmaster([/\\]tasks)?|\.beads|specs)$/.exec(
			folder,
		)?.[1];
	if (above === undefined) {
		return await searchFolder(folder);
	}
	const within = relative(above, folder).split(sep)[0] ?? '';
	const found = await searchFolder(above || sep, within);
	return found.plans.length > 0 ? found : await searchFolder(folder);
}

/** `docs/planning` and what is in it mean the plan they belong to. */
function planRootOf(folder: string): string {
	const inside = /^(.*?)[/\\]docs[/\\](planning([/\\](tasks|sprints))?|sprints)$/.exec(folder)?.[1];
	return inside === undefined ? folder : inside || sep;
}

async function findOfFile(file: string): Promise<PlanFinding> {
	const path = file.split(sep).join('/');
	if (planOf('', path)?.form !== 'folder') {
		const plan = (await readBacklog(file)) ?? (await readOneFile(file));
		return { folder: dirname(file), plans: [plan], problems: [] };
	}
	const root = planRootOf(dirname(file));
	const found = await searchFolder(root);
	const plans = found.plans.filter((plan) => plan.form === 'folder' && plan.rootPath === root);
	return { ...found, plans };
}

/** A task of a Backlog.md means all tasks beside it; null for other files. */
async function readBacklog(file: string): Promise<FoundPlan | null> {
	if (!file.endsWith('.md')) {
		return null;
	}
	const [found] = await findForeign(file);
	const [set] = found?.format === 'backlog' ? groupForeign(found.files) : [];
	return set === undefined ? null : foundForeign(set);
}

async function readOneFile(file: string): Promise<FoundPlan> {
	const rootPath = dirname(file);
	const rootUri = folderUriOf(rootPath);
	const name = basename(file);
	const text = await new NodeFileTree(rootPath).read(name);
	const planFile = toPlanFile(joinUri(rootUri, name), text);
	const files = planFile === null ? [] : [planFile];
	return { id: { rootUri, key: oneFileKey(name) }, form: 'file', rootPath, files, problems: [] };
}

/** Plans of ours below a folder; where there is none, those of other tools in their own places, `within` one of its folders. */
async function searchFolder(folder: string, within?: string): Promise<PlanFinding> {
	const tree = new NodeFileTree(folder);
	const folderUri = folderUriOf(folder);
	const { paths, foreign, problems } = await searchPlans(tree, folderUri);
	const plans: FoundPlan[] = [];
	for (const group of groupPlans(folderUri, within === undefined ? paths : [])) {
		const plan = await readGroup({ tree, folder, folderUri }, group);
		if (plan !== null) {
			plans.push({ ...plan, problems });
		}
	}
	if (plans.length === 0) {
		const meant = foreign.filter((path) => within === undefined || path.startsWith(`${within}/`));
		plans.push(...(await readForeignPlaces({ tree, folderUri }, meant)));
	}
	plans.sort((a, b) => a.rootPath.length - b.rootPath.length);
	return { folder, plans, problems };
}

async function readForeignPlaces(
	{ tree, folderUri }: { tree: FileTree; folderUri: string },
	paths: readonly string[],
): Promise<FoundPlan[]> {
	const files: PlanFile[] = [];
	for (let at = 0; at < paths.length; at += width) {
		const batch = paths.slice(at, at + width).map(async (path) => {
			const found = await tree.read(path);
			return found.kind === 'text' && foreignAt(path, found.text) !== null
				? { uri: joinUri(folderUri, path), text: found.text }
				: null;
		});
		files.push(...(await Promise.all(batch)).filter((file) => file !== null));
	}
	return groupForeign(files).map(foundForeign);
}

function foundForeign({ id, form, files }: ForeignSet): FoundPlan {
	return { id, form, rootPath: fileURLToPath(id.rootUri), files, problems: [] };
}

async function readGroup(
	{ tree, folder, folderUri }: { tree: FileTree; folder: string; folderUri: string },
	{ id, form, files: uris }: PlanGroup,
): Promise<FoundPlan | null> {
	const files: PlanFile[] = [];
	for (let at = 0; at < uris.length; at += width) {
		const batch = uris.slice(at, at + width).map(async (uri) => {
			const path = relativePath(folderUri, uri) ?? '';
			const file = toPlanFile(uri, await tree.read(path));
			return file !== null && isClaimed(path, file.text) ? file : null;
		});
		files.push(...(await Promise.all(batch)).filter((file) => file !== null));
	}
	const below = relativePath(folderUri, id.rootUri) ?? '';
	return files.length === 0 ? null : { id, form, rootPath: join(folder, below), files, problems: [] };
}

function folderUriOf(path: string): string {
	return pathToFileURL(path).href.replace(/\/$/, '');
}

/** A folder of the disk as a tree that cannot be left. */
class NodeFileTree implements FileTree {
	readonly #root: string;

	/** `root` is a real path. */
	constructor(root: string) {
		this.#root = root;
	}

	async list(folder: string): Promise<FolderEntry[]> {
		const entries = await readdir(join(this.#root, folder), { withFileTypes: true });
		return entries
			.filter((entry) => entry.isFile() || entry.isDirectory() || entry.isSymbolicLink())
			.map((entry) => ({
				name: entry.name,
				kind: entry.isSymbolicLink() ? 'link' : entry.isDirectory() ? 'folder' : 'file',
			}));
	}

	async follow(link: string): Promise<LinkTarget | null> {
		try {
			const place = await realpath(join(this.#root, link));
			const info = await stat(place);
			return { kind: info.isDirectory() ? 'folder' : 'file', inside: this.#isInside(place), place };
		} catch {
			return null;
		}
	}

	async read(file: string): Promise<FileText> {
		const path = join(this.#root, file);
		try {
			const place = await realpath(path);
			if (!this.#isInside(place)) {
				return { kind: 'outside' };
			}
			const fault = faultOf(await stat(place));
			return fault ?? { kind: 'text', text: await readFile(place, 'utf8') };
		} catch (error) {
			return fileTextOfError(error);
		}
	}

	#isInside(place: string): boolean {
		const way = relative(this.#root, place);
		return way !== '..' && !way.startsWith(`..${sep}`) && !/^([A-Za-z]:|[/\\])/.test(way);
	}
}

function faultOf(info: Stats): FileText | null {
	if (!info.isFile()) {
		return { kind: 'unreadable', reason: 'it is not a regular file' };
	}
	return info.size > maxBytes ? { kind: 'too-large', bytes: info.size } : null;
}
