import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { DisposableOwner } from '../../core/base/disposable.ts';
import type { Event } from '../../core/base/emitter.ts';
import type { Logger } from '../../core/base/ports.ts';
import type { PlanId, SourceRange } from '../../core/plan/plan.ts';
import { graphStrings } from '../../protocol/graphStrings.ts';
import type { GraphActionRequest, GraphLayout } from '../../protocol/graphView.ts';
import {
	act,
	focusOn,
	reportProblem,
	requestLayout,
	showEnvironment,
	showPlan,
	showStatuses,
	viewReady,
} from '../../protocol/graphView.ts';
import { RpcPeer } from '../../protocol/rpc.ts';
import { coalesce } from '../panels/coalesce.ts';
import { panelHtml } from '../panels/panelHtml.ts';
import { revealBeside } from '../panels/revealBeside.ts';
import { whyNothingRuns } from '../panels/whyNothingRuns.ts';
import { planKey } from '../plans/planModel.ts';
import type { PlanStore } from '../plans/planStore.ts';
import type { RunStore } from '../runs/runStore.ts';
import { planFacts, runFacts, statusFacts } from './graphFacts.ts';
import type { LayoutClient } from './layoutClient.ts';

/** What a person wants to see when the graph opens. */
export interface GraphFocus {
	readonly task?: string | undefined;
	readonly sprint?: string | undefined;
}

export interface GraphPanelOptions {
	readonly panel: vscode.WebviewPanel;
	readonly plan: PlanId;
	readonly extensionUri: vscode.Uri;
	readonly plans: PlanStore;
	readonly runs: RunStore;
	readonly layouts: LayoutClient;
	readonly logger: Logger;
}

/**
 * The dependency graph of one plan in an editor tab. The page is thrown away when it is hidden and says `ready` when it
 * is back; then it is sent everything, and afterwards only what changes. While it is not ready nothing is sent.
 */
export class GraphPanel extends DisposableOwner {
	readonly #options: GraphPanelOptions;
	readonly #peer: RpcPeer;
	readonly #changedTasks = new Set<string>();
	readonly #planSoon = this.register(coalesce(() => this.#sendPlan()));
	readonly #statusesSoon = this.register(coalesce(() => this.#sendStatuses({ reset: false })));
	#ready = false;
	#focus: GraphFocus | null = null;
	#revision = 0;
	#shownRun: string | null = null;

