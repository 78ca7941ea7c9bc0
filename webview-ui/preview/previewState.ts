import type { PreviewScope, ShownPlan } from '../../src/protocol/previewView.ts';
import type { Forecast, MakespanCurve } from '../forecast/forecast.ts';
import type { PagePlan } from '../shared/PlanPage.tsx';

/** The parts of the page below the figures. */
export const tabs = ['schedule', 'layers', 'tasks', 'warnings'] as const;
export type Tab = (typeof tabs)[number];

/** What the person chose. Null: the plan's, or the strategy's own. */
export interface Choice {
	readonly scope: PreviewScope;
	readonly strategy: string | null;
	readonly agents: number | null;
}

/** Everything the page draws. Immutable: a change is another object, and an unchanged part is the same object. */
export interface PreviewState {
	readonly plan: PagePlan<{ shown: ShownPlan }>;
	/** Why nothing can be run; empty when it can. */
	readonly cannotRun: string;
	readonly choice: Choice;
	/** Of the choice, or of the one before while the newest is on its way. */
	readonly forecast: Forecast | null;
	readonly curve: MakespanCurve | null;
	/** Why there is no forecast; empty when there is one or it is on its way. */
	readonly failure: string;
	/** Id of the selected task. */
	readonly selection: string | null;
	readonly tab: Tab;
	/** What is searched for in the list of tasks. */
	readonly query: string;
}

export const initialPreviewState: PreviewState = {
	plan: { kind: 'waiting' },
	cannotRun: '',
	choice: { scope: { kind: 'all' }, strategy: null, agents: null },
	forecast: null,
	curve: null,
	failure: '',
	selection: null,
	tab: 'schedule',
	query: '',
};
