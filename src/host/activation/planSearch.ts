import * as vscode from 'vscode';
import { classify, isSkippedPath, planGlobs } from '../../core/plan/planFiles.ts';

/** Folders no plan is looked for in, as one glob. */
export const skippedFolders = '**/{node_modules,.git,.switchyard,.work}/**';

/** True for a file of this window's folders that belongs to a plan by its name and place; its content is not read. */
export function isPlanningFile(uri: vscode.Uri): boolean {
	const folder = vscode.workspace.getWorkspaceFolder(uri);
	if (folder === undefined || !uri.path.startsWith(`${folder.uri.path.replace(/\/$/, '')}/`)) {
		return false;
	}
	const path = uri.path.slice(folder.uri.path.replace(/\/$/, '').length + 1);
	const kind = classify(path);
	return kind !== null && kind !== 'state' && !isSkippedPath(path);
}

/**
 * Calls `found` once, when this window has a plan: at once, when a planning file is opened, or when one is written.
 * This is all that runs in windows without a plan.
 */
export function watchForPlan(found: () => void): vscode.Disposable {
	const watching: vscode.Disposable[] = [];
	let done = false;
	const finish = () => {
		if (!done) {
			done = true;
			vscode.Disposable.from(...watching).dispose();
			found();
		}
	};
	const look = (uri: vscode.Uri) => {
		if (isPlanningFile(uri)) {
			finish();
		}
	};
	const search = async () => {
		if (!done && (await hasPlan())) {
			finish();
		}
	};
	watching.push(
		vscode.workspace.onDidOpenTextDocument((document) => look(document.uri)),
		vscode.workspace.onDidChangeWorkspaceFolders(() => void search()),
	);
	for (const glob of planGlobs) {
		const watcher = vscode.workspace.createFileSystemWatcher(glob, false, true, true);
		watching.push(watcher, watcher.onDidCreate(look));
	}
	for (const document of vscode.workspace.textDocuments) {
		look(document.uri);
	}
	void search();
	return vscode.Disposable.from(...watching);
}

async function hasPlan(): Promise<boolean> {
	const globs = planGlobs.filter((glob) => !glob.endsWith('state.yaml'));
	const found = await vscode.workspace.findFiles(`{${globs.join(',')}}`, skippedFolders, 50);
	return found.some(isPlanningFile);
}
