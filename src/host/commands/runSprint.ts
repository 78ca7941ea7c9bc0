import * as vscode from 'vscode';
import type { CommandHandler, CommandServices } from './commandServices.ts';
import { pickSprint } from './pickTarget.ts';

/** `switchyard.runSprint`: the tasks of one sprint, and nothing outside it (EXECUTION S5). */
export function runSprint({ plans, runs, starter }: CommandServices): CommandHandler {
	return async (argument) => {
		const picked = await pickSprint({ plans, runs, argument, title: vscode.l10n.t('Run Sprint') });
		if (picked !== null) {
			await starter.run(picked.plan, { kind: 'sprint', sprint: picked.target.sprint });
		}
	};
}
