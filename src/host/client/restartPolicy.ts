import * as vscode from 'vscode';
import type {
	CloseHandlerResult,
	ErrorHandler,
	ErrorHandlerResult,
	Message,
} from 'vscode-languageclient/node';
import { CloseAction, ErrorAction } from 'vscode-languageclient/node';
import { say } from '../notify/say.ts';

export interface RestartPolicyOptions {
	readonly restart: () => void;
	readonly showLog: () => void;
}

const restartsAllowed = 4;
const withinMs = 3 * 60_000;

/** Starts a crashed server again, quietly; when it keeps crashing, says so once and leaves the choice to the user. */
export class RestartPolicy implements ErrorHandler {
	readonly #options: RestartPolicyOptions;
	readonly #crashes: number[] = [];

	constructor(options: RestartPolicyOptions) {
		this.#options = options;
	}

	error(_error: Error, _message: Message | undefined, count: number | undefined): ErrorHandlerResult {
		return { action: count !== undefined && count <= 3 ? ErrorAction.Continue : ErrorAction.Shutdown };
	}

	closed(): CloseHandlerResult {
		const now = Date.now();
		this.#crashes.push(now);
		const recent = this.#crashes.filter((at) => now - at < withinMs);
		if (recent.length <= restartsAllowed) {
			return { action: CloseAction.Restart, handled: true };
		}
		this.#crashes.length = 0;
		void this.#ask();
		return { action: CloseAction.DoNotRestart, handled: true };
	}

	async #ask(): Promise<void> {
		const restart = vscode.l10n.t('Restart');
		const showLog = vscode.l10n.t('Show Log');
		const answer = await say.error(
			vscode.l10n.t(
				'Switchyard cannot check plans: its language server ended {0} times in three minutes. Runs are not affected.',
				restartsAllowed + 1,
			),
			restart,
			showLog,
		);
		if (answer === restart) {
			this.#options.restart();
		} else if (answer === showLog) {
			this.#options.showLog();
		}
	}
}
