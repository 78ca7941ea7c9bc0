import * as vscode from 'vscode';
import type { CommandHandler, CommandServices } from './commandServices.ts';
import { readTarget } from './commandTarget.ts';
import { editPlan } from './editPlan.ts';
import { pickPlan } from './pickTarget.ts';

/** `switchyard.addTask`: a new task with the next free id, in the sprint of the row it was called on. */
export function addTask(services: CommandServices): CommandHandler {
	const { plans, runs } = services;
	return async (argument) => {
		const title = vscode.l10n.t('Add Task');
		const plan = await pickPlan({ plans, runs, argument, title });
		if (plan === null) {
			return;
		}
		const name = await vscode.window.showInputBox({
			title,
			prompt: vscode.l10n.t('What is to be done, in a few words'),
		});
		if (name === undefined || name.trim() === '') {
			return;
		}
		const sprint = readTarget(argument, plans.plans)?.sprint;
		await editPlan(services, plan, {
			kind: 'add-task',
			name: name.trim(),
			...(sprint !== undefined && { sprint }),
		});
	};
}
