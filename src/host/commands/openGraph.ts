import * as vscode from 'vscode';
import type { CommandHandler, CommandServices } from './commandServices.ts';
import { readTarget } from './commandTarget.ts';
import { pickPlan } from './pickTarget.ts';

/** `switchyard.openGraph` and `switchyard.showInGraph`: the graph of a plan, with the row's task or sprint in view. */
export function openGraph({ plans, runs, graph }: CommandServices): CommandHandler {
	return async (argument) => {
		const plan = await pickPlan({
			...{ plans, runs, argument, withForeign: true },
			title: vscode.l10n.t('Open Graph'),
		});
		if (plan === null) {
			return;
		}
		const target = readTarget(argument, plans.plans);
		graph.open(plan.id, {
			...(target?.task !== undefined && { task: target.task }),
			...(target?.sprint !== undefined && { sprint: target.sprint }),
		});
	};
}
