import type { Connection, InitializeResult } from 'vscode-languageserver/node';
import { FileChangeType, TextDocumentSyncKind, TextDocuments } from 'vscode-languageserver/node';
import type { Disposable } from '../core/base/disposable.ts';
import { closeForeignRequest, openForeignRequest, planRequest, planUpdated } from '../protocol/lsp.ts';
import { canonicalUri } from './canonicalUri.ts';
import { documentSymbols } from './documentSymbols.ts';
import { EditorClient } from './editorClient.ts';
import type { FeatureContext } from './features/feature.ts';
import { featureCapabilities, features } from './features/featureTable.ts';
import type { FileSource } from './fileSource.ts';
import type { LiveDocument } from './liveDocument.ts';
import { liveDocuments } from './liveDocument.ts';
import { PlanWorkspace } from './planWorkspace.ts';
import { RefreshQueue } from './refreshQueue.ts';
import { registerSummaries } from './registerSummaries.ts';

/** What the server needs from its process. */
export interface ServerDependencies {
	/** Reads `file:` folders. */
	readonly disk: FileSource;
	/** Reads every other folder. */
	readonly editor: FileSource;
	/** Milliseconds of any clock that never goes back. */
	readonly now: () => number;
}

/** Serves one editor window over a connection. Disposing it ends what waits, not the connection. */
export function startServer(connection: Connection, deps: ServerDependencies): Disposable {
	const server = new Server(connection, deps);
	server.listen();
	return server;
}

const allFiles = { filters: [{ pattern: { glob: '**/*' } }] };

const capabilities: InitializeResult['capabilities'] = {
	textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
	documentSymbolProvider: true,
	...featureCapabilities,
	workspace: {
		workspaceFolders: { supported: true, changeNotifications: true },
		// What the editor itself does to files it says at once; watchers may take long, or lose it.
		fileOperations: { didCreate: allFiles, didRename: allFiles, didDelete: allFiles },
	},
};

class Server implements Disposable {
	readonly #connection: Connection;
	readonly #editor: EditorClient;
	readonly #plans: PlanWorkspace;
	readonly #queue: RefreshQueue;
	readonly #documents = new TextDocuments(liveDocuments);
	/** The open texts by their canonical names. */
	readonly #texts = new Map<string, LiveDocument>();
	readonly #folders = new Set<string>();
	/** Resolves when the folders the window began with are read. */
	#ready: Promise<void> = Promise.resolve();

