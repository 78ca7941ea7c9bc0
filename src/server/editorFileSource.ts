import type { Connection } from 'vscode-languageserver/node';
import type { FileText, FileTree } from '../core/plan/fileTree.ts';
import type { PlanSearch } from '../core/plan/searchPlans.ts';
import { searchPlans } from '../core/plan/searchPlans.ts';
import { makeProblem } from '../core/plan/sourceFile.ts';
import { joinUri } from '../core/plan/uris.ts';
import { fileExistsRequest, listFolderRequest, readFileRequest } from '../protocol/lsp.ts';
import type { FileSource } from './fileSource.ts';

/**
 * Reads workspaces that only the editor can reach (virtual ones) by asking it. Folders are walked one by one: the editor's
 * own search finds nothing where the file system brings no search of its own.
 */
export class EditorFileSource implements FileSource {
	readonly #connection: Pick<Connection, 'sendRequest'>;

	constructor(connection: Pick<Connection, 'sendRequest'>) {
		this.#connection = connection;
	}

	async search(folderUri: string): Promise<PlanSearch> {
		let fault: string | null = null;
		const tree: FileTree = {
			list: async (folder) => {
				try {
					return await this.#list(joinUri(folderUri, folder));
				} catch (error) {
					fault = folder === '' ? wordsOf(error) : fault;
					throw error;
				}
			},
			// What a link leads to is the file system's secret here: it is listed and read under its own name.
			follow: () => Promise.resolve(null),
			read: (file) => this.read(folderUri, joinUri(folderUri, file)),
		};
		const found = await searchPlans(tree, folderUri);
		if (fault === null) {
			return found;
		}
		const start = { line: 0, character: 0 };
		const message = `This folder cannot be searched for plans (${fault}). Open it again.`;
		return { ...found, problems: [makeProblem('SY108', { uri: folderUri, start, end: start }, message)] };
	}

	async read(_folderUri: string, uri: string): Promise<FileText> {
		try {
			const reply = await this.#connection.sendRequest(readFileRequest, { uri });
			return 'text' in reply
				? { kind: 'text', text: reply.text }
				: { kind: 'unreadable', reason: reply.error };
		} catch (error) {
			return { kind: 'unreadable', reason: wordsOf(error) };
		}
	}

	async exists(_folderUri: string, uri: string): Promise<boolean> {
		try {
			return await this.#connection.sendRequest(fileExistsRequest, { uri });
		} catch {
			return false;
		}
	}

	/** Throws what the editor could not do. */
	async #list(uri: string) {
		const reply = await this.#connection.sendRequest(listFolderRequest, { uri });
		if ('error' in reply) {
			throw new Error(reply.error);
		}
		return reply.entries;
	}
}

function wordsOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
