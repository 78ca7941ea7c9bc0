import type { Connection } from 'vscode-languageserver/node';
import type { FileText } from '../core/plan/fileTree.ts';
import { classify, isSkippedPath, planGlobs } from '../core/plan/planFiles.ts';
import type { PlanSearch } from '../core/plan/searchPlans.ts';
import { makeProblem } from '../core/plan/sourceFile.ts';
import { relativePath } from '../core/plan/uris.ts';
import { findFilesRequest, readFileRequest } from '../protocol/lsp.ts';
import { canonicalUri } from './canonicalUri.ts';
import type { FileSource } from './fileSource.ts';

/** Reads workspaces that only the editor can reach (virtual ones) by asking it. */
export class EditorFileSource implements FileSource {
	readonly #connection: Pick<Connection, 'sendRequest'>;

	constructor(connection: Pick<Connection, 'sendRequest'>) {
		this.#connection = connection;
	}

	async search(folderUri: string): Promise<PlanSearch> {
		try {
			const uris = await this.#connection.sendRequest(findFilesRequest, { folderUri, globs: [...planGlobs] });
			const paths = uris
				.map((uri) => relativePath(folderUri, canonicalUri(uri)))
				.filter((path) => path !== null);
			const wanted = paths.filter((path) => classify(path) !== null && !isSkippedPath(path));
			return { paths: wanted.sort(), problems: [] };
		} catch (error) {
			const start = { line: 0, character: 0 };
			const message = `This folder cannot be searched for plans (${wordsOf(error)}). Open it again.`;
			return { paths: [], problems: [makeProblem('SY108', { uri: folderUri, start, end: start }, message)] };
		}
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
}

function wordsOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
