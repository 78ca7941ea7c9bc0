import * as vscode from 'vscode';
import { DisposableOwner } from '../../core/base/disposable.ts';
import type { RunView } from '../../engine/journal/runFollower.ts';
import type { CommandTarget } from '../commands/commandTarget.ts';
import type { CommandId } from '../contributions.ts';
import { needsViewId } from '../contributions.ts';
import { inboxOf } from '../needs/inbox.ts';
import type { PlanModel } from '../plans/planModel.ts';
import { planKey } from '../plans/planModel.ts';
import type { PlanStore } from '../plans/planStore.ts';
import type { RunStore, RunStoreChange } from '../runs/runStore.ts';
import { say } from './say.ts';

export interface RunNotificationsOptions {
	readonly plans: PlanStore;
	readonly runs: RunStore;
	readonly execute: (command: CommandId, target: CommandTarget) => Promise<void>;
	/** The user sees the tree, which says everything a message could. */
	readonly isTreeVisible: () => boolean;
}

/** Speaks up only when a run needs the person: it ended with open questions, or it broke off. */
export class RunNotifications extends DisposableOwner {
	readonly #options: RunNotificationsOptions;
	readonly #states = new Map<string, RunView['state']>();
	readonly #offered = new Set<string>();

	constructor(options: RunNotificationsOptions) {
		super();
		this.#options = options;
		this.register(options.runs.onDidChange((change) => this.#runChanged(change)));
	}

	#runChanged({ id, run }: RunStoreChange): void {
		const plan = this.#options.plans.get(id);
		if (run === null || plan === undefined) {
			return;
		}
		const key = `${planKey(id)} ${run.run}`;
		const before = this.#states.get(key);
		this.#states.set(key, run.state);
		const wasAtWork = before === 'running' || before === 'stopping';
		// From idle it becomes so when somebody answered a question: nothing broke off then.
		const hasBrokenOff = run.state === 'interrupted' && before !== 'interrupted' && before !== 'idle';
		if (hasBrokenOff && !this.#offered.has(key)) {
			this.#offered.add(key);
			void this.#offerResume(plan, run);
		} else if (wasAtWork && (run.state === 'idle' || run.state === 'completed')) {
			void this.#tellNeeds(plan, run);
		}
	}

	async #offerResume(plan: PlanModel, run: RunView): Promise<void> {
		if (!vscode.workspace.isTrusted) {
			return;
		}
		const resume = vscode.l10n.t('Resume');
		const show = vscode.l10n.t('Show');
		const { total, completed } = run.totals;
		const answer = await say.info(
			vscode.l10n.t(
				'The run of {0} was interrupted: {1} of {2} tasks are completed.',
				plan.name,
				completed,
				total,
			),
			resume,
			show,
		);
		const target = { plan: planKey(plan.id) };
		if (answer === resume) {
			await this.#options.execute('switchyard.resumeRun', target);
		} else if (answer === show) {
			await this.#options.execute('switchyard.showInTree', target);
		}
	}

	async #tellNeeds(plan: PlanModel, run: RunView): Promise<void> {
		const waiting = inboxOf([plan], () => run).filter(({ isAsked }) => isAsked);
		const [first] = waiting;
		const sees = vscode.window.state.focused && this.#options.isTreeVisible();
		if (first === undefined || sees) {
			return;
		}
		const show = vscode.l10n.t('Show');
		const text =
			waiting.length === 1
				? vscode.l10n.t('{0}: {1} needs you. {2}', plan.name, first.label, first.sentence)
				: vscode.l10n.t(
						'{0}: {1} things need you, the first is {2}. {3}',
						plan.name,
						waiting.length,
						first.label,
						first.sentence,
					);
		if ((await say.warning(text, show)) === show) {
			await vscode.commands.executeCommand(`${needsViewId}.focus`);
		}
	}
}
