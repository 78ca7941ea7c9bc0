import * as vscode from 'vscode';
import type { PlanModel } from '../plans/planModel.ts';
import { indexPlan } from '../tree/planIndex.ts';
import type { CommandHandler, CommandServices } from './commandServices.ts';
import { readTarget } from './commandTarget.ts';
import { choose, pickPlan } from './pickTarget.ts';

/** `switchyard.runTrack`: the sprints of one track, in their order. */
export function runTrack({ plans, runs, starter }: CommandServices): CommandHandler {
	return async (argument) => {
		const title = vscode.l10n.t('Run Track');
		const plan = await pickPlan({ plans, runs, argument, title });
		if (plan === null) {
			return;
		}
		const number = readTarget(argument, plans.plans)?.track ?? (await chooseTrack(plan, title));
		if (number !== null) {
			await starter.run(plan, { kind: 'track', number });
		}
	};
}

/** Also of those that only sprints name. */
async function chooseTrack(plan: PlanModel, title: string): Promise<number | null> {
	const tracks = [...indexPlan(plan).tracks].sort(([a], [b]) => a - b);
	const items = tracks.map(([number, name]) => ({ label: String(number), description: name, value: number }));
	return choose(items, title, vscode.l10n.t('The plan has no tracks.'));
}
