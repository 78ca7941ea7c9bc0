import type { ShownPlan } from '../../src/protocol/previewView.ts';
import type { TimelineRun, TimelineTask } from '../../src/protocol/timelineView.ts';
import type { Forecast } from '../forecast/forecast.ts';
import type { PagePlan } from '../shared/PlanPage.tsx';

/** Everything the page draws. Immutable: a change is another object, and an unchanged part is the same object. */
export interface TimelineState {
	readonly plan: PagePlan<{ shown: ShownPlan }>;
	readonly run: TimelineRun | null;
	/** By id; tasks that the run has not touched may be missing. */
	readonly tasks: ReadonlyMap<string, TimelineTask>;
	/** The host's clock, in milliseconds since the epoch: when what is here was true. */
	readonly now: number;
	/** Null until it is simulated. */
	readonly forecast: Forecast | null;
	readonly cannotRun: string;
	/** Id of the selected task. */
	readonly selection: string | null;
	/** Whether the forecast is drawn below what happened; null while the page decides. */
	readonly showsPlan: boolean | null;
}

export const initialTimelineState: TimelineState = {
	plan: { kind: 'waiting' },
	run: null,
	tasks: new Map(),
	now: 0,
	forecast: null,
	cannotRun: '',
	selection: null,
	showsPlan: null,
};

/** Work is going on: the clock moves bars. */
export function isLive({ run }: TimelineState): boolean {
	return run !== null && (run.state === 'running' || run.state === 'stopping');
}
