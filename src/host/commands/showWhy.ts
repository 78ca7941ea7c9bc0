import * as vscode from 'vscode';
import { say } from '../notify/say.ts';
import type { CommandHandler, CommandServices } from './commandServices.ts';
import { pickTask } from './pickTarget.ts';
import { runOfRow } from './runOfRow.ts';

/** `switchyard.showWhy`: why a task escalated, waits, is blocked, was retried or asks, with the events behind it. */
export function showWhy({ plans, runs, why }: CommandServices): CommandHandler {
	return async (argument) => {
		const picked = await pickTask({
			...{ plans, runs, argument },
			title: vscode.l10n.t('Show Why'),
			filter: (plan, task) => runs.current(plan.id)?.task(task) !== undefined,
		});
		if (picked === null) {
			return;
		}
		const { plan, target } = picked;
		const named = runOfRow(argument, runs.all(plan.id));
		if (named !== null) {
			await why.show(named.folder, target.task);
			return;
		}
		const run = runs.current(plan.id);
		if (run?.task(target.task) === undefined) {
			void say.info(vscode.l10n.t('{0} is in no run yet: nothing has happened to it.', target.task));
			return;
		}
		await why.show(run.folder, target.task);
	};
}
