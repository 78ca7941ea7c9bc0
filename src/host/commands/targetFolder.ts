import * as vscode from 'vscode';
import { say } from '../notify/say.ts';

/** The workspace folder that a new plan goes to; asks when there are several. Null when there is none, or none was picked. */
export async function targetFolder(): Promise<vscode.Uri | null> {
	const folders = vscode.workspace.workspaceFolders ?? [];
	const [only] = folders;
	if (only === undefined) {
		const open = vscode.l10n.t('Open Folder');
		const answer = await say.info(
			vscode.l10n.t('A plan lives in a folder. Open the one it is for first.'),
			open,
		);
		if (answer === open) {
			await vscode.commands.executeCommand('workbench.action.files.openFolder');
		}
		return null;
	}
	return folders.length === 1 ? only.uri : ((await vscode.window.showWorkspaceFolderPick())?.uri ?? null);
}
