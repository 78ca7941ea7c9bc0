import * as vscode from 'vscode';
import type { CommandHandler, CommandServices } from './commandServices.ts';
import { pickPlan } from './pickTarget.ts';

/** `switchyard.runAll`: everything of a plan that is not completed. */
export function runAll({ plans, runs, starter }: CommandServices): CommandHandler {
	return async (argument) => {
		const plan = await pickPlan({ plans, runs, argument, title: vscode.l10n.t('Run All') });
		if (plan !== null) {
			await starter.run(plan, { kind: 'all' });
		}
	};
}
