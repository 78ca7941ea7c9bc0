import * as vscode from 'vscode';
import { DisposableOwner } from '../../core/base/disposable.ts';
import type { ContextKeyWriter } from '../config/contextKeyWriter.ts';
import type { CommandId } from '../contributions.ts';
import { contextKeys, needsViewId } from '../contributions.ts';
import { plainMarkdown } from '../notify/plainMarkdown.ts';
import { coalesce } from '../panels/coalesce.ts';
import type { PlanStore } from '../plans/planStore.ts';
import type { RunStore } from '../runs/runStore.ts';
import { appendWhy } from '../why/whyMarkdown.ts';
import type { InboxEntry } from './inbox.ts';
import { inboxOf } from './inbox.ts';

export interface NeedsViewOptions {
	readonly plans: PlanStore;
	readonly runs: RunStore;
	readonly keys: ContextKeyWriter;
}

/** Journals move many times a second while much runs; an inbox that follows them closer than this only flickers. */
const settleMs = 100;

/**
 * The view "Needs You": one inbox of everything that waits for a person, with its number as the container's badge. It is
 * there only while something is in it: an empty inbox would take its room from the plan.
 */
export class NeedsView extends DisposableOwner implements vscode.TreeDataProvider<InboxEntry> {
	readonly #options: NeedsViewOptions;
	readonly #changed = this.register(new vscode.EventEmitter<undefined>());
	readonly onDidChangeTreeData = this.#changed.event;
	readonly #view: vscode.TreeView<InboxEntry>;
	#entries: readonly InboxEntry[] = [];
	#shown = '[]';
	readonly #soon = this.register(coalesce(() => this.#update(), settleMs));

	constructor(options: NeedsViewOptions) {
		super();
		this.#options = options;
		this.#view = this.register(vscode.window.createTreeView(needsViewId, { treeDataProvider: this }));
		this.register(options.plans.onDidChange(() => this.#soon.schedule()));
		this.register(options.runs.onDidChange(() => this.#soon.schedule()));
		this.#soon.schedule();
	}

	/** As shown, the oldest first. */
	get entries(): readonly InboxEntry[] {
		return this.#entries;
	}

	get badge(): vscode.ViewBadge | undefined {
		return this.#view.badge;
	}

	getChildren(element?: InboxEntry): InboxEntry[] {
		return element === undefined ? [...this.#entries] : [];
	}

	getTreeItem(entry: InboxEntry): vscode.TreeItem {
		const item = new vscode.TreeItem(entry.label, vscode.TreeItemCollapsibleState.None);
		const words = vscode.l10n.t(entry.look.words);
		item.id = entry.id;
		item.description = [this.#planOf(entry), entry.sentence || words].filter(Boolean).join(' · ');
		item.contextValue = entry.context;
		item.iconPath = new vscode.ThemeIcon(
			entry.look.icon,
			entry.look.color === null ? undefined : new vscode.ThemeColor(entry.look.color),
		);
		item.accessibilityInformation = {
			label: [entry.label, words, entry.sentence].filter(Boolean).join(', '),
		};
		item.command = { ...commandOf(entry), arguments: [entry] };
		return item;
	}

	/** Everything a plan or a process wrote goes in as text: it cannot make links or commands. */
	async resolveTreeItem(item: vscode.TreeItem, entry: InboxEntry): Promise<vscode.TreeItem> {
		const { label, look, sentence, since, planName, target, opens } = entry;
		const tooltip = new vscode.MarkdownString('', true);
		tooltip.isTrusted = false;
		tooltip.appendMarkdown('**').appendText(label.trim()).appendMarkdown('**');
		tooltip.appendMarkdown(`\n\n$(${look.icon}) `).appendText(vscode.l10n.t(look.words));
		for (const text of [sentence, planName, since === 0 ? '' : sinceWords(since)]) {
			if (text.trim() !== '') {
				tooltip.appendMarkdown(`\n\n${plainMarkdown(text)}`);
			}
		}
		const { plans, runs } = this.#options;
		const plan = plans.byKey(target.plan);
		const folder = plan === undefined ? undefined : runs.current(plan.id)?.folder;
		if (opens === 'why' && target.task !== undefined && folder !== undefined) {
			await appendWhy(tooltip, folder, target.task);
		}
		item.tooltip = tooltip;
		return item;
	}

	/** The name of the plan, where the window has several. */
	#planOf({ planName }: InboxEntry): string {
		return this.#options.plans.own.length > 1 ? planName : '';
	}

	#update(): void {
		const { plans, runs, keys } = this.#options;
		const entries = inboxOf(plans.own, (id) => runs.current(id));
		const shown = JSON.stringify([plans.own.length > 1, entries]);
		if (shown === this.#shown) {
			return;
		}
		this.#shown = shown;
		this.#entries = entries;
		const count = entries.filter(({ isAsked }) => isAsked).length;
		this.#view.badge = count === 0 ? undefined : { value: count, tooltip: countWords(count) };
		keys.set(contextKeys.needsYou, entries.length > 0);
		this.#changed.fire(undefined);
	}
}

function commandOf({ opens }: InboxEntry): { readonly command: CommandId; readonly title: string } {
	switch (opens) {
		case 'why':
			return { command: 'switchyard.showWhy', title: vscode.l10n.t('Show Why') };
		case 'replan':
			return { command: 'switchyard.reviewReplan', title: vscode.l10n.t('Review Replan') };
		case 'yaml':
			return { command: 'switchyard.revealInYaml', title: vscode.l10n.t('Reveal in YAML') };
	}
}

function sinceWords(since: number): string {
	return vscode.l10n.t('Since {0}', new Date(since).toLocaleString(vscode.env.language));
}

function countWords(count: number): string {
	return count === 1 ? vscode.l10n.t('1 thing needs you') : vscode.l10n.t('{0} things need you', count);
}
