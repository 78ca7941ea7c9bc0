import * as vscode from 'vscode';
import type { CommandId } from '../contributions.ts';
import type { Host } from '../main.ts';
import { say } from '../notify/say.ts';

/** Loads the host once, on the first wish, and hands commands to it. */
export class HostLoader {
	readonly #importHost: () => Promise<typeof import('../main.ts')>;
	readonly #placeholders: vscode.Disposable[] = [];
	#context: vscode.ExtensionContext | null = null;
	#loading: Promise<Host> | null = null;

	constructor(importHost: () => Promise<typeof import('../main.ts')>) {
		this.#importHost = importHost;
	}

	attach(context: vscode.ExtensionContext): void {
		this.#context = context;
	}

	/** Something that stands in for the host and goes when it comes. */
	whileNotLoaded(placeholder: vscode.Disposable): void {
		this.#placeholders.push(placeholder);
	}

	/** For tests: true once something asked for the host. */
	get isLoaded(): boolean {
		return this.#loading !== null;
	}

	async load(): Promise<Host> {
		this.#loading ??= this.#start();
		return this.#loading;
	}

	/** For callers that can do nothing about a failure: the user is told. */
	async loadForView(): Promise<void> {
		try {
			await this.load();
		} catch (error) {
			this.#tell(error);
		}
	}

	/** Runs a command; what goes wrong inside becomes one sentence, never a stack trace. */
	async execute(id: CommandId, argument: unknown): Promise<void> {
		try {
			const host = await this.load();
			await host.execute(id, argument);
		} catch (error) {
			this.#tell(error);
		}
	}

	#tell(error: unknown): void {
		const reason = error instanceof Error ? error.message : String(error);
		void say.error(vscode.l10n.t('Switchyard: {0}', reason));
	}

	async close(): Promise<void> {
		vscode.Disposable.from(...this.#placeholders).dispose();
		const host = await this.#loading?.catch(() => null);
		await host?.close();
	}

	async #start(): Promise<Host> {
		const context = this.#context;
		if (context === null) {
			throw new Error('The extension is not active.');
		}
		const { startHost } = await this.#importHost();
		vscode.Disposable.from(...this.#placeholders.splice(0)).dispose();
		return startHost(context);
	}
}
