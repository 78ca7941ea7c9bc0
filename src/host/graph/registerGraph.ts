import * as vscode from 'vscode';
import type { Disposable } from '../../core/base/disposable.ts';
import type { Logger } from '../../core/base/ports.ts';
import type { PlanId } from '../../core/plan/plan.ts';
import { readGraphViewState } from '../../protocol/persisted.ts';
import { PlanPanels } from '../panels/planPanels.ts';
import type { PlanStore } from '../plans/planStore.ts';
import type { RunStore } from '../runs/runStore.ts';
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
	const worker = vscode.Uri.joinPath(extensionUri, 'dist', 'layoutWorker.js').fsPath;
	const panels = new PlanPanels({
		viewType: graphViewType,
		extensionUri,
		planOf: (state) => readGraphViewState(state)?.plan ?? null,
		create: (panel, plan) => {
			const layouts = new LayoutClient(() => startLayoutThread(worker));
			return new GraphPanel({ panel, plan, extensionUri, plans, runs, layouts, logger });
		},
	});
	return {
		open: (plan, focus) => panels.open(plan).reveal(focus),
		dispose: () => panels.dispose(),
	};
}
