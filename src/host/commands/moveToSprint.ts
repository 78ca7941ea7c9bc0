import * as vscode from 'vscode';
import type { CommandHandler, CommandServices } from './commandServices.ts';
import { editPlan } from './editPlan.ts';
import { choose, pickTask } from './pickTarget.ts';

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
				value: { sprint: id as string | null },
			}));
		const none = { label: vscode.l10n.t('No Sprint'), description: '', value: { sprint: null } };
		const choice = await choose(
			isIn ? [...items, none] : items,
			vscode.l10n.t('Move {0} to a sprint', task),
			vscode.l10n.t('The plan has no sprints.'),
		);
		if (choice !== null) {
			await editPlan(services, picked.plan, { kind: 'move-to-sprint', task, sprint: choice.sprint });
		}
	};
}
