import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { replaceFile } from '../files/replaceFile.ts';

/** Where evidence was written, relative to the root, and the SHA-256 of each file by its path below that folder. */
export type WrittenEvidence = Pick<EvidenceFolder, 'path' | 'files'>;

/** The folder in which one row leaves its evidence; keeps what was written, for the line of the journal. */
export class EvidenceFolder {
	/** Relative to the root, with `/`. */
	readonly path: string;
	readonly #rootPath: string;
	readonly #files: Record<string, string> = {};

	constructor(rootPath: string, path: string) {
		this.#rootPath = rootPath;
		this.path = path;
	}

	/** SHA-256 (hex) of everything that was put here, by its path below the folder. */
	get files(): Readonly<Record<string, string>> {
		return this.#files;
	}

	/** Writes a file of it (`name` with `/`) atomically, and leaves the disk its time: `restoreAfterBoot` writes it again. */
	async put(name: string, text: string): Promise<void> {
		await this.write(name, text);
		this.#files[name] = createHash('sha256').update(text).digest('hex');
	}

	protected async write(name: string, text: string): Promise<void> {
		const place = [...this.path.split('/'), ...name.split('/')];
		await replaceFile(this.#rootPath, join(this.#rootPath, ...place), text, { isSynced: false });
	}
}

/** Evidence that is put together and not written, to be compared with what was written before. */
export class EvidenceDraft extends EvidenceFolder {
	readonly texts = new Map<string, string>();

	/** Writes one of its files, as it was put. */
	async deliver(name: string): Promise<void> {
		await super.write(name, this.texts.get(name) ?? '');
	}

	protected override async write(name: string, text: string): Promise<void> {
		this.texts.set(name, text);
	}
}
