import { randomBytes } from 'node:crypto';
import type * as vscode from 'vscode';
import { DisposableOwner } from '../../core/base/disposable.ts';
import { Emitter } from '../../core/base/emitter.ts';
import type { Logger } from '../../core/base/ports.ts';
import type { PlanId } from '../../core/plan/plan.ts';
import { previewReady, reportPreviewProblem } from '../../protocol/previewView.ts';
import { RpcPeer } from '../../protocol/rpc.ts';
import type { PanelHtmlOptions } from './panelHtml.ts';
import { panelHtml } from './panelHtml.ts';

export interface PageLinkOptions {
	readonly panel: vscode.WebviewPanel;
	readonly plan: PlanId;
	readonly extensionUri: vscode.Uri;
	readonly page: Pick<PanelHtmlOptions, 'name' | 'strings' | 'worker'>;
	readonly logger: Logger;
}

/**
 * A page and the conversation with it. The page is thrown away when it is hidden and says `ready` when it is back; while
 * it is not ready nothing should be sent.
 */
export class PageLink extends DisposableOwner {
	readonly peer: RpcPeer;
	readonly #options: PageLinkOptions;
	readonly #ready = this.register(new Emitter<void>());
	#isReady = false;

	constructor(options: PageLinkOptions) {
		super();
		this.#options = options;
		const { panel, plan, extensionUri, page, logger } = options;
		const session = randomBytes(12).toString('base64url');
		const transport = {
			post: (message: unknown) => this.#post(message),
			onMessage: (listener: (message: unknown) => void) => panel.webview.onDidReceiveMessage(listener),
		};
		this.peer = this.register(new RpcPeer({ transport, logger, session }));
		this.register(
			this.peer.onNotification(previewReady, () => {
				this.#isReady = true;
				this.#ready.fire();
			}),
		);
		this.register(this.peer.onNotification(reportPreviewProblem, ({ message }) => this.warn(message)));
		this.register(
			panel.onDidChangeViewState(() => {
				this.#isReady &&= panel.visible;
			}),
		);
		panel.webview.html = panelHtml({ webview: panel.webview, extensionUri, session, plan, ...page });
	}

	/** The page is there, again perhaps, and knows nothing. */
	get onDidBecomeReady() {
		return this.#ready.event;
	}

	get isReady(): boolean {
		return this.#isReady && !this.isDisposed;
	}

	warn(message: string): void {
		this.#options.logger.warn(`${this.#options.page.name}: ${message}`);
	}

	#post(message: unknown): void {
		// False means the page is hidden: it asks for everything when it is back.
		this.#options.panel.webview.postMessage(message).then(undefined, (error: unknown) => {
			this.warn(`a message was not delivered: ${String(error)}`);
		});
	}
}
