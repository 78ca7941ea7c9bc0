import type { strategyNames } from '../plan/headerFields.ts';

export type StrategyName = (typeof strategyNames)[number];

/** Which gates a strategy runs: task checks; also sprint gates; also layer gates, and then advisory ones block too. */
export type GateLevel = 'basic' | 'standard' | 'strict';

/**
 * What tasks wait for beside their predecessors. `none`: nothing. `layers`: every task of the layers before, in the whole
 * run. `small-layers-in-turn`: the same, and the tasks of layers of one or two run one after another. `batches`: every
 * task of the batches before, in the same sprint.
 */
export type Barrier = 'none' | 'layers' | 'small-layers-in-turn' | 'batches';

/** One row of the strategy table (EXECUTION S1), resolved for one plan. */
export interface StrategyRules {
	/** Tasks at once; the plan's own `jobs` and `--jobs` come on top of it. */
	readonly agents: number;
	readonly barrier: Barrier;
	/** Added to estimates when they are told to a person, in percent; never used to decide anything (P6). */
	readonly marginPercent: number;
	/** Minutes after which an attempt is ended, where neither the task nor its estimate asks for more. */
	readonly minutes: number;
	readonly gates: GateLevel;
	/** Work and check together, at most; a task or the plan's defaults may say otherwise (T2). */
	readonly iterations: number;
	/** At most one task of a track at once. */
	readonly oneATrack: boolean;
	/** A replan is considered after each worker (R1–R3). */
	readonly replansAfterEach: boolean;
}

const usual: StrategyRules = {
	agents: 3,
	barrier: 'none',
	marginPercent: 15,
	minutes: 30,
	gates: 'standard',
	iterations: 5,
	oneATrack: false,
	replansAfterEach: false,
};

/** EXECUTION S1 as data. `tracks` has one agent a track: `rulesOf` fills that in. */
const table: Readonly<Record<StrategyName, StrategyRules>> = {
	aggressive: { ...usual, agents: 5, marginPercent: 5, minutes: 20, gates: 'basic', iterations: 1 },
	conservative: { ...usual, agents: 2, barrier: 'layers', marginPercent: 30, minutes: 60, gates: 'strict' },
	hybrid: { ...usual, barrier: 'small-layers-in-turn' },
	sequential: { ...usual, agents: 1, marginPercent: 0, minutes: 45, gates: 'strict' },
	tracks: { ...usual, oneATrack: true },
	batches: { ...usual, barrier: 'batches' },
	dynamic: { ...usual, replansAfterEach: true },
};

/** S1: the strategy of a plan that names none. */
export function defaultStrategy(plan: { readonly tracks: readonly unknown[] }): StrategyName {
	return plan.tracks.length > 1 ? 'tracks' : 'hybrid';
}

/** The numbers of a strategy for a plan with so many tracks; a name that nobody knows counts as `hybrid`. */
export function rulesOf(strategy: string, trackCount: number): StrategyRules {
	const row = isStrategy(strategy) ? table[strategy] : table.hybrid;
	return row.oneATrack ? { ...row, agents: Math.max(trackCount, 1) } : row;
}

export function isStrategy(name: string): name is StrategyName {
	return Object.hasOwn(table, name);
}
