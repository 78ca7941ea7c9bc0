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

	/** Writes a file of it (`name` with `/`) atomically. */
	async put(name: string, text: string): Promise<void> {
		await replaceFile(
			this.#rootPath,
			join(this.#rootPath, ...this.path.split('/'), ...name.split('/')),
			text,
		);
		this.#files[name] = createHash('sha256').update(text).digest('hex');
	}
}
