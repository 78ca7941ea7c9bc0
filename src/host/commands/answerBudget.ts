import * as vscode from 'vscode';
import type { BudgetQuestion } from '../../core/run/planQuestions.ts';
import { dollars, readDollars } from '../../core/run/spending.ts';
import { setBudget } from '../../engine/journal/runRequests.ts';
import type { RunView } from '../../engine/journal/runView.ts';
import { say } from '../notify/say.ts';
import type { PlanModel } from '../plans/planModel.ts';
import { isTrusted } from '../runs/runGuard.ts';
import type { CommandHandler, CommandServices } from './commandServices.ts';
import { pickPlan } from './pickTarget.ts';

/**
 * `switchyard.continueBudget` and `setBudget`: what a run whose budget is spent may cost from now on, as much again or an
 * amount that the person names. Whoever says so wants the run to go on: without an engine it is taken up again.
 */
export function answerBudget(
	{ plans, runs, starter }: CommandServices,
	answer: 'once' | 'amount',
): CommandHandler {
	return async (argument) => {
		const title = vscode.l10n.t('Budget of the Run');
		const plan = isTrusted() ? await pickPlan({ plans, runs, argument, title }) : null;
		if (plan === null) {
			return;
		}
		const run = runs.current(plan.id);
		if (run === null) {
			void say.info(vscode.l10n.t('{0} has no run yet: its budget is what the plan says.', plan.name));
			return;
		}
		const asked = run.questions.find((question) => question.kind === 'budget') ?? null;
		const limit = answer === 'once' ? onceMore(plan, asked) : await askAmount(title, { asked, run });
		if (limit === null || limit === run.costs.limitUsd) {
			return;
		}
		await setBudget(run.folder, limit, 'editor');
		if (asked !== null && limit > run.costs.knownUsd) {
			await goOn(plan);
		}
	};
	async function goOn(plan: PlanModel): Promise<void> {
		if (runs.current(plan.id)?.engines.length === 0) {
			await starter.run(plan, { kind: 'resume' });
		}
	}
}

function onceMore(plan: PlanModel, asked: BudgetQuestion | null): number | null {
	if (asked === null) {
		void say.info(vscode.l10n.t('The budget of {0} is not spent.', plan.name));
	}
	return asked?.onceUsd ?? null;
}

/** In US dollars; null where the person thought better of it. */
async function askAmount(
	title: string,
	{ asked, run }: { readonly asked: BudgetQuestion | null; readonly run: RunView },
): Promise<number | null> {
	const { knownUsd } = run.costs;
	const spent = knownUsd === 0 ? '' : vscode.l10n.t('{0} are spent so far. ', dollars(knownUsd));
	const text = await vscode.window.showInputBox({
		title,
		prompt: `${spent}${vscode.l10n.t('How much may the run cost over its whole length, in US dollars?')}`,
		value: String(asked?.onceUsd ?? run.costs.limitUsd ?? ''),
		validateInput: (value) =>
			readDollars(value) === null ? vscode.l10n.t('An amount of US dollars, such as 20 or 0.50.') : null,
	});
	return text === undefined ? null : readDollars(text);
}