	constructor(options: GraphPanelOptions) {
		super();
		this.#options = options;
		const { panel, plan, plans, runs, layouts, logger } = options;
		const session = randomBytes(12).toString('base64url');
		// The tab itself is the editor's: ending it here, with the extension, would close it for good on every reload.
		this.register(layouts);
		const transport = { post: (message: unknown) => this.#post(message), onMessage: received(panel.webview) };
		this.#peer = this.register(new RpcPeer({ transport, logger, session }));
		this.register(this.#peer.onNotification(viewReady, () => this.#begin()));
		this.register(this.#peer.onNotification(act, (request) => this.#act(request)));
		this.register(
			this.#peer.onNotification(reportProblem, ({ message }) => logger.warn(`Graph: ${message}`)),
		);
		this.register(this.#peer.onRequest(requestLayout, ({ collapsed }) => this.#layout(collapsed)));
		this.register(plans.onDidChange((change) => isSame(change.id, plan) && this.#planSoon.schedule()));
		this.register(
			runs.onDidChange((change) => {
				if (isSame(change.id, plan)) {
					this.#noteChanges(change.tasks);
				}
			}),
		);
		this.register(vscode.workspace.onDidGrantWorkspaceTrust(() => this.#sendEnvironment()));
		this.register(panel.onDidChangeViewState(() => this.#pauseWhileHidden()));
		panel.webview.html = panelHtml({
			webview: panel.webview,
			extensionUri: options.extensionUri,
			name: 'graph',
			...{ session, plan, strings: graphStrings },
		});
		panel.title = this.#title();
	}

	/** Fires when the tab was closed. */
	get onDidClose(): vscode.Event<void> {
		return this.#options.panel.onDidDispose;
	}

	/** Brings the tab to the front and selects what is asked for, at once or as soon as the page is there. */
	reveal(focus: GraphFocus | undefined): void {
		this.#options.panel.reveal(undefined, false);
		this.#focus = focus ?? null;
		this.#sendFocus();
	}

	#begin(): void {
		this.#ready = true;
		this.#sendEnvironment();
		this.#sendPlan();
		this.#sendStatuses({ reset: true });
		this.#sendFocus();
	}

	#pauseWhileHidden(): void {
		if (!this.#options.panel.visible) {
			this.#ready = false;
			this.#planSoon.cancel();
			this.#statusesSoon.cancel();
		}
	}

	#noteChanges(tasks: ReadonlySet<string>): void {
		for (const id of tasks) {
			this.#changedTasks.add(id);
		}
		this.#statusesSoon.schedule();
	}

	#sendPlan(): void {
		if (!this.#ready) {
			return;
		}
		const plan = this.#options.plans.get(this.#options.plan);
		this.#revision++;
		this.#options.panel.title = this.#title();
		this.#peer.notify(showPlan, { plan: plan === undefined ? null : planFacts(plan, this.#revision) });
	}

	#sendStatuses({ reset }: { reset: boolean }): void {
		if (!this.#ready) {
			return;
		}
		const run = this.#options.runs.current(this.#options.plan);
		const all = reset || run?.run !== this.#shownRun;
		this.#shownRun = run?.run ?? null;
		const summaries = all
			? [...(run?.summaries ?? [])]
			: [...this.#changedTasks].flatMap((id) => run?.task(id) ?? []);
		this.#changedTasks.clear();
		this.#peer.notify(showStatuses, { reset: all, run: runFacts(run), tasks: summaries.map(statusFacts) });
	}

	#sendEnvironment(): void {
		if (this.#ready) {
			this.#peer.notify(showEnvironment, { cannotRun: whyNothingRuns(this.#options.plan) });
		}
	}

	#sendFocus(): void {
		if (this.#ready && this.#focus !== null) {
			this.#peer.notify(focusOn, this.#focus);
			this.#focus = null;
		}
	}

	async #layout(collapsed: readonly string[]): Promise<GraphLayout> {
		const plan = this.#options.plans.get(this.#options.plan);
		const revision = this.#revision;
		const result =
			plan === undefined
				? null
				: await this.#options.layouts.layout({ ...planFacts(plan, revision), collapsed });
		if (result === null) {
			throw new Error(vscode.l10n.t('The plan changed while it was laid out.'));
		}
		return {
			revision,
			width: result.width,
			height: result.height,
			nodes: [...result.nodes],
			edges: [...result.edges],
			sprints: [...result.sprints],
			lanes: [...result.lanes],
		};
	}

	/** Runs the command of the same name, which asks for trust and confirmation itself. */
	#act({ action, ...target }: GraphActionRequest): void {
		const plan = planKey(this.#options.plan);
		const range = action === 'revealInYaml' ? this.#rangeOf(target) : undefined;
		const done =
			range === undefined
				? vscode.commands.executeCommand(`switchyard.${action}`, { plan, ...target })
				: revealBeside(range, this.#options.panel.viewColumn);
		Promise.resolve(done).catch((error: unknown) => {
			this.#options.logger.error(`Graph: ${action} failed: ${String(error)}`);
		});
	}

	#rangeOf({ task, sprint }: GraphFocus): SourceRange | undefined {
		const plan = this.#options.plans.get(this.#options.plan);
		if (task !== undefined) {
			return plan?.tasks.get(task)?.idRange;
		}
		return sprint === undefined ? undefined : plan?.sprints.get(sprint)?.idRange;
	}

	#post(message: unknown): void {
		// False means the page is hidden: it asks for everything when it is back.
		this.#options.panel.webview.postMessage(message).then(undefined, (error: unknown) => {
			this.#options.logger.warn(`Graph: a message was not delivered: ${String(error)}`);
		});
	}

	#title(): string {
		const name = this.#options.plans.get(this.#options.plan)?.name ?? this.#options.plan.key;
		return vscode.l10n.t('{0}: Graph', name);
	}
}

function received(webview: vscode.Webview): Event<unknown> {
	return (listener) => webview.onDidReceiveMessage(listener);
}

function isSame(a: PlanId, b: PlanId): boolean {
	return planKey(a) === planKey(b);
}
