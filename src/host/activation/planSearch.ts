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
	return kind !== null && kind !== 'state' && kind !== 'summary' && !isSkippedPath(path);
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
	// Of a folder that comes as a whole (a checkout, a copy) some systems tell the top only. Files are told apart from
	// folders by the dot in their names: asking the disk about each new file would cost more than a missed folder.
	let timer: NodeJS.Timeout | undefined;
	const searchLater = (uri: vscode.Uri) => {
		const path = vscode.workspace.asRelativePath(uri, false);
		if (!done && !/\.[^/]*$/.test(path) && !isSkippedPath(`${path}/`)) {
			clearTimeout(timer);
			timer = setTimeout(() => void search(), 500);
		}
	};
	watching.push(
		vscode.workspace.onDidOpenTextDocument((document) => look(document.uri)),
		vscode.workspace.onDidChangeWorkspaceFolders(() => void search()),
	);
	const watcher = vscode.workspace.createFileSystemWatcher('**/*', false, true, true);
	watching.push(
		watcher,
		watcher.onDidCreate((uri) => {
			look(uri);
			searchLater(uri);
		}),
		{ dispose: () => clearTimeout(timer) },
	);
	for (const document of vscode.workspace.textDocuments) {
		look(document.uri);
	}
	void search();
	return vscode.Disposable.from(...watching);
}

async function hasPlan(): Promise<boolean> {
	const globs = planGlobs.filter((glob) => !glob.endsWith('state.yaml')).flatMap(expandBraces);
	const found = await vscode.workspace.findFiles(`{${globs.join(',')}}`, skippedFolders, 50);
	return found.some(isPlanningFile);
}

/** The search behind `findFiles` finds nothing at all, and says nothing, for a group inside a group. */
function expandBraces(glob: string): string[] {
	const group = /\{([^{}]*)\}/.exec(glob);
	if (group === null) {
		return [glob];
	}
	const choices = (group[1] ?? '').split(',');
	return choices.flatMap((choice) => expandBraces(glob.replace(group[0], choice)));
}
