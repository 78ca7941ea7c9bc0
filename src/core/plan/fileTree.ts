/** What a folder holds: links are told apart, since only their target says what they are. */
export interface FolderEntry {
	readonly name: string;
	readonly kind: 'file' | 'folder' | 'link';
}

/** What a link leads to. */
export interface LinkTarget {
	readonly kind: 'file' | 'folder';
	/** False when the target lies outside the tree. */
	readonly inside: boolean;
	/** The same for two links to one place. */
	readonly place: string;
}

/** Text of a file, or why there is none. */
export type FileText =
	| { readonly kind: 'text'; readonly text: string }
	| { readonly kind: 'missing' }
	| { readonly kind: 'outside' }
	| { readonly kind: 'too-large'; readonly bytes: number }
	| { readonly kind: 'unreadable'; readonly reason: string };

/** The port through which plans are found: a folder with all that is below it. Paths are relative, with `/`. */
export interface FileTree {
	/** Throws when the folder cannot be listed. */
	list(folder: string): Promise<readonly FolderEntry[]>;
	/** Null when the link leads nowhere. */
	follow(link: string): Promise<LinkTarget | null>;
	/** Never throws. Follows links within the tree only. */
	read(file: string): Promise<FileText>;
}

const reasons: Readonly<Record<string, string>> = {
	EACCES: 'no permission',
	EPERM: 'no permission',
	ELOOP: 'its links go round in a circle',
	EMFILE: 'too many open files',
};

/** What an error of a file system means, by its code. */
export function fileTextOfError(error: unknown): FileText {
	const code = error instanceof Error && 'code' in error ? String(error.code) : '';
	if (code === 'ENOENT' || code === 'ENOTDIR') {
		return { kind: 'missing' };
	}
	return { kind: 'unreadable', reason: reasons[code] ?? (code || 'unknown reason') };
}
