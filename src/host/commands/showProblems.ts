import * as vscode from 'vscode';
import { showFirstError } from '../runs/runGuard.ts';
import type { CommandHandler, CommandServices } from './commandServices.ts';

/** `switchyard.showProblems`: the Problems view, with the first error that keeps a plan from running. */
export function showProblems({ plans }: CommandServices): CommandHandler {
	return async () => {
		await vscode.commands.executeCommand('workbench.actions.view.problems');
		const broken = plans.own.find((plan) => plan.errors > 0);
		if (broken !== undefined) {
			await showFirstError(broken);
		}
	};
}
