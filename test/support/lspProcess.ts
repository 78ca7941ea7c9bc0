import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Diagnostic, TextDocumentContentChangeEvent } from 'vscode-languageserver-protocol/node';
import {
	ConfigurationRequest,
	createMessageConnection,
	DidChangeTextDocumentNotification,
	DidOpenTextDocumentNotification,
	InitializedNotification,
	InitializeRequest,
	PublishDiagnosticsNotification,
	RegistrationRequest,
	StreamMessageReader,
	StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';

export interface LspProcessOptions {
	/** A program for Node that speaks LSP over stdio. */
	readonly script: string;
	/** Settings by section; others are empty. */
	readonly settings?: Readonly<Record<string, unknown>>;
}

type Answer = readonly Diagnostic[];

/** A language server in a process of its own, with an editor that shows it texts and waits for diagnostics. */
export class LspProcess {
	readonly #process: ChildProcess;
	readonly #connection;
	readonly #waiting = new Map<string, (diagnostics: Answer) => void>();
	/** Rejects when the process ends: nothing will be answered then. */
	readonly #ended: Promise<never>;

	private constructor({ script, settings = {} }: LspProcessOptions) {
		this.#process = spawn(process.execPath, [script, '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] });
		this.#ended = new Promise((_, fail) => {
			this.#process.once('exit', () => fail(new Error('The language server ended.')));
		});
		this.#ended.catch(() => {});
		const { stdin, stdout } = this.#process;
		if (stdin === null || stdout === null) {
			throw new Error('The language server has no pipes.');
		}
		this.#connection = createMessageConnection(
			new StreamMessageReader(stdout),
			new StreamMessageWriter(stdin),
		);
		this.#connection.onRequest(ConfigurationRequest.type, ({ items }) =>
			items.map(({ section }) => settings[section ?? ''] ?? {}),
		);
		this.#connection.onRequest(RegistrationRequest.type, () => {});
		this.#connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, diagnostics }) => {
			this.#waiting.get(uri)?.(diagnostics);
		});
		this.#connection.listen();
	}

	static async start(options: LspProcessOptions): Promise<LspProcess> {
		const server = new LspProcess(options);
		await server.#connection.sendRequest(InitializeRequest.type, {
			processId: process.pid,
			rootUri: null,
			workspaceFolders: [],
			capabilities: { workspace: { configuration: true } },
		});
		await server.#connection.sendNotification(InitializedNotification.type, {});
		return server;
	}

	/** Opens a text; resolves with the next diagnostics that `isAnswer` takes for those of this text. */
	async open(uri: string, text: string, isAnswer?: (found: Answer) => boolean): Promise<Answer> {
		const opened = { textDocument: { uri, languageId: 'yaml', version: 1, text } };
		return await this.#after(
			uri,
			() => this.#connection.sendNotification(DidOpenTextDocumentNotification.type, opened),
			isAnswer,
		);
	}

	/** Replaces the text of an opened file; as `open`. */
	async change(
		{ uri, version, text }: { readonly uri: string; readonly version: number; readonly text: string },
		isAnswer?: (found: Answer) => boolean,
	): Promise<Answer> {
		const change = { textDocument: { uri, version }, contentChanges: [{ text }] };
		return await this.#after(
			uri,
			() => this.#connection.sendNotification(DidChangeTextDocumentNotification.type, change),
			isAnswer,
		);
	}

	/** Changes stretches of an opened file, as typing does; as `open`. */
	async edit(
		{ uri, version, changes }: { uri: string; version: number; changes: TextDocumentContentChangeEvent[] },
		isAnswer?: (found: Answer) => boolean,
	): Promise<Answer> {
		const change = { textDocument: { uri, version }, contentChanges: changes };
		return await this.#after(
			uri,
			() => this.#connection.sendNotification(DidChangeTextDocumentNotification.type, change),
			isAnswer,
		);
	}

	/** Any request of the LSP by its name. */
	async ask(method: string, params: unknown): Promise<unknown> {
		return await Promise.race([this.#connection.sendRequest(method, params), this.#ended]);
	}

	/** The most memory it ever had, in MB; null where the system does not say. */
	get peakMemory(): number | null {
		try {
			const status = readFileSync(`/proc/${this.#process.pid}/status`, 'utf8');
			return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? Number.NaN) / 1024;
		} catch {
			return null;
		}
	}

	stop(): void {
		this.#connection.dispose();
		this.#process.kill('SIGKILL');
	}

	async #after(
		uri: string,
		send: () => Promise<void>,
		isAnswer: (found: Answer) => boolean = () => true,
	): Promise<Answer> {
		const answer = new Promise<Answer>((done) => {
			this.#waiting.set(uri, (found) => {
				if (isAnswer(found)) {
					done(found);
				}
			});
		});
		await send();
		return await Promise.race([answer, this.#ended]);
	}
}
