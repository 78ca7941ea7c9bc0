import * as vscode from 'vscode';
import type { ReplanReview } from '../../protocol/replanReview.ts';
import { say } from '../notify/say.ts';
import type { PlanModel } from '../plans/planModel.ts';
import { planKey } from '../plans/planModel.ts';
import { isTrusted } from '../runs/runGuard.ts';
import type { CommandHandler, CommandServices } from './commandServices.ts';
import { pickPlan } from './pickTarget.ts';
import { showChanges } from './writeChanges.ts';

/** What a person decided about some of the discoveries. */
interface ReplanDecision {
	readonly ids: readonly string[];
	/** Null where they are accepted. */
	readonly reason: string | null;
}

/** `switchyard.reviewReplan`: what workers found, as a diff of the plan, to be accepted in whole or part, or rejected (R3). */
export function reviewReplan({ plans, runs, replans, logger }: CommandServices): CommandHandler {
	// Making the proposal takes a moment, in which people click again: one review a plan.
	const underWay = new Set<string>();
	return async (argument) => {
		if (!isTrusted()) {
			return;
		}
		const plan = await pickPlan({ plans, runs, argument, title: vscode.l10n.t('Review Replan') });
		if (plan === null || underWay.has(planKey(plan.id)) || !(await isSaved(plan))) {
			return;
		}
		underWay.add(planKey(plan.id));
		try {
			await review(plan, replans);
		} catch (error) {
			logger.warn(String(error));
			const why = error instanceof Error ? error.message : String(error);
			void say.error(vscode.l10n.t('The replan cannot be reviewed: {0}', why));
		} finally {
			underWay.delete(planKey(plan.id));
		}
	};
}

async function review(plan: PlanModel, replans: CommandServices['replans']): Promise<void> {
	const found = await vscode.window.withProgress(
		{ location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Looking at what workers found') },
		() => replans.ask(plan.id, []),
	);
	const decision = await decide(plan, found);
	if (decision === null) {
		return;
	}
	const { ids, reason } = decision;
	const how = reason === null ? ['--apply'] : ['--reject', reason];
	const { applied } = await replans.ask(plan.id, [...how, '--by', 'editor', '--only', ...ids]);
	if (applied !== undefined) {
		const { number, document } = applied;
		void say.info(vscode.l10n.t('Replan {0} is in the plan. See {1}', number, document));
	}
}

/** The proposal is made from the saved files: what is not saved would be shown as if it went. */
async function isSaved({ files, name }: PlanModel): Promise<boolean> {
	const open = vscode.workspace.textDocuments.filter(
		({ uri, isDirty }) => isDirty && files.includes(uri.toString()),
	);
	if (open.length === 0) {
		return true;
	}
	const save = vscode.l10n.t('Save');
	const chosen = await say.ask(vscode.l10n.t('{0} has changes that are not saved.', name), save);
	if (chosen !== save) {
		return false;
	}
	const saved = await Promise.all(open.map((document) => document.save()));
	return saved.every(Boolean);
}

async function decide(plan: PlanModel, found: ReplanReview): Promise<ReplanDecision | null> {
	const { discoveries, files, policy } = found;
	if (discoveries.length === 0 || files === undefined) {
		const text =
			policy === 'off' && discoveries.length > 0
				? vscode.l10n.t('{0} says `replan: off`, so it stays as it is.', plan.name)
				: vscode.l10n.t('Workers found nothing that nobody decided about.');
		void say.info(text);
		return null;
	}
	const changes = files.map((file) => ({ ...file, kind: 'overwrite' as const }));
	const diff = await showChanges(changes, vscode.l10n.t('Replan of {0}', plan.name));
	try {
		const ids = await chooseDiscoveries(plan, found);
		return ids === null ? null : await chooseAnswer(ids);
	} finally {
		await diff.close();
	}
}

async function chooseDiscoveries(
	plan: PlanModel,
	{ discoveries, changes = [], unplaced = [], version, minutes }: ReplanReview,
): Promise<readonly string[] | null> {
	const items = discoveries.map(({ id, task, words }) => {
		const done = changes
			.filter(({ discovery }) => discovery === id)
			.map((each) => `${each.task}: ${each.text}`);
		const open = unplaced
			.filter(({ discovery }) => discovery === id)
			.map(({ reason }) => vscode.l10n.t('Not placed: {0}', reason));
		return { label: words, description: task, detail: [...done, ...open].join(' · '), picked: true, id };
	});
	const head = vscode.l10n.t('Version {0} → {1}', version?.before ?? 1, version?.after ?? 1);
	const time =
		minutes === null || minutes === undefined
			? ''
			: vscode.l10n.t('{0} min → {1} min', Math.round(minutes.before), Math.round(minutes.after));
	const picked = await vscode.window.showQuickPick(items, {
		title: vscode.l10n.t('Replan of {0}', plan.name),
		placeHolder: [head, time, vscode.l10n.t('Which of it do you decide about?')]
			.filter((text) => text !== '')
			.join(' · '),
		canPickMany: true,
		ignoreFocusOut: true,
	});
	return picked === undefined || picked.length === 0 ? null : picked.map(({ id }) => id);
}

async function chooseAnswer(ids: readonly string[]): Promise<ReplanDecision | null> {
	const accept = { label: `$(check) ${vscode.l10n.t('Accept {0}', ids.length)}` };
	const reject = { label: `$(close) ${vscode.l10n.t('Reject {0}', ids.length)}` };
	const answer = await vscode.window.showQuickPick([accept, reject], { ignoreFocusOut: true });
	if (answer === accept) {
		return { ids, reason: null };
	}
	const reason =
		answer === reject
			? await vscode.window.showInputBox({
					prompt: vscode.l10n.t('Why? It is kept with the run.'),
					validateInput: (text) => (text.trim() === '' ? vscode.l10n.t('Say why, in a sentence.') : null),
				})
			: undefined;
	return reason === undefined ? null : { ids, reason: reason.trim() };
}
