import { PassThrough } from 'node:stream';
import type { ClientCapabilities, CodeAction, Diagnostic, DocumentSymbol } from 'vscode-languageserver/node';
import { createConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import {
	StreamMessageReader as ClientReader,
	StreamMessageWriter as ClientWriter,
	CodeActionRequest,
	createMessageConnection,
	DidChangeTextDocumentNotification,
	DidChangeWatchedFilesNotification,
	DidChangeWorkspaceFoldersNotification,
	DidCloseTextDocumentNotification,
	DidOpenTextDocumentNotification,
	DocumentSymbolRequest,
	InitializedNotification,
	InitializeRequest,
	PublishDiagnosticsNotification,
} from 'vscode-languageserver-protocol/node';
import type { PlanUpdate } from '../../src/protocol/lsp.ts';
import { planRequest, planUpdated } from '../../src/protocol/lsp.ts';
import type { FileSource } from '../../src/server/fileSource.ts';
import { startServer } from '../../src/server/startServer.ts';

/** What a test changes in a workspace while the server looks at it. */
export type WatchEvent = { readonly uri: string; readonly type: 1 | 2 | 3 };

/** An editor of one window, connected to a real server by two streams. */
export class PlanClient {
	/** The diagnostics that are shown now. */
	readonly shown = new Map<string, readonly Diagnostic[]>();
	/** Every URI that diagnostics were ever published for. */
	readonly published = new Set<string>();
	readonly updates: PlanUpdate[] = [];
	readonly #connection;
	readonly #waiting = new Set<() => void>();
	readonly #server;

	private constructor(files: FileSource) {
		const toServer = new PassThrough();
		const toClient = new PassThrough();
		const connection = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
		this.#server = startServer(connection, { disk: files, editor: files, now: () => performance.now() });
		this.#connection = createMessageConnection(new ClientReader(toClient), new ClientWriter(toServer));
		this.#connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, diagnostics }) => {
			this.published.add(uri);
			this.shown.set(uri, diagnostics);
			this.#notify();
		});
		this.#connection.onNotification(planUpdated, (update) => {
			this.updates.push(update);
			this.#notify();
		});
		this.#connection.listen();
	}

	/** Opens a window; resolves when the server has read its folders. */
	static async open(
		files: FileSource,
		folders: readonly string[],
		initializationOptions?: object,
		capabilities: ClientCapabilities = { workspace: { workspaceFolders: true } },
	): Promise<PlanClient> {
		const client = new PlanClient(files);
		await client.#connection.sendRequest(InitializeRequest.type, {
			processId: null,
			rootUri: null,
			workspaceFolders: folders.map((uri) => ({ uri, name: uri })),
			capabilities,
			...(initializationOptions && { initializationOptions }),
		});
		await client.#connection.sendNotification(InitializedNotification.type, {});
		await client.settle();
		return client;
	}

	/** Resolves when the server has answered all that was sent; every plan comes as a whole. */
	async settle(): Promise<void> {
		await this.#connection.sendRequest(planRequest, undefined);
	}

	/** Resolves when what is shown satisfies a condition. The test's own timeout ends it otherwise. */
	async until(condition: () => boolean): Promise<void> {
		while (!condition()) {
			await new Promise<void>((resolve) => this.#waiting.add(resolve));
		}
	}

	/** Codes that are shown for a file. */
	codes(uri: string): (string | number | undefined)[] {
		return (this.shown.get(uri) ?? []).map(({ code }) => code);
	}

	async openText(uri: string, text: string): Promise<void> {
		await this.#connection.sendNotification(DidOpenTextDocumentNotification.type, {
			textDocument: { uri, languageId: 'yaml', version: 1, text },
		});
	}

	/** Replaces a stretch of one line, as typing does. */
	async type(
		uri: string,
		version: number,
		[line, from, to]: readonly [number, number, number],
		text: string,
	) {
		await this.#connection.sendNotification(DidChangeTextDocumentNotification.type, {
			textDocument: { uri, version },
			contentChanges: [{ range: { start: { line, character: from }, end: { line, character: to } }, text }],
		});
	}

	async closeText(uri: string): Promise<void> {
		await this.#connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } });
	}

	async filesChanged(changes: WatchEvent[]): Promise<void> {
		await this.#connection.sendNotification(DidChangeWatchedFilesNotification.type, { changes });
	}

	async foldersChanged(added: readonly string[], removed: readonly string[]): Promise<void> {
		const toFolder = (uri: string) => ({ uri, name: uri });
		await this.#connection.sendNotification(DidChangeWorkspaceFoldersNotification.type, {
			event: { added: added.map(toFolder), removed: removed.map(toFolder) },
		});
	}

	async symbols(uri: string): Promise<DocumentSymbol[]> {
		const found = await this.#connection.sendRequest(DocumentSymbolRequest.type, { textDocument: { uri } });
		return (found ?? []) as DocumentSymbol[];
	}

	async fixes(uri: string): Promise<CodeAction[]> {
		const diagnostics = [...(this.shown.get(uri) ?? [])];
		const found = await this.#connection.sendRequest(CodeActionRequest.type, {
			textDocument: { uri },
			range: { start: { line: 0, character: 0 }, end: { line: 1_000, character: 0 } },
			context: { diagnostics },
		});
		return (found ?? []) as CodeAction[];
	}

	/** Any request of the LSP by its name. */
	async ask<R>(method: string, params: unknown): Promise<R> {
		return await this.#connection.sendRequest<R>(method, params);
	}

	/** Any notification of the LSP by its name. */
	async tell(method: string, params: unknown): Promise<void> {
		await this.#connection.sendNotification(method, params);
	}

	dispose(): void {
		this.#server.dispose();
		this.#connection.dispose();
	}

	#notify(): void {
		for (const resolve of [...this.#waiting]) {
			this.#waiting.delete(resolve);
			resolve();
		}
	}
}
