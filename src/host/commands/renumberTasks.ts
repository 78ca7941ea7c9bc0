import * as vscode from 'vscode';
import { say } from '../notify/say.ts';
import type { CommandHandler, CommandServices } from './commandServices.ts';
import { editPlan } from './editPlan.ts';
import { pickPlan } from './pickTarget.ts';

/**
 * `switchyard.renumberTasks`: numbers in the order of work, in every file. Tasks that a run has begun keep their ids, because
 * journal and evidence know them by these.
 */
export function renumberTasks(services: CommandServices): CommandHandler {
	const { plans, runs } = services;
	return async (argument) => {
		const title = vscode.l10n.t('Renumber Tasks');
		const plan = await pickPlan({ plans, runs, argument, title });
		if (plan === null) {
			return;
		}
		const run = runs.current(plan.id);
		const keep = [...plan.tasks.keys()].filter((id) => {
			const summary = run?.task(id);
			return summary !== undefined && (summary.iteration > 0 || isSettled(summary.status));
		});
		const renumber = vscode.l10n.t('Renumber');
		const question = vscode.l10n.t('Number the tasks of {0} anew, in the order of work?', plan.name);
		if ((await say.ask(question, renumber)) === renumber) {
			await editPlan(services, plan, { kind: 'renumber', keep });
		}
	};
}

/** A person or an import decided about it without an attempt. */
function isSettled(status: string): boolean {
	return status === 'completed' || status === 'skipped' || status === 'failed';
}
