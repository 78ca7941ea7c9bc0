import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { URI } from 'vscode-uri';
import type { FileText, FileTree, FolderEntry, LinkTarget } from '../core/plan/fileTree.ts';
import { fileTextOfError } from '../core/plan/fileTree.ts';
import type { PlanSearch } from '../core/plan/searchPlans.ts';
import { searchPlans } from '../core/plan/searchPlans.ts';
import { relativePath } from '../core/plan/uris.ts';
import type { FileSource } from './fileSource.ts';

/** Largest file that is read, as in the engine. */
const maxBytes = 32 * 1024 * 1024;

/** Reads `file:` workspaces from the disk. */
export class NodeFileSource implements FileSource {
	search(folderUri: string): Promise<PlanSearch> {
		return searchPlans(new FolderTree(URI.parse(folderUri).fsPath), folderUri);
	}

	async read(folderUri: string, uri: string): Promise<FileText> {
		const path = relativePath(folderUri, uri);
		return path === null ? { kind: 'outside' } : await new FolderTree(URI.parse(folderUri).fsPath).read(path);
	}

	async exists(_folderUri: string, uri: string): Promise<boolean> {
		try {
			return (await stat(URI.parse(uri).fsPath)).isFile();
		} catch {
			return false;
		}
	}
}

/** One workspace folder as a tree that cannot be left. */
class FolderTree implements FileTree {
	readonly #root: string;
	readonly #realRoot: Promise<string>;

	constructor(root: string) {
		this.#root = root;
		this.#realRoot = realpath(root).catch(() => root);
	}

	async list(folder: string): Promise<FolderEntry[]> {
		const found: FolderEntry[] = [];
		for (const entry of await readdir(join(this.#root, folder), { withFileTypes: true })) {
			if (entry.isSymbolicLink()) {
				found.push({ name: entry.name, kind: 'link' });
			} else if (entry.isDirectory()) {
				found.push({ name: entry.name, kind: 'folder' });
			} else if (entry.isFile()) {
				found.push({ name: entry.name, kind: 'file' });
			}
		}
		return found;
	}

	async follow(link: string): Promise<LinkTarget | null> {
		try {
			const place = await realpath(join(this.#root, link));
			const info = await stat(place);
			const inside = await this.#isInside(place);
			return { kind: info.isDirectory() ? 'folder' : 'file', inside, place };
		} catch {
			return null;
		}
	}

	async read(file: string): Promise<FileText> {
		try {
			const place = await realpath(join(this.#root, file));
			if (!(await this.#isInside(place))) {
				return { kind: 'outside' };
			}
			const info = await stat(place);
			if (!info.isFile()) {
				return { kind: 'unreadable', reason: 'it is not a regular file' };
			}
			if (info.size > maxBytes) {
				return { kind: 'too-large', bytes: info.size };
			}
			return { kind: 'text', text: await readFile(place, 'utf8') };
		} catch (error) {
			return fileTextOfError(error);
		}
	}

	async #isInside(place: string): Promise<boolean> {
		const way = relative(await this.#realRoot, place);
		return way !== '..' && !way.startsWith(`..${sep}`) && !/^([A-Za-z]:|[/\\])/.test(way);
	}
}