	constructor(connection: Connection, deps: ServerDependencies) {
		this.#connection = connection;
		this.#editor = new EditorClient(connection);
		this.#queue = new RefreshQueue(() => this.#refresh(), deps.now);
		this.#plans = new PlanWorkspace({
			sourceFor: (folderUri) => (folderUri.startsWith('file:') ? deps.disk : deps.editor),
			output: {
				publish: (diagnostics) => this.#quietly(this.#editor.publish(diagnostics)),
				sendUpdate: (update) => this.#quietly(connection.sendNotification(planUpdated, update)),
			},
			onChange: () => this.#queue.request(),
		});
	}

	listen(): void {
		this.#listenToEditor();
		this.#listenToTexts();
		this.#connection.onDocumentSymbol(({ textDocument }) => {
			this.#queue.flush();
			const part = this.#plans.part(canonicalUri(textDocument.uri));
			return part === null ? [] : documentSymbols(part);
		});
		const context = this.#featureContext();
		for (const feature of features) {
			feature.register(this.#connection, context);
		}
		this.#connection.onRequest(planRequest, async () => {
			await this.#ready;
			this.#queue.flush();
			this.#plans.sendAll();
		});
		this.#connection.onRequest(openForeignRequest, async ({ uris }) => {
			await this.#ready;
			return await this.#plans.openForeign(uris.map(canonicalUri));
		});
		this.#connection.onRequest(closeForeignRequest, ({ uris }) =>
			this.#plans.closeForeign(uris.map(canonicalUri)),
		);
		this.#connection.listen();
	}

	dispose(): void {
		this.#queue.dispose();
	}

	#featureContext(): FeatureContext {
		const editor = this.#editor;
		return {
			lookup: (uri) => this.#plans.lookup(uri),
			freshLookup: (uri) => {
				this.#queue.flush();
				return this.#plans.lookup(uri);
			},
			allLookups: () => {
				this.#queue.flush();
				return this.#plans.lookups();
			},
			document: (uri) => this.#texts.get(uri),
			textOf: (uri) => this.#plans.textOf(uri),
			exists: (uri) => this.#plans.exists(uri),
			get showsInlayHints() {
				return editor.showsInlayHints;
			},
			get client() {
				return editor.capabilities;
			},
		};
	}

	#listenToEditor(): void {
		this.#connection.onInitialize((params) => {
			this.#editor.introduce(params);
			for (const folder of params.workspaceFolders ?? []) {
				this.#folders.add(canonicalUri(folder.uri));
			}
			return { capabilities, serverInfo: { name: 'switchyard' } };
		});
		this.#connection.onInitialized(() => {
			this.#ready = this.#readAll();
			this.#quietly(this.#ready);
			this.#quietly(this.#register());
		});
		this.#connection.onDidChangeWatchedFiles(({ changes }) => {
			for (const { uri, type } of changes) {
				if (type === FileChangeType.Deleted) {
					this.#plans.deleted(canonicalUri(uri));
				} else {
					this.#quietly(this.#plans.written(canonicalUri(uri)));
				}
			}
		});
		const { workspace } = this.#connection;
		workspace.onDidCreateFiles(({ files }) => this.#filesMoved([], files));
		workspace.onDidDeleteFiles(({ files }) => this.#filesMoved(files, []));
		workspace.onDidRenameFiles(({ files }) => {
			const olds = files.map(({ oldUri }) => ({ uri: oldUri }));
			const news = files.map(({ newUri }) => ({ uri: newUri }));
			this.#filesMoved(olds, news);
		});
		this.#connection.onDidChangeConfiguration(() => this.#quietly(this.#readSettings()));
	}

	#filesMoved(gone: readonly { readonly uri: string }[], come: readonly { readonly uri: string }[]): void {
		for (const { uri } of gone) {
			this.#plans.deleted(canonicalUri(uri));
		}
		for (const { uri } of come) {
			this.#quietly(this.#plans.written(canonicalUri(uri)));
		}
	}

	#listenToTexts(): void {
		this.#documents.listen(this.#connection);
		// Fires for an opened text too.
		this.#documents.onDidChangeContent(({ document }) => {
			const uri = canonicalUri(document.uri);
			this.#texts.set(uri, document);
			this.#plans.opened({
				uri,
				get version() {
					return document.version;
				},
				getText: () => document.getText(),
				blocks: document.blocks,
			});
		});
		this.#documents.onDidClose(({ document }) => {
			this.#texts.delete(canonicalUri(document.uri));
			this.#quietly(this.#plans.closed(canonicalUri(document.uri)));
		});
	}

	#refresh(): void {
		try {
			this.#plans.refresh();
		} catch (error) {
			// A fault of ours in a check is logged; what was published before stays, and the next edit tries again.
			this.#quietly(Promise.reject(error));
		}
	}

	async #readAll(): Promise<void> {
		await this.#readSettings();
		await this.#plans.setFolders([...this.#folders]);
		this.#queue.request();
		this.#queue.flush();
	}

	async #readSettings(): Promise<void> {
		const settings = await this.#editor.readSettings();
		if (settings === null) {
			return;
		}
		this.#plans.setAgents(settings.agents);
		if (settings.hintsChanged) {
			this.#quietly(this.#editor.refreshHints());
		}
	}

	async #register(): Promise<void> {
		if (this.#editor.capabilities.workspace?.workspaceFolders) {
			this.#connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
				for (const { uri } of removed) {
					this.#folders.delete(canonicalUri(uri));
				}
				for (const { uri } of added) {
					this.#folders.add(canonicalUri(uri));
				}
				this.#quietly(this.#plans.setFolders([...this.#folders]));
			});
		}
		await this.#editor.register();
		await registerSummaries(this.#connection, this.#editor.capabilities, [...this.#folders]);
	}

	/** Lets a failed message pass: the connection may be closing. A fault of our own is logged, with what is known of it. */
	#quietly(work: Promise<unknown>): void {
		work.catch((error: unknown) => {
			const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
			this.#connection.console.error(`switchyard: ${words}`);
		});
	}
}
