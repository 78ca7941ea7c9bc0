import * as vscode from 'vscode';
import type { PlanWish } from '../../protocol/lsp.ts';
import { say } from '../notify/say.ts';
import type { PlanModel } from '../plans/planModel.ts';
import type { CommandServices } from './commandServices.ts';

/**
 * Has the server compute the edit that fulfils a wish, and applies it as one step that can be undone; says why where it cannot.
 * True when something was changed.
 */
export async function editPlan(
	{ planEdit }: Pick<CommandServices, 'planEdit'>,
	plan: PlanModel,
	wish: PlanWish,
): Promise<boolean> {
	if (plan.foreign !== undefined) {
		void say.info(
			vscode.l10n.t('{0} is a plan of another tool and is not edited here. Import it first.', plan.name),
		);
		return false;
	}
	const reply = await planEdit(plan.id, wish);
	if ('fault' in reply) {
		void say.error(reply.fault);
		return false;
	}
	if (reply.edit === null) {
		void say.info(vscode.l10n.t('Nothing has to be changed.'));
		return false;
	}
	// As a refactoring, so that the editor saves files that nobody has open (files.refactoring.autoSave).
	return await vscode.workspace.applyEdit(reply.edit, { isRefactoring: true });
}
