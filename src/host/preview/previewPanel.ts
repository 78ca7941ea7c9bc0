import * as vscode from 'vscode';
import { DisposableOwner } from '../../core/base/disposable.ts';
import type { Logger } from '../../core/base/ports.ts';
import type { PlanId } from '../../core/plan/plan.ts';
import type { RunChoice } from '../../core/run/runPlan.ts';
import { previewStrings } from '../../protocol/previewStrings.ts';
import type { PreviewScope, RunPreviewed } from '../../protocol/previewView.ts';
import { previewAct, runPreviewed, showScope, wantStrategy } from '../../protocol/previewView.ts';
import { actOnPlan } from '../panels/actOnPlan.ts';
import type { ForecastSource } from '../panels/forecastSource.ts';
import type { HistorySource } from '../panels/historySource.ts';
import { PageLink } from '../panels/pageLink.ts';
import type { PlanParts } from '../panels/planFeed.ts';
import { PlanFeed } from '../panels/planFeed.ts';
import { planKey } from '../plans/planModel.ts';
import type { PlanStore } from '../plans/planStore.ts';
import type { RunScope } from '../runs/engineLauncher.ts';
import type { RunStarter } from '../runs/runStarter.ts';
import { readRunChoice } from './readRunChoice.ts';

export interface PreviewPanelOptions {
	readonly panel: vscode.WebviewPanel;
	readonly plan: PlanId;
	readonly extensionUri: vscode.Uri;
	readonly plans: PlanStore;
	readonly forecasts: ForecastSource;
	readonly history: HistorySource;
	readonly starter: Pick<RunStarter, 'run'>;
	readonly logger: Logger;
}

/** The forecast of one plan in an editor tab, with the button that makes it true. */
export class PreviewPanel extends DisposableOwner {
	readonly #options: PreviewPanelOptions;
	readonly #link: PageLink;
	readonly #feed: PlanFeed;
	#scope: PreviewScope | null = null;
	#strategy: string | null = null;

	constructor(options: PreviewPanelOptions) {
		super();
		this.#options = options;
		const { panel, plan, plans, history, extensionUri, logger } = options;
		this.#link = this.register(
			new PageLink({
				...{ panel, plan, extensionUri, logger },
				page: { name: 'preview', strings: previewStrings, worker: 'forecastWorker.js' },
			}),
		);
		this.#feed = this.register(
			new PlanFeed({ plan, history, link: this.#link, read: () => this.#readPlan() }),
		);
		const { peer } = this.#link;
		this.register(this.#link.onDidBecomeReady(() => this.#begin()));
		this.register(peer.onNotification(runPreviewed, (request) => this.#run(request)));
		this.register(
			peer.onNotification(wantStrategy, ({ strategy }) => {
				this.#strategy = strategy;
				this.#feed.send();
			}),
		);
		this.register(
			peer.onNotification(previewAct, (request) => {
				const model = plans.get(plan);
				if (model !== undefined) {
					this.#link.watch(actOnPlan(request, { plan: model, column: panel.viewColumn }), request.action);
				}
			}),
		);
		this.register(plans.onDidChange(({ id }) => planKey(id) === planKey(plan) && this.#feed.schedule()));
		this.register(
			vscode.workspace.onDidChangeConfiguration(
				(change) => change.affectsConfiguration('switchyard') && this.#feed.schedule(),
			),
		);
		panel.title = this.#title();
	}

	/** Fires when the tab was closed. */
	get onDidClose(): vscode.Event<void> {
		return this.#options.panel.onDidDispose;
	}

	/** Brings the tab to the front and previews this part of the plan, at once or as soon as the page is there. */
	reveal(scope: PreviewScope | null): void {
		this.#options.panel.reveal(undefined, false);
		this.#scope = scope;
		this.#sendScope();
	}

	#begin(): void {
		this.#sendScope();
		this.#feed.restart();
	}

	#sendScope(): void {
		if (this.#link.isReady && this.#scope !== null) {
			this.#link.peer.notify(showScope, { scope: this.#scope });
			this.#scope = null;
		}
	}

	async #readPlan(): Promise<PlanParts | null> {
		const { plan, plans, forecasts, panel } = this.#options;
		panel.title = this.#title();
		return plans.get(plan) === undefined ? null : forecasts.shown(plan, this.#choice());
	}

	#choice(): RunChoice {
		return readRunChoice({ strategy: this.#strategy, jobs: null });
	}

	#run(request: RunPreviewed): void {
		const plan = this.#options.plans.get(this.#options.plan);
		if (plan === undefined) {
			return;
		}
		const run = this.#options.starter.run(plan, runScope(request.scope), readRunChoice(request));
		this.#link.watch(
			run.then((started) =>
				started
					? vscode.commands.executeCommand('switchyard.openTimeline', { plan: planKey(plan.id) })
					: undefined,
			),
			'run',
		);
	}

	#title(): string {
		const name = this.#options.plans.get(this.#options.plan)?.name ?? this.#options.plan.key;
		return vscode.l10n.t('{0}: Preview', name);
	}
}

function runScope(scope: PreviewScope): RunScope {
	switch (scope.kind) {
		case 'all':
			return scope;
		case 'track':
			return scope;
		case 'sprint':
			return { kind: 'sprint', sprint: scope.id };
		case 'task':
			return { kind: 'task', task: scope.id };
	}
}
