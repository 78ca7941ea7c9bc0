import * as vscode from 'vscode';

/** A file system in memory, as an extension may bring one: without a search and without a disk. */
export class MemoryFileSystem implements vscode.FileSystemProvider {
	readonly #files = new Map<string, Uint8Array>();
	readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
	readonly onDidChangeFile = this.#changed.event;

	constructor(files: Readonly<Record<string, string>>) {
		for (const [path, text] of Object.entries(files)) {
			this.#files.set(path, new TextEncoder().encode(text));
		}
	}

	textOf(path: string): string {
		return new TextDecoder().decode(this.#files.get(path));
	}

	watch(): vscode.Disposable {
		return new vscode.Disposable(() => {});
	}

	stat({ path }: vscode.Uri): vscode.FileStat {
		const content = this.#files.get(path);
		if (content !== undefined) {
			return { type: vscode.FileType.File, ctime: 0, mtime: content.length, size: content.length };
		}
		if (this.#below(path).length === 0) {
			throw vscode.FileSystemError.FileNotFound();
		}
		return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
	}

	readDirectory({ path }: vscode.Uri): [string, vscode.FileType][] {
		const entries = new Map<string, vscode.FileType>();
		for (const file of this.#below(path)) {
			const [name = '', ...rest] = file.slice(path.length + 1).split('/');
			entries.set(name, rest.length > 0 ? vscode.FileType.Directory : vscode.FileType.File);
		}
		return [...entries];
	}

	readFile({ path }: vscode.Uri): Uint8Array {
		const content = this.#files.get(path);
		if (content === undefined) {
			throw vscode.FileSystemError.FileNotFound();
		}
		return content;
	}

	writeFile(uri: vscode.Uri, content: Uint8Array): void {
		const type = this.#files.has(uri.path) ? vscode.FileChangeType.Changed : vscode.FileChangeType.Created;
		this.#files.set(uri.path, content);
		this.#changed.fire([{ type, uri }]);
	}

	delete(uri: vscode.Uri): void {
		this.#files.delete(uri.path);
		this.#changed.fire([{ type: vscode.FileChangeType.Deleted, uri }]);
	}

	rename(from: vscode.Uri, to: vscode.Uri): void {
		this.writeFile(to, this.readFile(from));
		this.delete(from);
	}

	createDirectory(): void {}

	#below(path: string): string[] {
		return [...this.#files.keys()].filter((file) => file.startsWith(`${path}/`));
	}
}
