import * as vscode from 'vscode';
import { say } from '../notify/say.ts';
import type { CommandHandler, CommandServices } from './commandServices.ts';
import { readTarget } from './commandTarget.ts';

/** `switchyard.closeForeign`: shows a plan of another tool no longer that was opened by hand. Its files stay as they are. */
export function closeForeign({ plans, closeForeignPlan }: CommandServices): CommandHandler {
	return async (argument) => {
		const target = readTarget(argument, plans.plans);
		const given = target === null ? undefined : plans.byKey(target.plan);
		const opened = plans.plans.filter((plan) => plan.opened === true);
		if (given === undefined && opened.length === 0) {
			void say.info(vscode.l10n.t('No plan of another tool was opened by hand.'));
			return;
		}
		const title = vscode.l10n.t('Close a Plan of Another Tool');
		const items = opened.map((plan) => ({ label: plan.name, description: plan.id.key, plan }));
		const plan = given ?? (await vscode.window.showQuickPick(items, { title }))?.plan;
		if (plan?.opened === true) {
			await closeForeignPlan(plan.files);
		}
	};
}
