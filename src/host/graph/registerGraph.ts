import * as vscode from 'vscode';
import type { Disposable } from '../../core/base/disposable.ts';
import { DisposableStore } from '../../core/base/disposable.ts';
import type { Logger } from '../../core/base/ports.ts';
import type { PlanId } from '../../core/plan/plan.ts';
import { readGraphViewState } from '../../protocol/persisted.ts';
import { planKey } from '../plans/planModel.ts';
import type { PlanStore } from '../plans/planStore.ts';
import type { RunStore } from '../runs/runStore.ts';
import { graphResourceRoots } from './graphHtml.ts';
import type { GraphFocus } from './graphPanel.ts';
import { GraphPanel } from './graphPanel.ts';
import { LayoutClient } from './layoutClient.ts';
import { startLayoutThread } from './startLayoutThread.ts';

export interface GraphDependencies {
	readonly extensionUri: vscode.Uri;
	readonly plans: PlanStore;
	readonly runs: RunStore;
	readonly logger: Logger;
}

/** The graph as the rest of the window uses it. */
export interface Graphs extends Disposable {
	/** Shows the graph of a plan, in its one tab, and selects a task or sprint if asked. */
	open(plan: PlanId, focus?: GraphFocus): void;
}

/** The type of the editor tab; also what restores it after a reload, and the `webviewId` of its context menu. */
export const graphViewType = 'switchyard.graph';

/** One graph tab a plan, restored with the window. */
export function registerGraph({ extensionUri, plans, runs, logger }: GraphDependencies): Graphs {
	const panels = new Map<string, GraphPanel>();
	const lifetime = new DisposableStore();
	const worker = vscode.Uri.joinPath(extensionUri, 'dist', 'layoutWorker.js').fsPath;

	const adopt = (panel: vscode.WebviewPanel, plan: PlanId) => {
		panel.webview.options = { enableScripts: true, localResourceRoots: graphResourceRoots(extensionUri) };
		const layouts = new LayoutClient(() => startLayoutThread(worker));
		const graph = lifetime.add(new GraphPanel({ panel, plan, extensionUri, plans, runs, layouts, logger }));
		const key = planKey(plan);
		panels.set(key, graph);
		// The subscription ends with the panel it listens to.
		const closing = lifetime.add(
			graph.onDidClose(() => {
				panels.delete(key);
				lifetime.delete(graph);
				lifetime.delete(closing);
			}),
		);
		return graph;
	};

	lifetime.add(
		vscode.window.registerWebviewPanelSerializer(graphViewType, {
			async deserializeWebviewPanel(panel, state) {
				const plan = readGraphViewState(state)?.plan;
				if (plan === undefined || panels.has(planKey(plan))) {
					panel.dispose();
					return;
				}
				adopt(panel, plan);
			},
		}),
	);

	return {
		open(plan, focus) {
			const open = panels.get(planKey(plan));
			if (open !== undefined) {
				open.reveal(focus);
				return;
			}
			const panel = vscode.window.createWebviewPanel(graphViewType, plan.key, vscode.ViewColumn.Active, {
				retainContextWhenHidden: false,
			});
			adopt(panel, plan).reveal(focus);
		},
		dispose: () => lifetime.dispose(),
	};
}
