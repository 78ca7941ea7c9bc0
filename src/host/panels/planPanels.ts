import * as vscode from 'vscode';
import type { Disposable } from '../../core/base/disposable.ts';
import { DisposableOwner, DisposableStore } from '../../core/base/disposable.ts';
import type { PlanId } from '../../core/plan/plan.ts';
import { planKey } from '../plans/planModel.ts';
import { panelResourceRoots } from './panelHtml.ts';

/** The content of one tab. Its owner disposes it after the tab was closed. */
export interface PlanPanel extends Disposable {
	/** Fires when the tab was closed. */
	readonly onDidClose: vscode.Event<void>;
}

export interface PlanPanelsOptions<P extends PlanPanel> {
	/** The type of the editor tab; also what restores it after a reload, and the `webviewId` of its context menu. */
	readonly viewType: string;
	readonly extensionUri: vscode.Uri;
	/** The plan that a page left behind in its state; null when that cannot be read. */
	readonly planOf: (state: unknown) => PlanId | null;
	readonly create: (panel: vscode.WebviewPanel, plan: PlanId) => P;
}

/** Tabs of one kind, one a plan, restored with the window. */
export class PlanPanels<P extends PlanPanel> extends DisposableOwner {
	readonly #options: PlanPanelsOptions<P>;
	readonly #panels = new Map<string, P>();
	readonly #lifetime = this.register(new DisposableStore());

	constructor(options: PlanPanelsOptions<P>) {
		super();
		this.#options = options;
		this.register(
			vscode.window.registerWebviewPanelSerializer(options.viewType, {
				deserializeWebviewPanel: async (panel, state) => {
					const plan = options.planOf(state);
					if (plan === null || this.#panels.has(planKey(plan))) {
						panel.dispose();
						return;
					}
					this.#adopt(panel, plan);
				},
			}),
		);
	}

	/** The tab of a plan, opened where there is none. */
	open(plan: PlanId): P {
		const open = this.#panels.get(planKey(plan));
		if (open !== undefined) {
			return open;
		}
		const panel = vscode.window.createWebviewPanel(
			this.#options.viewType,
			plan.key,
			vscode.ViewColumn.Active,
			{ retainContextWhenHidden: false },
		);
		return this.#adopt(panel, plan);
	}

	#adopt(panel: vscode.WebviewPanel, plan: PlanId): P {
		const { extensionUri, create } = this.#options;
		panel.webview.options = { enableScripts: true, localResourceRoots: panelResourceRoots(extensionUri) };
		const content = this.#lifetime.add(create(panel, plan));
		const key = planKey(plan);
		this.#panels.set(key, content);
		// The subscription ends with the panel it listens to.
		const closing = this.#lifetime.add(
			content.onDidClose(() => {
				this.#panels.delete(key);
				this.#lifetime.delete(content);
				this.#lifetime.delete(closing);
			}),
		);
		return content;
	}
}
