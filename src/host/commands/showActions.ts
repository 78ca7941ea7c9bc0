import * as vscode from 'vscode';
import type { CommandId } from '../contributions.ts';
import { planStatus } from '../status/planStatus.ts';
import type { CommandHandler, CommandServices } from './commandServices.ts';

/** `switchyard.showActions`: what makes sense now, from the status bar. */
export function showActions({ plans, runs }: CommandServices): CommandHandler {
	return async () => {
		const status = planStatus(plans.own, (id) => runs.current(id));
		const { l10n } = vscode;
		const actions: { label: string; command: CommandId; when: boolean }[] = [
			{
				label: `$(debug-continue) ${l10n.t('Resume Run')}`,
				command: 'switchyard.resumeRun',
				when: status.interrupted.length > 0,
			},
			{ label: `$(debug-stop) ${l10n.t('Stop All')}`, command: 'switchyard.stop', when: status.isRunning },
			{
				label: `$(issue-opened) ${l10n.t('Show Problems')}`,
				command: 'switchyard.showProblems',
				when: status.errors > 0,
			},
			{
				label: `$(run-all) ${l10n.t('Run All')}`,
				command: 'switchyard.runAll',
				when: status.done < status.total,
			},
			{ label: `$(run) ${l10n.t('Run Sprint')}`, command: 'switchyard.runSprint', when: true },
			{ label: `$(play) ${l10n.t('Run Task')}`, command: 'switchyard.runTask', when: true },
			{ label: `$(type-hierarchy) ${l10n.t('Open Graph')}`, command: 'switchyard.openGraph', when: true },
			{ label: `$(output) ${l10n.t('Show Log')}`, command: 'switchyard.showOutput', when: true },
		];
		const choice = await vscode.window.showQuickPick(
			actions.filter(({ when }) => when),
			{ title: 'Switchyard' },
		);
		if (choice !== undefined) {
			await vscode.commands.executeCommand(choice.command);
		}
	};
}
