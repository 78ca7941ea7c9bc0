import * as vscode from 'vscode';
import { byteText } from '../../core/base/byteText.ts';
import type { Logger } from '../../core/base/ports.ts';
import type { OldRun } from '../../engine/journal/oldRuns.ts';
import { oldRuns, removeRun } from '../../engine/journal/oldRuns.ts';
import { say } from '../notify/say.ts';
import { rootPathOf } from '../runs/planPaths.ts';
import { isTrusted } from '../runs/runGuard.ts';
import type { CommandHandler, CommandServices } from './commandServices.ts';
import { pickPlan } from './pickTarget.ts';
import { runOfRow } from './runOfRow.ts';

/** `switchyard.cleanRuns`: removes the raw files of earlier runs, those that the person chose and said yes to; evidence stays. */
export function cleanRuns({ plans, runs, logger }: CommandServices): CommandHandler {
	return async (argument) => {
		if (!isTrusted()) {
			return;
		}
		const plan = await pickPlan({ plans, runs, argument, title: vscode.l10n.t('Clean Up Runs') });
		const rootPath = plan === null ? null : rootPathOf(plan.id);
		if (plan === null || rootPath === null) {
			return;
		}
		const found = await vscode.window.withProgress(
			{ location: { viewId: 'switchyard.runs' }, title: vscode.l10n.t('Looking at earlier runs') },
			() => oldRuns(rootPath, plan.id.key),
		);
		const named = runOfRow(argument, runs.all(plan.id));
		const chosen =
			named === null ? await choose(found) : found.filter(({ folder }) => folder === named.folder);
		if (chosen === null || !(await isAgreed(chosen))) {
			return;
		}
		await remove(rootPath, chosen, logger);
	};
}

async function remove(rootPath: string, chosen: readonly OldRun[], logger: Logger): Promise<void> {
	try {
		for (const run of chosen) {
			await removeRun(rootPath, run);
		}
	} catch (error) {
		logger.warn(String(error));
		void say.error(vscode.l10n.t('The runs could not be removed: {0}', String(error)));
	}
}

async function choose(found: readonly OldRun[]): Promise<readonly OldRun[] | null> {
	const removable = found.filter(({ obstacle }) => obstacle === null);
	if (removable.length === 0) {
		const [last] = found.slice(0, -1).reverse();
		const why = last?.obstacle ?? '';
		void say.info([vscode.l10n.t('There is no earlier run to remove.'), why].filter(Boolean).join(' '));
		return null;
	}
	const items = [...removable].reverse().map((run) => ({
		label: new Date(run.createdAt).toLocaleString(vscode.env.language),
		description: run.run,
		detail: vscode.l10n.t('{0} of {1} tasks completed, {2}', run.completed, run.total, byteText(run.bytes)),
		run,
	}));
	const picked = await vscode.window.showQuickPick(items, {
		title: vscode.l10n.t('Clean Up Runs'),
		placeHolder: vscode.l10n.t('Which runs shall be removed? Evidence stays.'),
		canPickMany: true,
		matchOnDescription: true,
	});
	return picked === undefined || picked.length === 0 ? null : picked.map(({ run }) => run);
}

/** Asked once more, with what is lost by it; what has to stay is said instead. */
async function isAgreed(chosen: readonly OldRun[]): Promise<boolean> {
	const kept = chosen.find(({ obstacle }) => obstacle !== null);
	if (kept !== undefined) {
		void say.info(vscode.l10n.t('{0} stays. {1}', kept.run, kept.obstacle ?? ''));
		return false;
	}
	const bytes = byteText(chosen.reduce((sum, run) => sum + run.bytes, 0));
	const what =
		chosen.length === 1
			? vscode.l10n.t('Remove 1 run, {0}?', bytes)
			: vscode.l10n.t('Remove {0} runs, {1}?', chosen.length, bytes);
	const lost = vscode.l10n.t(
		'Journals and outputs are deleted, and estimates learn from them no more. Evidence stays.',
	);
	const remove = vscode.l10n.t('Remove');
	return (await say.ask(`${what} ${lost}`, remove)) === remove;
}
