import * as vscode from 'vscode';
import type { CommandHandler, CommandServices } from './commandServices.ts';
import { readTarget } from './commandTarget.ts';
import { pickTask } from './pickTarget.ts';

/** `switchyard.showInTree`: selects the row of a task, sprint, track or plan. */
export function showInTree({ plans, runs, tree }: CommandServices): CommandHandler {
	return async (argument) => {
		const target = readTarget(argument, plans.plans);
		if (target !== null) {
			await tree.reveal(target);
			return;
		}
		const picked = await pickTask({
			...{ plans, runs, argument, withForeign: true },
			title: vscode.l10n.t('Show in Tree'),
		});
		if (picked !== null) {
			await tree.reveal(picked.target);
		}
	};
}
