import * as vscode from 'vscode';
import type { CommandHandler, CommandServices } from './commandServices.ts';
import { editPlan } from './editPlan.ts';
import { pickTask } from './pickTarget.ts';

/** `switchyard.moveToSprint`: takes a task out of its sprint and puts it into another, or into none. */
export function moveToSprint(services: CommandServices): CommandHandler {
	const { plans, runs } = services;
	return async (argument) => {
		const title = vscode.l10n.t('Move to Sprint');
		const picked = await pickTask({ plans, runs, argument, title });
		if (picked === null) {
			return;
		}
		const { task } = picked.target;
		const sprints = [...picked.plan.sprints.values()];
		const isIn = sprints.some(({ tasks }) => tasks.includes(task));
		const items = sprints
			.filter(({ tasks }) => !tasks.includes(task))
			.map(({ id, name }) => ({
				label: id,
				description: name === id ? '' : name,
				sprint: id as string | null,
			}));
		const none = { label: vscode.l10n.t('No Sprint'), description: '', sprint: null };
		const choice = await vscode.window.showQuickPick(isIn ? [...items, none] : items, {
			title: vscode.l10n.t('Move {0} to a sprint', task),
			matchOnDescription: true,
		});
		if (choice !== undefined) {
			await editPlan(services, picked.plan, { kind: 'move-to-sprint', task, sprint: choice.sprint });
		}
	};
}
