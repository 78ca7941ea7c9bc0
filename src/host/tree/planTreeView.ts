import * as vscode from 'vscode';
import { DisposableOwner, toDisposable } from '../../core/base/disposable.ts';
import type { CommandTarget } from '../commands/commandTarget.ts';
import { planViewId } from '../contributions.ts';
import type { PlanStore } from '../plans/planStore.ts';
import { StatedProgress } from '../plans/statedProgress.ts';
import type { RunStore } from '../runs/runStore.ts';
import type { PlanStatus } from '../status/planStatus.ts';
import type { PlanTreeElement, PlanTreeSource } from './planTreeModel.ts';
import { PlanTreeModel } from './planTreeModel.ts';
import { PlanTreeProvider } from './planTreeProvider.ts';

export interface PlanTreeViewOptions {
	readonly plans: PlanStore;
	readonly runs: RunStore;
}

/** With growing pauses: about five seconds in all. */
const revealAttempts = 10;

/** The view "Plan": its rows, message, and the clock of running tasks. */
export class PlanTreeView extends DisposableOwner {
	readonly #model: PlanTreeModel;
	readonly #provider: PlanTreeProvider;
	readonly #view: vscode.TreeView<PlanTreeElement>;
	#clock: NodeJS.Timeout | null = null;

	constructor({ plans, runs }: PlanTreeViewOptions) {
		super();
		const source: PlanTreeSource = {
			get plans() {
				return plans.plans;
			},
			plan: (id) => plans.get(id),
			run: (id) => {
				const plan = plans.get(id);
				return plan?.foreign === undefined
					? runs.current(id)
					: new StatedProgress(plan, (message, ...args) => vscode.l10n.t(message, ...args));
			},
		};
		this.#model = new PlanTreeModel(source);
		this.#provider = this.register(new PlanTreeProvider(this.#model, source));
		this.#view = this.register(
			vscode.window.createTreeView(planViewId, {
				treeDataProvider: this.#provider,
				showCollapseAll: true,
			}),
		);
		this.register(plans.onDidChange((change) => this.#provider.planChanged(change)));
		this.register(
			runs.onDidChange((change) => {
				this.#provider.runChanged(change);
				this.#wind();
			}),
		);
		this.register(this.#view.onDidChangeVisibility(() => this.#wind()));
		this.register(vscode.workspace.onDidGrantWorkspaceTrust(() => this.#provider.refreshAll()));
		this.register(toDisposable(() => this.#stopClock()));
	}

	get isVisible(): boolean {
		return this.#view.visible;
	}

	/** For tests: rows as the editor asks for them. */
	get provider(): vscode.TreeDataProvider<PlanTreeElement> {
		return this.#provider;
	}

	get selection(): readonly PlanTreeElement[] {
		return this.#view.selection;
	}

	get message(): string | undefined {
		return this.#view.message;
	}

	update(status: PlanStatus): void {
		this.#view.message = messageOf(status) ?? '';
	}

	async reveal(target: CommandTarget): Promise<void> {
		const row = this.#model.rowOf(target);
		if (row === undefined) {
			return;
		}
		if (!this.#view.visible) {
			await vscode.commands.executeCommand(`${planViewId}.focus`);
		}
		// The editor builds the rows of a view it just opened in its own time and tells nobody when it has. Asked meanwhile,
		// it takes other objects for the rows than those in its tree, refuses, and goes on refusing until a refresh.
		for (let attempt = 1; ; attempt += 1) {
			try {
				await this.#view.reveal(row, { select: true, focus: true, expand: row.kind !== 'task' });
				return;
			} catch (error) {
				if (attempt === revealAttempts) {
					throw error;
				}
				this.#provider.refreshAll();
				await new Promise((resolve) => setTimeout(resolve, 100 * attempt));
			}
		}
	}

	refresh(): void {
		this.#provider.refreshAll();
	}

	/** The clock ticks only while something runs and somebody looks. */
	#wind(): void {
		if (!this.#view.visible) {
			this.#stopClock();
		} else if (this.#clock === null) {
			this.#clock = setInterval(() => {
				if (!this.#provider.tick()) {
					this.#stopClock();
				}
			}, 1_000);
		}
	}

	#stopClock(): void {
		if (this.#clock !== null) {
			clearInterval(this.#clock);
			this.#clock = null;
		}
	}
}

/** One line above the rows; the buttons for it are in the view's title. */
function messageOf(status: PlanStatus): string | undefined {
	if (status.plans === 0) {
		return undefined;
	}
	if (status.errors === 1) {
		return vscode.l10n.t('1 error in the plan: nothing runs until it is fixed.');
	}
	if (status.errors > 1) {
		return vscode.l10n.t('{0} errors in the plan: nothing runs until they are fixed.', status.errors);
	}
	if (!vscode.workspace.isTrusted) {
		return vscode.l10n.t('Restricted Mode: checks and views work, nothing runs until you trust this folder.');
	}
	const [interrupted] = status.interrupted;
	return interrupted === undefined
		? undefined
		: vscode.l10n.t('The run of {0} was interrupted. Resume it with the button above.', interrupted.name);
}
