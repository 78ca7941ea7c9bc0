import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Diagnostic } from 'vscode-languageserver-protocol/node';
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

interface Contribution {
	readonly fileMatch: string | readonly string[];
	readonly url: string;
}

/** The YAML language server that other editors and the Red Hat extension use, in a process of its own, with our schemas. */
export class YamlServer {
	readonly #process: ChildProcess;
	readonly #connection;
	readonly #waiting = new Map<string, (diagnostics: readonly Diagnostic[]) => void>();
	/** Rejects when the process ends: nothing will be answered then. */
	readonly #ended: Promise<never>;

	private constructor() {
		const script = resolve('node_modules/yaml-language-server/bin/yaml-language-server');
		this.#process = spawn(process.execPath, [script, '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] });
		this.#ended = new Promise((_, fail) => {
			this.#process.once('exit', () => fail(new Error('The YAML language server ended.')));
		});
		this.#ended.catch(() => {});
		const { stdin, stdout } = this.#process;
		if (stdin === null || stdout === null) {
			throw new Error('The YAML language server has no pipes.');
		}
		this.#connection = createMessageConnection(
			new StreamMessageReader(stdout),
			new StreamMessageWriter(stdin),
		);
		const yaml = { validate: true, schemas: contributedSchemas(), schemaStore: { enable: false } };
		this.#connection.onRequest(ConfigurationRequest.type, ({ items }) =>
			items.map(({ section }) => (section === 'yaml' ? yaml : {})),
		);
		this.#connection.onRequest(RegistrationRequest.type, () => {});
		this.#connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, diagnostics }) => {
			this.#waiting.get(uri)?.(diagnostics);
		});
		this.#connection.listen();
	}

	static async start(): Promise<YamlServer> {
		const server = new YamlServer();
		await server.#connection.sendRequest(InitializeRequest.type, {
			processId: process.pid,
			rootUri: null,
			workspaceFolders: [],
			capabilities: { workspace: { configuration: true } },
		});
		await server.#connection.sendNotification(InitializedNotification.type, {});
		return server;
	}

	/** Opens a text; resolves with what the server finds in it. */
	async open(uri: string, text: string): Promise<readonly Diagnostic[]> {
		return await this.#after(uri, () =>
			this.#connection.sendNotification(DidOpenTextDocumentNotification.type, {
				textDocument: { uri, languageId: 'yaml', version: 1, text },
			}),
		);
	}

	/** Replaces the text of an opened file; resolves with what the server finds in it. */
	async change(uri: string, version: number, text: string): Promise<readonly Diagnostic[]> {
		return await this.#after(uri, () =>
			this.#connection.sendNotification(DidChangeTextDocumentNotification.type, {
				textDocument: { uri, version },
				contentChanges: [{ text }],
			}),
		);
	}

	stop(): void {
		this.#connection.dispose();
		this.#process.kill('SIGKILL');
	}

	async #after(uri: string, send: () => Promise<void>): Promise<readonly Diagnostic[]> {
		const answer = new Promise<readonly Diagnostic[]>((done) => this.#waiting.set(uri, done));
		await send();
		return await Promise.race([answer, this.#ended]);
	}
}

/** The schemas of the manifest, as the Red Hat extension hands them on. */
function contributedSchemas(): Record<string, readonly string[]> {
	const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
	const contributions: readonly Contribution[] = manifest.contributes.yamlValidation;
	return Object.fromEntries(
		contributions.map(({ url, fileMatch }) => [
			pathToFileURL(resolve(url)).href,
			[fileMatch].flat().map((pattern) => `/${pattern}`),
		]),
	);
}
