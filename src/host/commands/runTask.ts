import * as vscode from 'vscode';
import { say } from '../notify/say.ts';
import { isActive, isDone } from '../tree/taskLook.ts';
import type { CommandHandler, CommandServices } from './commandServices.ts';
import { pickTask } from './pickTarget.ts';

/** `switchyard.runTask`: one task. Completed work is not run again; that is said, not done silently. */
export function runTask({ plans, runs, starter }: CommandServices): CommandHandler {
	return async (argument) => {
		const picked = await pickTask({
			...{ plans, runs, argument },
			title: vscode.l10n.t('Run Task'),
			filter: (plan, task) => {
				const summary = runs.current(plan.id)?.task(task);
				return !isDone(summary) && !isActive(summary);
			},
		});
		if (picked === null) {
			return;
		}
		const { plan, target } = picked;
		const summary = runs.current(plan.id)?.task(target.task);
		if (isDone(summary)) {
			void say.info(vscode.l10n.t('{0} is completed already; completed work is not run again.', target.task));
			return;
		}
		if (isActive(summary)) {
			void say.info(vscode.l10n.t('{0} is running already.', target.task));
			return;
		}
		await starter.run(plan, { kind: 'task', task: target.task });
	};
}
