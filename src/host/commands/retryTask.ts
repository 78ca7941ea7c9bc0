import * as vscode from 'vscode';
import { answerTask } from '../../engine/journal/runRequests.ts';
import { isTrusted } from '../runs/runGuard.ts';
import { awaitsPerson } from '../tree/taskLook.ts';
import type { CommandHandler, CommandServices } from './commandServices.ts';
import { offerResume } from './offerResume.ts';
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
		if (picked === null) {
			return;
		}
		const { plan, target } = picked;
		if (plan.tasks.has(target.task)) {
			await starter.run(plan, { kind: 'task', task: target.task });
			return;
		}
		// Gates and their units are no tasks that a run could be asked for: they are answered.
		const run = runs.current(plan.id);
		if (run?.task(target.task) !== undefined && isTrusted()) {
			await answerTask(run.folder, { task: target.task, answer: 'retry', by: 'editor' });
			void offerResume(target.plan, run.engines.length > 0);
		}
	};
}
