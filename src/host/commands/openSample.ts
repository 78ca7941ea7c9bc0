import * as vscode from 'vscode';
import type { CommandHandler, CommandServices } from './commandServices.ts';

/** `switchyard.openSample`: copies the sample project to a place of the user's choice and opens it. */
export function openSample({ extensionUri }: CommandServices): CommandHandler {
	return async (argument) => {
		const parent = argument instanceof vscode.Uri ? argument : await askForFolder();
		if (parent === undefined) {
			return;
		}
		const target = await freeFolder(parent);
		await vscode.workspace.fs.copy(vscode.Uri.joinPath(extensionUri, 'samples', 'shop'), target);
		// With a folder open already the sample gets a window of its own.
		const forceNewWindow = (vscode.workspace.workspaceFolders ?? []).length > 0;
		await vscode.commands.executeCommand('vscode.openFolder', target, { forceNewWindow });
	};
}

async function askForFolder(): Promise<vscode.Uri | undefined> {
	const picked = await vscode.window.showOpenDialog({
		title: vscode.l10n.t('Where should the sample go?'),
		openLabel: vscode.l10n.t('Copy Sample Here'),
		canSelectFiles: false,
		canSelectFolders: true,
	});
	return picked?.[0];
}

async function freeFolder(parent: vscode.Uri): Promise<vscode.Uri> {
	for (let count = 1; ; count += 1) {
		const folder = vscode.Uri.joinPath(parent, `switchyard-shop${count === 1 ? '' : `-${count}`}`);
		try {
			await vscode.workspace.fs.stat(folder);
		} catch {
			return folder;
		}
	}
}
