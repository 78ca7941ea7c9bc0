import * as vscode from 'vscode';
import { DisposableOwner } from '../../core/base/disposable.ts';
import type { Logger } from '../../core/base/ports.ts';
import type { PlanId, SourceRange } from '../../core/plan/plan.ts';
import { graphStrings } from '../../protocol/graphStrings.ts';
import type { GraphActionRequest, GraphLayout } from '../../protocol/graphView.ts';
import { act, focusOn, requestLayout, showPlan, showStatuses } from '../../protocol/graphView.ts';
import { coalesce } from '../panels/coalesce.ts';
import { PageLink } from '../panels/pageLink.ts';
import { revealBeside } from '../panels/revealBeside.ts';
import { planKey } from '../plans/planModel.ts';
import type { PlanStore } from '../plans/planStore.ts';
import { StatedProgress } from '../plans/statedProgress.ts';
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
	readonly #link: PageLink;
	readonly #changedTasks = new Set<string>();
	readonly #planSoon = this.register(coalesce(() => this.#sendPlan()));
	readonly #statusesSoon = this.register(coalesce(() => this.#sendStatuses({ reset: false })));
	#focus: GraphFocus | null = null;
	#revision = 0;
	#shownRun: string | null = null;

	constructor(options: GraphPanelOptions) {
		super();
		this.#options = options;
		const { panel, plan, plans, runs, layouts, logger } = options;
		this.#link = this.register(
			new PageLink({
				...{ panel, plan, logger, extensionUri: options.extensionUri },
				page: { name: 'graph', strings: graphStrings },
			}),
		);
		const { peer } = this.#link;
		// The tab itself is the editor's: ending it here, with the extension, would close it for good on every reload.
		this.register(layouts);
		this.register(this.#link.onDidBecomeReady(() => this.#begin()));
		this.register(this.#link.onDidHide(() => this.#pause()));
		this.register(peer.onNotification(act, (request) => this.#act(request)));
		this.register(peer.onRequest(requestLayout, ({ collapsed }) => this.#layout(collapsed)));
		this.register(plans.onDidChange((change) => isSame(change.id, plan) && this.#planSoon.schedule()));
		this.register(
			runs.onDidChange((change) => {
				if (isSame(change.id, plan)) {
					this.#noteChanges(change.tasks);
				}
			}),
		);
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
		this.#sendPlan();
		this.#sendStatuses({ reset: true });
		this.#sendFocus();
	}

	#pause(): void {
		this.#planSoon.cancel();
		this.#statusesSoon.cancel();
	}

	#noteChanges(tasks: ReadonlySet<string>): void {
		for (const id of tasks) {
			this.#changedTasks.add(id);
		}
		this.#statusesSoon.schedule();
	}

	#sendPlan(): void {
		if (!this.#link.isReady) {
			return;
		}
		const plan = this.#options.plans.get(this.#options.plan);
		this.#revision++;
		this.#options.panel.title = this.#title();
		this.#link.peer.notify(showPlan, { plan: plan === undefined ? null : planFacts(plan, this.#revision) });
		if (plan?.foreign !== undefined) {
			// What its file says of its tasks came with the plan.
			this.#sendStatuses({ reset: true });
		}
	}

	#sendStatuses({ reset }: { reset: boolean }): void {
		if (!this.#link.isReady) {
			return;
		}
		const plan = this.#options.plans.get(this.#options.plan);
		if (plan?.foreign !== undefined) {
			const stated = new StatedProgress(plan, (message, ...args) => vscode.l10n.t(message, ...args));
			this.#link.peer.notify(showStatuses, {
				reset: true,
				run: null,
				tasks: stated.summaries.map(statusFacts),
			});
			return;
		}
		const run = this.#options.runs.current(this.#options.plan);
		const all = reset || run?.run !== this.#shownRun;
		this.#shownRun = run?.run ?? null;
		const summaries = all
			? [...(run?.summaries ?? [])]
			: [...this.#changedTasks].flatMap((id) => run?.task(id) ?? []);
		this.#changedTasks.clear();
		this.#link.peer.notify(showStatuses, {
			reset: all,
			run: runFacts(run),
			tasks: summaries.map(statusFacts),
		});
	}

	#sendFocus(): void {
		if (this.#link.isReady && this.#focus !== null) {
			this.#link.peer.notify(focusOn, this.#focus);
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
		this.#link.watch(done, action);
	}

	#rangeOf({ task, sprint }: GraphFocus): SourceRange | undefined {
		const plan = this.#options.plans.get(this.#options.plan);
		if (task !== undefined) {
			return plan?.tasks.get(task)?.idRange;
		}
		return sprint === undefined ? undefined : plan?.sprints.get(sprint)?.idRange;
	}

	#title(): string {
		const name = this.#options.plans.get(this.#options.plan)?.name ?? this.#options.plan.key;
		return vscode.l10n.t('{0}: Graph', name);
	}
}

function isSame(a: PlanId, b: PlanId): boolean {
	return planKey(a) === planKey(b);
}
