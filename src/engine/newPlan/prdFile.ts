import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PrdDocument } from '../../core/prd/prdDocument.ts';
import { replaceFile } from '../files/replaceFile.ts';

/** A PRD on disk cannot be used; the message names file and line, and says what to do. */
export class PrdFileError extends Error {
	override readonly name = 'PrdFileError';
}

/**
 * The PRD while questions are asked. Every answer is on disk before the next question, and is put into what the file says
 * at that moment: its author may have it open in an editor.
 */
export class PrdFile {
	/** Relative to the root. */
	readonly path: string;
	readonly #rootPath: string;

	/** `rootPath` is a real path. */
	constructor(rootPath: string, path: string) {
		this.#rootPath = rootPath;
		this.path = path;
	}

	/** What the file says; null where there is none. Throws `PrdFileError`. */
	async read(): Promise<PrdDocument | null> {
		const text = await this.readText();
		if (text === null) {
			return null;
		}
		const document = PrdDocument.parse(text);
		if (document instanceof PrdDocument) {
			return document;
		}
		const { line, column, message } = document;
		throw new PrdFileError(
			`${this.path}:${line}:${column} ${message}. Repair it, then run the same command again.`,
		);
	}

	/** Its text; null where there is none. */
	async readText(): Promise<string | null> {
		try {
			return await readFile(join(this.#rootPath, this.path), 'utf8');
		} catch (error) {
			const { code = String(error) } = error as NodeJS.ErrnoException;
			if (code === 'ENOENT') {
				return null;
			}
			throw new PrdFileError(`${this.path} cannot be read (${code}). Allow reading it, or move it away.`);
		}
	}

	/** Writes it in one step: a killed process leaves the old text or the new one. */
	async write(document: PrdDocument): Promise<void> {
		await replaceFile(this.#rootPath, join(this.#rootPath, this.path), document.toString());
	}

	/** Changes what the file says now, and writes it unless `change` returns a reason why not. Returns that, or null. */
	async update(change: (document: PrdDocument) => string | null): Promise<string | null> {
		const document = await this.read();
		if (document === null) {
			throw new PrdFileError(`${this.path} was removed while it was filled in. Run the same command again.`);
		}
		const reason = change(document);
		if (reason === null) {
			await this.write(document);
		}
		return reason;
	}
}
