import * as vscode from 'vscode';
import { say } from '../notify/say.ts';

/** Without an engine an answer waits with its task: going on is offered, never done by itself (D5). */
export async function offerResume(plan: string, isRunning: boolean): Promise<void> {
	if (isRunning) {
		return;
	}
	const resume = vscode.l10n.t('Resume Run');
	const chosen = await say.info(vscode.l10n.t('No engine is running: resume the run to go on.'), resume);
	if (chosen === resume) {
		await vscode.commands.executeCommand('switchyard.resumeRun', { plan });
	}
}
