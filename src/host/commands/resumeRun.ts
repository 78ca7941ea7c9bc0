import * as vscode from 'vscode';
import { say } from '../notify/say.ts';
import type { CommandHandler, CommandServices } from './commandServices.ts';
import { readTarget } from './commandTarget.ts';
import { pickPlan } from './pickTarget.ts';

/** `switchyard.resumeRun`: goes on with what was asked for and not finished when a run broke off. */
export function resumeRun({ plans, runs, starter }: CommandServices): CommandHandler {
	return async (argument) => {
		const target = readTarget(argument, plans.plans);
		const interrupted = plans.own.filter((plan) => runs.current(plan.id)?.state === 'interrupted');
		const [only] = interrupted;
		const plan =
			target === null && interrupted.length === 1 && only !== undefined
				? only
				: await pickPlan({ plans, runs, argument, title: vscode.l10n.t('Resume Run') });
		if (plan === null) {
			return;
		}
		if (runs.current(plan.id)?.state !== 'interrupted') {
			void say.info(vscode.l10n.t('{0} has no interrupted run.', plan.name));
			return;
		}
		await starter.run(plan, { kind: 'resume' });
	};
}
