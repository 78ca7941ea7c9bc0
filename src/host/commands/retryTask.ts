import * as vscode from 'vscode';
import { awaitsPerson } from '../tree/taskLook.ts';
import type { CommandHandler, CommandServices } from './commandServices.ts';
import { pickTask } from './pickTarget.ts';

/** `switchyard.retryTask`: a failed, stopped or waiting task with a fresh budget; asking for it by name is the answer. */
export function retryTask({ plans, runs, starter }: CommandServices): CommandHandler {
	return async (argument) => {
		const picked = await pickTask({
			...{ plans, runs, argument },
			title: vscode.l10n.t('Retry Task'),
			filter: (plan, task) => {
				const summary = runs.current(plan.id)?.task(task);
				return awaitsPerson(summary) || summary?.status === 'cancelled';
			},
		});
		if (picked !== null) {
			await starter.run(picked.plan, { kind: 'task', task: picked.target.task });
		}
	};
}
