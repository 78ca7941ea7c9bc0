import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { DisposableOwner } from '../../core/base/disposable.ts';
import { Emitter } from '../../core/base/emitter.ts';
import type { Logger } from '../../core/base/ports.ts';
import type { PlanId } from '../../core/plan/plan.ts';
import { pageReady, reportPageProblem, showEnvironment } from '../../protocol/pageView.ts';
import { RpcPeer } from '../../protocol/rpc.ts';
import type { PanelHtmlOptions } from './panelHtml.ts';
import { panelHtml } from './panelHtml.ts';
import { whyNothingRuns } from './whyNothingRuns.ts';

export interface PageLinkOptions {
	readonly panel: vscode.WebviewPanel;
	readonly plan: PlanId;
	readonly extensionUri: vscode.Uri;
	readonly page: Pick<PanelHtmlOptions, 'name' | 'strings' | 'worker'>;
	readonly logger: Logger;
}

/**
 * A page and the conversation with it. The page is thrown away when it is hidden and says `ready` when it is back; while
 * it is not ready nothing should be sent. Whether anything may run is told to it from here.
 */
export class PageLink extends DisposableOwner {
	readonly peer: RpcPeer;
	readonly #options: PageLinkOptions;
	readonly #ready = this.register(new Emitter<void>());
	readonly #hidden = this.register(new Emitter<void>());
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
		this.register(this.peer.onNotification(pageReady, () => this.#begin()));
		this.register(this.peer.onNotification(reportPageProblem, ({ message }) => this.warn(message)));
		this.register(panel.onDidChangeViewState(() => this.#pauseWhileHidden()));
		this.register(vscode.workspace.onDidGrantWorkspaceTrust(() => this.#sendEnvironment()));
		panel.webview.html = panelHtml({ webview: panel.webview, extensionUri, session, plan, ...page });
	}

	/** The page is there, again perhaps, and knows nothing but what may run. */
	get onDidBecomeReady() {
		return this.#ready.event;
	}

	/** The page is gone until it says that it is ready. */
	get onDidHide() {
		return this.#hidden.event;
	}

	get isReady(): boolean {
		return this.#isReady && !this.isDisposed;
	}

	/** Notes in the log what went wrong with the page. */
	warn(message: string): void {
		this.#options.logger.warn(`${this.#options.page.name}: ${message}`);
	}

	/** Notes in the log where work for the page fails. */
	watch(work: Thenable<unknown>, what: string): void {
		work.then(undefined, (error: unknown) => this.warn(`${what} failed: ${String(error)}`));
	}

	#begin(): void {
		this.#isReady = true;
		this.#sendEnvironment();
		this.#ready.fire();
	}

	#pauseWhileHidden(): void {
		if (this.#isReady && !this.#options.panel.visible) {
			this.#isReady = false;
			this.#hidden.fire();
		}
	}

	#sendEnvironment(): void {
		if (this.isReady) {
			this.peer.notify(showEnvironment, { cannotRun: whyNothingRuns(this.#options.plan) });
		}
	}

	#post(message: unknown): void {
		// False means the page is hidden: it asks for everything when it is back.
		this.watch(this.#options.panel.webview.postMessage(message), 'sending a message');
	}
}
