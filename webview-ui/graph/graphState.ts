import type { GraphRun, GraphStatus } from '../../src/protocol/graphView.ts';
import type { PagePlan } from '../shared/PlanPage.tsx';
import type { Drawing, Target } from './drawing.ts';
import type { PlanIndex } from './planIndex.ts';
import type { Tallies } from './tally.ts';
import type { Look } from './taskLook.ts';

/** Everything the page draws. Immutable: a change is another object, and an unchanged part is the same object. */
export interface GraphState {
	readonly plan: PagePlan<{ index: PlanIndex }>;
	readonly statuses: ReadonlyMap<string, GraphStatus>;
	readonly run: GraphRun | null;
	/** Null until plan and statuses are there. */
	readonly tallies: Tallies | null;
	/** Why nothing can be run; empty when it can. */
	readonly cannotRun: string;
	readonly drawing: Drawing | null;
	/** Why there is no drawing of the current plan; empty when there is one or it is on its way. */
	readonly layoutError: string;
	readonly collapsed: ReadonlySet<string>;
	readonly selection: Target | null;
	/** The card under the pointer, as an index of the drawing; -1 for none. */
	readonly hovered: number;
	readonly query: string;
	readonly filter: ReadonlySet<Look>;
	readonly showCritical: boolean;
}

export const initialState: GraphState = {
	plan: { kind: 'waiting' },
	statuses: new Map(),
	run: null,
	tallies: null,
	cannotRun: '',
	drawing: null,
	layoutError: '',
	collapsed: new Set(),
	selection: null,
	hovered: -1,
	query: '',
	filter: new Set(),
	showCritical: true,
};
