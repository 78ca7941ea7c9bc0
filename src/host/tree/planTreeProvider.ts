import * as vscode from 'vscode';
import { DisposableOwner, toDisposable } from '../../core/base/disposable.ts';
import { planKey } from '../plans/planModel.ts';
import type { PlanChange } from '../plans/planStore.ts';
import type { RunStoreChange } from '../runs/runStore.ts';
import { appendWhy } from '../why/whyMarkdown.ts';
import type { PlanTreeElement, PlanTreeModel, PlanTreeSource } from './planTreeModel.ts';
import type { RowPresentation } from './presentRow.ts';
import { presentRow } from './presentRow.ts';
import { rowTooltip } from './rowTooltip.ts';
import { isActive } from './taskLook.ts';

/** Above this many changed rows one refresh of the whole tree is cheaper than single ones. */
const wholesaleRefresh = 200;

/**
 * Up to this many rows are always asked for together. The editor may lose the refresh of a row when one of the rows above
 * it is still being refreshed, and then shows an old state for as long as nothing else changes there; a refresh of
 * the whole tree it never loses, and for rows of this number it costs nothing.
 */
const wholesaleRows = 500;
const refreshMs = 100;

/**
 * Maps rows of the model to tree items, and changes of plans and runs to the rows that look different because of them.
 * Only rows the editor has asked for are ever refreshed.
 */
export class PlanTreeProvider extends DisposableOwner implements vscode.TreeDataProvider<PlanTreeElement> {
	readonly #model: PlanTreeModel;
	readonly #source: PlanTreeSource;
	readonly #shown = new Map<PlanTreeElement, string>();
	readonly #changed = this.register(
		new vscode.EventEmitter<PlanTreeElement | PlanTreeElement[] | undefined>(),
	);
	readonly onDidChangeTreeData = this.#changed.event;
	#refreshSoon: NodeJS.Timeout | null = null;

	constructor(model: PlanTreeModel, source: PlanTreeSource) {
		super();
		this.#model = model;
		this.#source = source;
		this.register(toDisposable(() => clearTimeout(this.#refreshSoon ?? undefined)));
	}

	getTreeItem(element: PlanTreeElement): vscode.TreeItem {
		const row = this.#present(element);
		this.#shown.set(element, signature(row));
		const item = new vscode.TreeItem(row.label, collapsibleStates[row.collapsible]);
		item.id = element.id;
		item.description = row.description;
		item.contextValue = row.context;
		item.iconPath = new vscode.ThemeIcon(
			row.look.icon,
			row.look.color === null ? undefined : new vscode.ThemeColor(row.look.color),
		);
		item.accessibilityInformation = {
			label: [row.label, vscode.l10n.t(row.look.words), row.description].filter(Boolean).join(', '),
		};
		if (element.kind === 'task') {
			item.command = {
				command: 'switchyard.revealInYaml',
				title: vscode.l10n.t('Reveal in YAML'),
				arguments: [element.target],
			};
		}
		return item;
	}

	getChildren(element?: PlanTreeElement): PlanTreeElement[] {
		return [...(element === undefined ? this.#model.roots() : this.#model.children(element))];
	}

	getParent(element: PlanTreeElement): PlanTreeElement | undefined {
		return this.#model.parent(element);
	}

	async resolveTreeItem(item: vscode.TreeItem, element: PlanTreeElement): Promise<vscode.TreeItem> {
		const tooltip = rowTooltip(element, this.#source, this.#present(element));
		if (tooltip === undefined) {
			return item;
		}
		const { task } = element.target;
		const folder = this.#source.run(element.planId)?.folder;
		if (task !== undefined && folder !== undefined) {
			await appendWhy(tooltip, folder, task);
		}
		item.tooltip = tooltip;
		return item;
	}

	refreshAll(): void {
		this.#shown.clear();
		this.#changed.fire(undefined);
	}

	planChanged(change: PlanChange): void {
		if (change.kind === 'removed') {
			this.#model.forget(change.id);
			this.refreshAll();
			return;
		}
		if (change.structure || change.tasks.size > wholesaleRefresh) {
			this.refreshAll();
			return;
		}
		this.#refreshTasks(change.plan.id, change.tasks);
	}

	runChanged(change: RunStoreChange): void {
		if (change.tasks.size > wholesaleRefresh || change.run === null) {
			this.refreshAll();
			return;
		}
		this.#refreshTasks(change.id, change.tasks);
	}

	/** The clock went on: rows of tasks at work show another time. True where there was one. */
	tick(): boolean {
		const running = [...this.#shown.keys()].filter(
			(element) =>
				element.target.task !== undefined &&
				isActive(this.#source.run(element.planId)?.task(element.target.task)),
		);
		this.#fire(running);
		return running.length > 0;
	}

	#refreshTasks(planId: PlanTreeElement['planId'], tasks: ReadonlySet<string>): void {
		const rows = new Set<PlanTreeElement>();
		for (const task of tasks) {
			for (const row of this.#model.rowsOfTask(planId, task)) {
				let above: PlanTreeElement | undefined = row;
				while (above !== undefined && !rows.has(above)) {
					rows.add(above);
					above = this.#model.parent(above);
				}
			}
		}
		for (const row of this.#gateRows(planId, tasks)) {
			rows.add(row);
		}
		this.#fire([...rows]);
	}

	/** The rows that tell of a gate, where a gate or one of its units changed: those are no tasks, and have no row. */
	#gateRows(planId: PlanTreeElement['planId'], changed: ReadonlySet<string>): PlanTreeElement[] {
		const gates = this.#source.run(planId)?.gates ?? [];
		const touched = gates.filter(
			({ id, units }) => changed.has(id) || units.some((unit) => changed.has(unit.id)),
		);
		const plan = planKey(planId);
		return touched.flatMap(({ level, sprint, track }) => {
			const place = level === 'sprint' && sprint !== null ? { sprint } : track === null ? {} : { track };
			return this.#model.rowOf({ plan, ...place }) ?? [];
		});
	}

	/** Fires the rows that are shown and look different now. */
	#fire(rows: readonly PlanTreeElement[]): void {
		const different = rows.filter((row) => {
			const before = this.#shown.get(row);
			return before !== undefined && before !== signature(this.#present(row));
		});
		if (different.length === 0) {
			return;
		}
		if (this.#shown.size > wholesaleRows) {
			this.#changed.fire(different);
			return;
		}
		this.#refreshSoon ??= setTimeout(() => {
			this.#refreshSoon = null;
			this.#changed.fire(undefined);
		}, refreshMs);
	}

	#present(element: PlanTreeElement): RowPresentation {
		return presentRow(element, {
			model: this.#model,
			source: this.#source,
			t: (message, ...args) => vscode.l10n.t(message, ...args),
			now: Date.now(),
		});
	}
}

const collapsibleStates = {
	none: vscode.TreeItemCollapsibleState.None,
	collapsed: vscode.TreeItemCollapsibleState.Collapsed,
	expanded: vscode.TreeItemCollapsibleState.Expanded,
} as const;

function signature(row: RowPresentation): string {
	return JSON.stringify([
		row.label,
		row.description,
		row.look.icon,
		row.context,
		row.reason,
		row.collapsible,
	]);
}
