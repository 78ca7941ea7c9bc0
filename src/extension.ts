import * as vscode from 'vscode';
import { HostLoader } from './host/activation/hostLoader.ts';
import { watchForPlan } from './host/activation/planSearch.ts';
import { commandIds, planViewId } from './host/contributions.ts';

/**
 * The eager part of the extension: it waits until a plan, a view or a command asks for the rest (dist/host.js). In a
 * window without a plan nothing else is ever loaded.
 */
const loader = new HostLoader(() => import('./host/main.ts'));

export function activate(context: vscode.ExtensionContext): { readonly host: HostLoader } | undefined {
	loader.attach(context);
	for (const id of commandIds) {
		context.subscriptions.push(
			vscode.commands.registerCommand(id, (argument: unknown) => loader.execute(id, argument)),
		);
	}
	loader.whileNotLoaded(
		vscode.window.registerTreeDataProvider(planViewId, {
			// Not awaited: the host brings the real rows with a view of its own, and this one would never end its progress.
			getChildren: () => {
				void loader.loadForView();
				return [];
			},
			getTreeItem: (item: vscode.TreeItem) => item,
		}),
	);
	loader.whileNotLoaded(watchForPlan(() => void loader.loadForView()));
	return context.extensionMode === vscode.ExtensionMode.Test ? { host: loader } : undefined;
}

export async function deactivate(): Promise<void> {
	await loader.close();
}
