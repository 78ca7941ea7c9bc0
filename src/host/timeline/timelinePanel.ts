import * as vscode from 'vscode';
import { DisposableOwner } from '../../core/base/disposable.ts';
import type { Logger } from '../../core/base/ports.ts';
import type { PlanId } from '../../core/plan/plan.ts';
import type { RunView } from '../../engine/journal/runFollower.ts';
import { previewAct } from '../../protocol/previewView.ts';
import { timelineStrings } from '../../protocol/timelineStrings.ts';
import { showAttempts } from '../../protocol/timelineView.ts';
import { actOnPlan } from '../panels/actOnPlan.ts';
import { coalesce } from '../panels/coalesce.ts';
import type { ForecastSource } from '../panels/forecastSource.ts';
import type { HistorySource } from '../panels/historySource.ts';
import { PageLink } from '../panels/pageLink.ts';
import type { PlanParts } from '../panels/planFeed.ts';
import { PlanFeed } from '../panels/planFeed.ts';
import { planKey } from '../plans/planModel.ts';
import type { PlanStore } from '../plans/planStore.ts';
import type { RunStore } from '../runs/runStore.ts';
import { attemptFacts, isTouched } from './attemptFacts.ts';

export interface TimelinePanelOptions {
	readonly panel: vscode.WebviewPanel;
	readonly plan: PlanId;
	readonly extensionUri: vscode.Uri;
	readonly plans: PlanStore;
	readonly runs: RunStore;
	readonly forecasts: ForecastSource;
	readonly history: HistorySource;
	readonly logger: Logger;
}

/** The run of one plan over time in an editor tab, live from its journal, beside its forecast. */
export class TimelinePanel extends DisposableOwner {
	readonly #options: TimelinePanelOptions;
	readonly #link: PageLink;
	readonly #changedTasks = new Set<string>();
	readonly #feed: PlanFeed;
	readonly #attemptsSoon = this.register(coalesce(() => this.#sendAttempts({ reset: false })));
	#shownRun: string | null = null;
	/** What the shown forecast is of: the run's own snapshot, or null for the plan as it is in the editor. */
	#shownPlan: RunView['plan'] | null = null;

	constructor(options: TimelinePanelOptions) {
		super();
		this.#options = options;
		const { panel, plan, plans, runs, history, extensionUri, logger } = options;
		this.#link = this.register(
			new PageLink({
				...{ panel, plan, extensionUri, logger },
				page: { name: 'timeline', strings: timelineStrings, worker: 'forecastWorker.js' },
			}),
		);
		this.#feed = this.register(
			new PlanFeed({ plan, history, link: this.#link, read: () => this.#readPlan() }),
		);
		this.register(this.#link.onDidBecomeReady(() => this.#begin()));
		this.register(
			this.#link.peer.onNotification(previewAct, (request) => {
				const model = plans.get(plan);
				if (model !== undefined) {
					this.#link.watch(actOnPlan(request, { plan: model, column: panel.viewColumn }), request.action);
				}
			}),
		);
		this.register(plans.onDidChange(({ id }) => planKey(id) === planKey(plan) && this.#feed.schedule()));
		this.register(
			runs.onDidChange(({ id, tasks }) => planKey(id) === planKey(plan) && this.#noteChanges(tasks)),
		);
		panel.title = this.#title();
	}

	/** Fires when the tab was closed. */
	get onDidClose(): vscode.Event<void> {
		return this.#options.panel.onDidDispose;
	}

	reveal(): void {
		this.#options.panel.reveal(undefined, false);
	}

	#begin(): void {
		this.#feed.restart();
		this.#sendAttempts({ reset: true });
	}

	#noteChanges(tasks: ReadonlySet<string>): void {
		for (const id of tasks) {
			this.#changedTasks.add(id);
		}
		this.#attemptsSoon.schedule();
		// Another run, or another version of the plan in the same one.
		if ((this.#options.runs.current(this.#options.plan)?.plan ?? null) !== this.#shownPlan) {
			this.#feed.schedule();
		}
	}

	#sendAttempts({ reset }: { readonly reset: boolean }): void {
		if (!this.#link.isReady) {
			return;
		}
		const run = this.#options.runs.current(this.#options.plan);
		const all = reset || run?.run !== this.#shownRun;
		this.#shownRun = run?.run ?? null;
		const summaries = all
			? [...(run?.summaries ?? [])].filter((summary) => isTouched(summary, run?.attempts(summary.id) ?? []))
			: [...this.#changedTasks].flatMap((id) => run?.task(id) ?? []);
		this.#changedTasks.clear();
		this.#link.peer.notify(showAttempts, {
			reset: all,
			now: Date.now(),
			run: run === null ? null : { id: run.run, state: run.state, createdAt: run.createdAt },
			tasks: summaries.map((summary) => attemptFacts(summary, run?.attempts(summary.id) ?? [])),
		});
	}

	/** A run is compared with the forecast of the very plan it runs; before there is one, the live plan's is shown. */
	async #readPlan(): Promise<PlanParts | null> {
		const { plan, plans, runs, forecasts, panel } = this.#options;
		panel.title = this.#title();
		const run = runs.current(plan);
		this.#shownPlan = run?.plan ?? null;
		const model = plans.get(plan);
		if (model === undefined) {
			return null;
		}
		return run === null
			? forecasts.shown(plan)
			: {
					...{ errors: model.errors, faults: [], warnings: [], limit: null },
					...{ ownStrategy: run.plan.strategy, plan: run.plan },
				};
	}

	#title(): string {
		const name = this.#options.plans.get(this.#options.plan)?.name ?? this.#options.plan.key;
		return vscode.l10n.t('{0}: Timeline', name);
	}
}
