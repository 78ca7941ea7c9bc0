import type * as vscode from 'vscode';
import type { Disposable } from '../../core/base/disposable.ts';
import type { Logger } from '../../core/base/ports.ts';
import type { PlanId } from '../../core/plan/plan.ts';
import { readTimelineViewState } from '../../protocol/persisted.ts';
import type { ForecastSource } from '../panels/forecastSource.ts';
import type { HistorySource } from '../panels/historySource.ts';
import { PlanPanels } from '../panels/planPanels.ts';
import type { PlanStore } from '../plans/planStore.ts';
import type { RunStore } from '../runs/runStore.ts';
import { TimelinePanel } from './timelinePanel.ts';

export interface TimelineDependencies {
	readonly extensionUri: vscode.Uri;
	readonly plans: PlanStore;
	readonly runs: RunStore;
	readonly forecasts: ForecastSource;
	readonly history: HistorySource;
	readonly logger: Logger;
}

/** The timeline as the rest of the window uses it. */
export interface Timelines extends Disposable {
	/** Shows the run of a plan over time, in its one tab. */
	open(plan: PlanId): void;
}

export const timelineViewType = 'switchyard.timeline';

/** One timeline tab a plan, restored with the window. */
export function registerTimeline(dependencies: TimelineDependencies): Timelines {
	const panels = new PlanPanels({
		viewType: timelineViewType,
		extensionUri: dependencies.extensionUri,
		planOf: (state) => readTimelineViewState(state)?.plan ?? null,
		create: (panel, plan) => new TimelinePanel({ panel, plan, ...dependencies }),
	});
	return {
		open: (plan) => panels.open(plan).reveal(),
		dispose: () => panels.dispose(),
	};
}
