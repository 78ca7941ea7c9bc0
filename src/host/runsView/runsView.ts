import * as vscode from 'vscode';
import { DisposableOwner } from '../../core/base/disposable.ts';
import type { Logger } from '../../core/base/ports.ts';
import { runsViewId } from '../contributions.ts';
import { plainMarkdown } from '../notify/plainMarkdown.ts';
import { coalesce } from '../panels/coalesce.ts';
import type { PlanStore } from '../plans/planStore.ts';
import { rootPathOf } from '../runs/planPaths.ts';
import type { RunStore } from '../runs/runStore.ts';
import { PastRuns } from './pastRuns.ts';
import type { RowTexts } from './rowTexts.ts';
import type { RunRow } from './runRow.ts';
import type { RunsSource } from './runRows.ts';
import { runRows } from './runRows.ts';

export interface RunsViewOptions {
	readonly plans: PlanStore;
	readonly runs: RunStore;
	readonly logger: Logger;
}

/** Whatever is unfolded is asked for anew with each refresh, and nobody reads faster than this. */
const settleMs = 250;

/**
 * The view "Runs": this run and earlier ones, with their gates, reports, tasks, attempts, checks, and what each of them wrote.
 * It has no badge: the editor would add it to that of "Needs You", which means decisions.
 */
export class RunsView extends DisposableOwner implements vscode.TreeDataProvider<RunRow> {
	readonly #options: RunsViewOptions;
	readonly #changed = this.register(new vscode.EventEmitter<undefined>());
	readonly onDidChangeTreeData = this.#changed.event;
	readonly #view: vscode.TreeView<RunRow>;
	readonly #past: PastRuns;
	readonly #soon = this.register(coalesce(() => this.#refresh(), settleMs));

	constructor(options: RunsViewOptions) {
		super();
		this.#options = options;
		this.#past = new PastRuns({ logger: options.logger, onRead: () => this.#soon.schedule() });
		this.#view = this.register(
			vscode.window.createTreeView(runsViewId, { treeDataProvider: this, showCollapseAll: true }),
		);
		this.register(options.plans.onDidChange(() => this.#soon.schedule()));
		this.register(options.runs.onDidChange(() => this.#soon.schedule()));
	}

	/** What stands beside the name of the view. */
	get description(): string | undefined {
		return this.#view.description;
	}

	async getChildren(element?: RunRow): Promise<RunRow[]> {
		return element === undefined
			? [...runRows(this.#source, texts)]
			: [...((await element.children?.()) ?? [])];
	}

	getTreeItem(row: RunRow): vscode.TreeItem {
		const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
		const state = row.children === undefined ? None : row.isExpanded === true ? Expanded : Collapsed;
		const item = new vscode.TreeItem(row.label, state);
		const words = row.look.words === '' ? '' : vscode.l10n.t(row.look.words);
		item.id = row.id;
		item.description = row.description;
		item.contextValue = [row.context, ...(row.file === undefined ? [] : ['openable'])].join(' ');
		item.iconPath = new vscode.ThemeIcon(
			row.look.icon,
			row.look.color === null ? undefined : new vscode.ThemeColor(row.look.color),
		);
		item.accessibilityInformation = { label: [row.label, words, row.description].filter(Boolean).join(', ') };
		if (row.file !== undefined) {
			item.command = {
				command: 'switchyard.openRunFile',
				title: vscode.l10n.t('Open'),
				arguments: [row],
			};
		}
		return item;
	}

	/** Everything a plan or a process wrote goes in as text: it cannot make links or commands. */
	resolveTreeItem(item: vscode.TreeItem, { label, description, detail }: RunRow): vscode.TreeItem {
		const tooltip = new vscode.MarkdownString('', true);
		tooltip.isTrusted = false;
		tooltip.appendMarkdown('**').appendText(label.trim()).appendMarkdown('**');
		for (const text of [description, ...detail].filter((each) => each.trim() !== '')) {
			tooltip.appendMarkdown(`\n\n${plainMarkdown(text)}`);
		}
		item.tooltip = tooltip;
		return item;
	}

	get #source(): RunsSource {
		const { plans, runs } = this.#options;
		return {
			plans: plans.own,
			runs: (plan) => runs.all(plan.id),
			current: (plan) => runs.current(plan.id),
			digest: (run) => this.#past.digest(run),
			open: (run) => this.#past.open(run),
			rootPath: (plan) => rootPathOf(plan.id),
		};
	}

	#refresh(): void {
		const { plans, runs } = this.#options;
		const views = plans.own.flatMap(({ id }) => runs.current(id) ?? []);
		const all = plans.own.flatMap(({ id }) => runs.all(id));
		this.#past.keep(all, new Set(views.map(({ folder }) => folder)));
		const working = views.filter(({ state }) => state === 'running' || state === 'stopping');
		const done = working.reduce((sum, { totals }) => sum + totals.completed, 0);
		const total = working.reduce((sum, { totals }) => sum + totals.total, 0);
		this.#view.description = working.length === 0 ? '' : `${done}/${total}`;
		// Also where nobody sees it: the editor then only notes that it has to ask.
		this.#changed.fire(undefined);
	}
}

const texts: RowTexts = {
	t: (message, ...args) => vscode.l10n.t(message, ...args),
	time: (at) => new Date(at).toLocaleString(vscode.env.language, { dateStyle: 'medium', timeStyle: 'short' }),
	month: (at) => new Date(at).toLocaleString(vscode.env.language, { month: 'long', year: 'numeric' }),
};
