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
 * Refreshing a row has the editor forget the rows below it until it has asked for them again, and an action that is clicked
 * meanwhile arrives without its row. Tasks have nothing below them and are refreshed at once; rows that hold others wait a while,
 * so that a run in which something ends every moment leaves the tree in peace.
 */
const groupPauseMs = 1_000;

/** The editor drops the refresh of a row that it is just asking for: what still looks old after this long is refreshed again. */
const lookAgainMs = 500;
/** So often: rows below one that is closed are not asked for, and look old until it is opened. */
const looks = 3;

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
	readonly #groups = new Set<PlanTreeElement>();
	/** Rows that were refreshed a moment ago, with how often they are still looked at. */
	readonly #unsure = new Map<PlanTreeElement, number>();
	#groupsSoon: NodeJS.Timeout | null = null;
	#lookSoon: NodeJS.Timeout | null = null;

	constructor(model: PlanTreeModel, source: PlanTreeSource) {
		super();
		this.#model = model;
		this.#source = source;
		this.register(
			toDisposable(() => {
				clearTimeout(this.#groupsSoon ?? undefined);
				clearTimeout(this.#lookSoon ?? undefined);
			}),
		);
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

	/** Has the rows that are shown and look different now drawn again: tasks at once, what holds them soon. */
	#fire(rows: readonly PlanTreeElement[]): void {
		const different = this.#differentOf(rows);
		this.#draw(different.filter(({ kind }) => kind === 'task'));
		for (const row of different) {
			if (row.kind !== 'task') {
				this.#groups.add(row);
			}
		}
		if (this.#groups.size > 0) {
			this.#groupsSoon ??= setTimeout(() => {
				this.#groupsSoon = null;
				const groups = this.#differentOf([...this.#groups]);
				this.#groups.clear();
				this.#draw(groups);
			}, groupPauseMs);
		}
	}

	#draw(rows: readonly PlanTreeElement[], left = looks): void {
		if (rows.length === 0) {
			return;
		}
		this.#changed.fire([...rows]);
		for (const row of rows) {
			this.#unsure.set(row, left);
		}
		this.#lookSoon ??= setTimeout(() => {
			this.#lookSoon = null;
			this.#lookAgain();
		}, lookAgainMs);
	}

	#lookAgain(): void {
		const unsure = [...this.#unsure];
		this.#unsure.clear();
		for (let left = 1; left < looks; left++) {
			const rows = unsure.filter(([, each]) => each === left + 1).map(([row]) => row);
			this.#draw(this.#differentOf(rows), left);
		}
	}

	/** Those that the editor has asked for, and has drawn in another way. */
	#differentOf(rows: readonly PlanTreeElement[]): PlanTreeElement[] {
		return rows.filter((row) => {
			const before = this.#shown.get(row);
			return before !== undefined && before !== signature(this.#present(row));
		});
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
