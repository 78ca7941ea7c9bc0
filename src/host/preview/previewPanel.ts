import * as vscode from 'vscode';
import { DisposableOwner } from '../../core/base/disposable.ts';
import type { Logger } from '../../core/base/ports.ts';
import type { PlanId } from '../../core/plan/plan.ts';
import type { RunChoice } from '../../core/run/runPlan.ts';
import { previewStrings } from '../../protocol/previewStrings.ts';
import type { PreviewScope, RunPreviewed } from '../../protocol/previewView.ts';
import {
	previewAct,
	runPreviewed,
	showPreviewEnvironment,
	showPreviewPlan,
	showScope,
	wantStrategy,
} from '../../protocol/previewView.ts';
import { actOnPlan } from '../panels/actOnPlan.ts';
import { coalesce } from '../panels/coalesce.ts';
import type { ForecastSource } from '../panels/forecastSource.ts';
import { PageLink } from '../panels/pageLink.ts';
import { whyNothingRuns } from '../panels/whyNothingRuns.ts';
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
	readonly starter: Pick<RunStarter, 'run'>;
	readonly logger: Logger;
}

/** A plan of thousands of tasks is handed over as a whole: not with every keystroke. */
const planDelayMs = 200;

/** The forecast of one plan in an editor tab, with the button that makes it true. */
export class PreviewPanel extends DisposableOwner {
	readonly #options: PreviewPanelOptions;
	readonly #link: PageLink;
	readonly #planSoon = this.register(coalesce(() => void this.#sendPlan(), planDelayMs));
	#scope: PreviewScope | null = null;
	#strategy: string | null = null;
	#revision = 0;

	constructor(options: PreviewPanelOptions) {
		super();
		this.#options = options;
		const { panel, plan, plans, extensionUri, logger } = options;
		this.#link = this.register(
			new PageLink({
				...{ panel, plan, extensionUri, logger },
				page: { name: 'preview', strings: previewStrings, worker: 'forecastWorker.js' },
			}),
		);
		this.register(this.#link.onDidBecomeReady(() => this.#begin()));
		this.register(this.#link.peer.onNotification(runPreviewed, (request) => this.#run(request)));
		this.register(
			this.#link.peer.onNotification(wantStrategy, ({ strategy }) => {
				this.#strategy = strategy;
				this.#watch(this.#sendPlan(), 'reading the plan');
			}),
		);
		this.register(
			this.#link.peer.onNotification(previewAct, (request) => {
				const model = plans.get(plan);
				if (model !== undefined) {
					this.#watch(actOnPlan(request, { plan: model, column: panel.viewColumn }), request.action);
				}
			}),
		);
		this.register(plans.onDidChange(({ id }) => planKey(id) === planKey(plan) && this.#planSoon.schedule()));
		this.register(vscode.workspace.onDidGrantWorkspaceTrust(() => this.#sendEnvironment()));
		this.register(
			vscode.workspace.onDidChangeConfiguration(
				(change) => change.affectsConfiguration('switchyard') && this.#planSoon.schedule(),
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
		this.#sendEnvironment();
		this.#sendScope();
		this.#watch(this.#sendPlan(), 'reading the plan');
	}

	#sendEnvironment(): void {
		if (this.#link.isReady) {
			this.#link.peer.notify(showPreviewEnvironment, { cannotRun: whyNothingRuns(this.#options.plan) });
		}
	}

	#sendScope(): void {
		if (this.#link.isReady && this.#scope !== null) {
			this.#link.peer.notify(showScope, { scope: this.#scope });
			this.#scope = null;
		}
	}

	async #sendPlan(): Promise<void> {
		const { plan, plans, forecasts, panel } = this.#options;
		if (!this.#link.isReady) {
			return;
		}
		this.#revision++;
		const revision = this.#revision;
		panel.title = this.#title();
		const forecast = plans.get(plan) === undefined ? null : await forecasts.plan(plan, this.#choice());
		// A newer version is on its way, or the page went away meanwhile.
		if (revision !== this.#revision || !this.#link.isReady) {
			return;
		}
		const shown =
			forecast === null
				? null
				: {
						...{ key: planKey(plan), revision, limit: forecasts.limit(plan) },
						...{ errors: forecast.errors, ownStrategy: forecast.ownStrategy },
						...{ faults: [...forecast.faults], plan: forecast.runPlan },
					};
		this.#link.peer.notify(showPreviewPlan, { shown });
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
		this.#watch(
			run.then((started) =>
				started
					? vscode.commands.executeCommand('switchyard.openTimeline', { plan: planKey(plan.id) })
					: undefined,
			),
			'run',
		);
	}

	#watch(work: Promise<unknown>, what: string): void {
		work.catch((error: unknown) => this.#link.warn(`${what} failed: ${String(error)}`));
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
