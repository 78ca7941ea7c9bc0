import * as vscode from 'vscode';
import type { CommandHandler, CommandServices } from './commandServices.ts';
import { readTarget } from './commandTarget.ts';
import { pickPlan } from './pickTarget.ts';

/** `switchyard.runTrack`: the sprints of one track, in their order. */
export function runTrack({ plans, runs, starter }: CommandServices): CommandHandler {
	return async (argument) => {
		const title = vscode.l10n.t('Run Track');
		const plan = await pickPlan({ plans, runs, argument, title });
		if (plan === null) {
			return;
		}
		const number = readTarget(argument, plans.plans)?.track ?? (await chooseTrack(plan.tracks, title));
		if (number !== undefined) {
			await starter.run(plan, { kind: 'track', number });
		}
	};
}

async function chooseTrack(
	tracks: readonly { readonly number: number; readonly name: string }[],
	title: string,
): Promise<number | undefined> {
	const items = tracks.map(({ number, name }) => ({ label: String(number), description: name, number }));
	return (await vscode.window.showQuickPick(items, { title }))?.number;
}
