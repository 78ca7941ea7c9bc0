import * as vscode from 'vscode';
import { answerTask } from '../../engine/journal/runRequests.ts';
import { say } from '../notify/say.ts';
import { isTrusted } from '../runs/runGuard.ts';
import { isActive, isDone } from '../tree/taskLook.ts';
import type { CommandHandler, CommandServices } from './commandServices.ts';
import { pickTask } from './pickTarget.ts';

/** `switchyard.skipTask`: a person lets dependents go on without a task. Asked twice: it is the one way past a check. */
export function skipTask({ plans, runs }: CommandServices): CommandHandler {
	return async (argument) => {
		if (!isTrusted()) {
			return;
		}
		const picked = await pickTask({
			...{ plans, runs, argument },
			title: vscode.l10n.t('Skip Task'),
			filter: (plan, task) => {
				const summary = runs.current(plan.id)?.task(task);
				return summary !== undefined && !isDone(summary) && !isActive(summary);
			},
		});
		if (picked === null) {
			return;
		}
		const { plan, target } = picked;
		const run = runs.current(plan.id);
		if (run === null) {
			void say.info(vscode.l10n.t('{0} has no run yet: there is nothing to skip.', plan.name));
			return;
		}
		const skip = vscode.l10n.t('Skip');
		const answer = await say.ask(
			vscode.l10n.t('Skip {0}? Tasks that depend on it will run without its work.', target.task),
			skip,
		);
		if (answer === skip) {
			await answerTask(run.folder, { task: target.task, answer: 'skip', by: 'editor' });
		}
	};
}
