import type { Connection, InitializeParams, PublishDiagnosticsParams } from 'vscode-languageserver/node';
import {
	DidChangeConfigurationNotification,
	DidChangeWatchedFilesNotification,
	WatchKind,
} from 'vscode-languageserver/node';
import { validatedElsewhere, withoutDoubled } from './doubledProblems.ts';
import { problemPagesOf, withPages } from './problemPages.ts';

/** What the server reads of the user's settings. */
export interface UserSettings {
	/** The names of the agents that they declare. */
	readonly agents: readonly string[];
	/** Whether hints are now shown that were not, or the other way round. */
	readonly hintsChanged: boolean;
}

/** The editor at the other end: what it can do, what it wants, and what it is asked to tell. */
export class EditorClient {
	readonly #connection: Connection;
	#capabilities: InitializeParams['capabilities'] = {};
	/** Endings of files whose syntax and schema another service of the editor checks as well. */
	#elsewhere: readonly string[] = [];
	/** The scheme of pages that explain codes, where the editor has them. */
	#pages: string | null = null;
	#showsInlayHints = true;

	constructor(connection: Connection) {
		this.#connection = connection;
	}

	get capabilities(): InitializeParams['capabilities'] {
		return this.#capabilities;
	}

	get showsInlayHints(): boolean {
		return this.#showsInlayHints;
	}

	/** Takes what the editor says of itself in its first message. */
	introduce(params: InitializeParams): void {
		this.#capabilities = params.capabilities;
		this.#elsewhere = validatedElsewhere(params.initializationOptions);
		this.#pages = problemPagesOf(params.initializationOptions);
	}

	/** Sends the problems of one file: those that this editor does not hear from others, with pages where it has them. */
	publish(diagnostics: PublishDiagnosticsParams): Promise<void> {
		return this.#connection.sendDiagnostics(
			withPages(withoutDoubled(diagnostics, this.#elsewhere), this.#pages),
		);
	}

	/** Reads the user's settings anew; null from an editor that cannot be asked. */
	async readSettings(): Promise<UserSettings | null> {
		if (this.#capabilities.workspace?.configuration !== true) {
			return null;
		}
		const agents: unknown = await this.#connection.workspace.getConfiguration('switchyard.agents');
		const hints: unknown = await this.#connection.workspace.getConfiguration('switchyard.inlayHints.enabled');
		const showsInlayHints = hints !== false;
		const isChanged = showsInlayHints !== this.#showsInlayHints;
		this.#showsInlayHints = showsInlayHints;
		// What the agents run is the engine's business.
		const names = typeof agents === 'object' && agents !== null ? Object.keys(agents) : [];
		return { agents: names, hintsChanged: isChanged };
	}

	/** Has the editor ask for its inlay hints again. */
	async refreshHints(): Promise<void> {
		if (this.#capabilities.workspace?.inlayHint?.refreshSupport === true) {
			await this.#connection.languages.inlayHint.refresh();
		}
	}

	/** Asks to be told of settings and files that change. */
	async register(): Promise<void> {
		const { workspace } = this.#capabilities;
		if (workspace?.didChangeConfiguration?.dynamicRegistration) {
			await this.#connection.client.register(DidChangeConfigurationNotification.type, {
				section: 'switchyard',
			});
		}
		if (workspace?.didChangeWatchedFiles?.dynamicRegistration) {
			// The editor watches planning files for us; a folder that goes or comes as a whole is told by its own name only,
			// which may be that of any folder above a plan.
			await this.#connection.client.register(DidChangeWatchedFilesNotification.type, {
				watchers: [
					{ globPattern: '**/*', kind: WatchKind.Delete },
					{ globPattern: '**/*', kind: WatchKind.Create },
				],
			});
		}
	}
}
