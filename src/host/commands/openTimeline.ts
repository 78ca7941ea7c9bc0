import * as vscode from 'vscode';
import type { CommandHandler, CommandServices } from './commandServices.ts';
import { pickPlan } from './pickTarget.ts';

/** `switchyard.openTimeline`: the run of a plan over time; before there is one, its forecast. */
export function openTimeline({ plans, runs, timelines }: CommandServices): CommandHandler {
	return async (argument) => {
		const plan = await pickPlan({ plans, runs, argument, title: vscode.l10n.t('Open Timeline') });
		if (plan !== null) {
			timelines.open(plan.id);
		}
	};
}
