import type * as vscode from 'vscode';
import type { Disposable } from '../../core/base/disposable.ts';
import type { Logger } from '../../core/base/ports.ts';
import type { PlanId } from '../../core/plan/plan.ts';
import { readPreviewViewState } from '../../protocol/persisted.ts';
import type { PreviewScope } from '../../protocol/previewView.ts';
import type { ForecastSource } from '../panels/forecastSource.ts';
import type { HistorySource } from '../panels/historySource.ts';
import { PlanPanels } from '../panels/planPanels.ts';
import type { PlanStore } from '../plans/planStore.ts';
import type { RunStarter } from '../runs/runStarter.ts';
import { PreviewPanel } from './previewPanel.ts';

export interface PreviewDependencies {
	readonly extensionUri: vscode.Uri;
	readonly plans: PlanStore;
	readonly forecasts: ForecastSource;
	readonly history: HistorySource;
	readonly starter: Pick<RunStarter, 'run'>;
	readonly logger: Logger;
}

/** The preview as the rest of the window uses it. */
export interface Previews extends Disposable {
	/** Shows the forecast of a plan, in its one tab. Null: of what was previewed last, at first the whole plan. */
	open(plan: PlanId, scope: PreviewScope | null): void;
}

export const previewViewType = 'switchyard.preview';

/** One preview tab a plan, restored with the window. */
export function registerPreview(dependencies: PreviewDependencies): Previews {
	const panels = new PlanPanels({
		viewType: previewViewType,
		extensionUri: dependencies.extensionUri,
		planOf: (state) => readPreviewViewState(state)?.plan ?? null,
		create: (panel, plan) => new PreviewPanel({ panel, plan, ...dependencies }),
	});
	return {
		open: (plan, scope) => panels.open(plan).reveal(scope),
		dispose: () => panels.dispose(),
	};
}
