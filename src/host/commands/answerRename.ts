import * as vscode from 'vscode';
import type { RenamedQuestion } from '../../core/run/planQuestions.ts';
import { noteRename, refuseRename } from '../../engine/journal/runRequests.ts';
import type { RunView } from '../../engine/journal/runView.ts';
import { say } from '../notify/say.ts';
import type { PlanModel } from '../plans/planModel.ts';
import { planKey } from '../plans/planModel.ts';
import { isTrusted } from '../runs/runGuard.ts';
import type { CommandHandler, CommandServices } from './commandServices.ts';
import { offerResume } from './offerResume.ts';
import { pickPlan } from './pickTarget.ts';

/**
 * `switchyard.confirmRename` and `refuseRename`: whether a task that appeared in the plan is the finished one that is gone
 * (D6). Asked from a row it is the row's question, else the one that the person chooses.
 */
export function answerRename({ plans, runs }: CommandServices, answer: 'same' | 'other'): CommandHandler {
	return async (argument) => {
		if (!isTrusted()) {
			return;
		}
		const title = vscode.l10n.t('Was It Renamed?');
		const plan = await pickPlan({ plans, runs, argument, title });
		const run = plan === null ? null : runs.current(plan.id);
		if (plan === null) {
			return;
		}
		const open = (run?.questions ?? []).filter((question) => question.kind === 'renamed');
		const asked = await chooseQuestion(open, renameOf(argument), title);
		if (run === null || asked === null) {
			return;
		}
		const { from, to } = asked;
		await (answer === 'same' ? noteRename : refuseRename)(run.folder, from, to, 'editor');
		// Not awaited: the message may stay open for hours.
		void offerRun(plan, run);
	};
}

async function chooseQuestion(
	open: readonly RenamedQuestion[],
	named: { readonly from: string; readonly to: string } | null,
	title: string,
): Promise<RenamedQuestion | null> {
	const [only] = open;
	const meant = named === null ? only : open.find(({ from, to }) => from === named.from && to === named.to);
	if (meant === undefined) {
		void say.info(vscode.l10n.t('Nobody asks about a renamed task any more.'));
		return null;
	}
	if (named !== null || open.length === 1) {
		return meant;
	}
	const items = open.map((question) => ({ label: `${question.from} → ${question.to}`, question }));
	return (await vscode.window.showQuickPick(items, { title }))?.question ?? null;
}

/** The pair of a row of "Needs You". */
function renameOf(argument: unknown): { readonly from: string; readonly to: string } | null {
	const rename =
		typeof argument === 'object' && argument !== null && 'rename' in argument ? argument.rename : null;
	return typeof rename === 'object' && rename !== null && 'from' in rename && 'to' in rename
		? { from: String(rename.from), to: String(rename.to) }
		: null;
}

/** An engine that is there takes the saved plan by itself; without one the next run does. */
async function offerRun(plan: PlanModel, { engines, state }: RunView): Promise<void> {
	if (engines.length > 0 || state === 'interrupted') {
		await offerResume(planKey(plan.id), engines.length > 0);
		return;
	}
	const run = vscode.l10n.t('Run');
	const text = vscode.l10n.t('No engine is running: the next run takes the saved plan.');
	if ((await say.info(text, run)) === run) {
		await vscode.commands.executeCommand('switchyard.runAll', { plan: planKey(plan.id) });
	}
}
