import type { FileText, FileTree, FolderEntry, LinkTarget } from '../../src/core/plan/fileTree.ts';
import type { PlanSearch } from '../../src/core/plan/searchPlans.ts';
import { searchPlans } from '../../src/core/plan/searchPlans.ts';
import { relativePath } from '../../src/core/plan/uris.ts';
import type { FileSource } from '../../src/server/fileSource.ts';

/** A link of a test: to a path of the same tree, or to nowhere inside it. */
type MemoryFile = string | { readonly link: string | null } | { readonly unreadable: string };

/** Folders of a workspace in memory, as the server and the search see a disk. */
export class MemoryFiles implements FileSource {
	readonly #files = new Map<string, MemoryFile>();
	/** Every file that was read, in order. */
	readonly reads: string[] = [];

	constructor(files: Readonly<Record<string, MemoryFile>> = {}) {
		for (const [uri, file] of Object.entries(files)) {
			this.#files.set(uri, file);
		}
	}

	write(uri: string, file: MemoryFile): void {
		this.#files.set(uri, file);
	}

	/** Removes a file or a folder. */
	remove(uri: string): void {
		for (const name of [...this.#files.keys()]) {
			if (name === uri || name.startsWith(`${uri}/`)) {
				this.#files.delete(name);
			}
		}
	}

	search(folderUri: string): Promise<PlanSearch> {
		return searchPlans(this.tree(folderUri), folderUri);
	}

	read(folderUri: string, uri: string): Promise<FileText> {
		const path = relativePath(folderUri, uri);
		return path === null ? Promise.resolve({ kind: 'outside' }) : this.tree(folderUri).read(path);
	}

	exists(_folderUri: string, uri: string): Promise<boolean> {
		return Promise.resolve(this.#files.has(uri));
	}

	tree(folderUri: string): FileTree {
		return {
			list: (folder) => Promise.resolve(this.#list(folder === '' ? folderUri : `${folderUri}/${folder}`)),
			follow: (link) => Promise.resolve(this.#follow(`${folderUri}/${link}`)),
			read: (path) => {
				this.reads.push(path);
				return Promise.resolve(this.#read(`${folderUri}/${path}`));
			},
		};
	}

	/** The true name of a path that leads through linked folders. */
	#resolve(uri: string): string {
		for (const [link, file] of this.#files) {
			if (typeof file === 'object' && 'link' in file && file.link !== null && uri.startsWith(`${link}/`)) {
				return file.link + uri.slice(link.length);
			}
		}
		return uri;
	}

	#list(path: string): FolderEntry[] {
		const folder = this.#resolve(`${path}/`).slice(0, -1);
		const entries = new Map<string, FolderEntry>();
		for (const [uri, file] of this.#files) {
			if (!uri.startsWith(`${folder}/`)) {
				continue;
			}
			const [name = '', ...rest] = uri.slice(folder.length + 1).split('/');
			const isLink = typeof file === 'object' && 'link' in file;
			entries.set(name, { name, kind: rest.length > 0 ? 'folder' : isLink ? 'link' : 'file' });
		}
		return [...entries.values()];
	}

	#follow(uri: string): LinkTarget | null {
		const file = this.#files.get(uri);
		if (typeof file !== 'object' || !('link' in file)) {
			return null;
		}
		if (file.link === null) {
			return { kind: uri.includes('.') ? 'file' : 'folder', inside: false, place: 'elsewhere' };
		}
		return { kind: this.#files.has(file.link) ? 'file' : 'folder', inside: true, place: file.link };
	}

	#read(uri: string): FileText {
		const file = this.#files.get(this.#resolve(uri));
		if (file === undefined) {
			return { kind: 'missing' };
		}
		if (typeof file === 'string') {
			return { kind: 'text', text: file };
		}
		if ('unreadable' in file) {
			return { kind: 'unreadable', reason: file.unreadable };
		}
		return file.link === null ? { kind: 'outside' } : this.#read(file.link);
	}
}
