import type { CostRange } from '../../src/core/history/costRange.ts';
import type { HistorySample } from '../../src/core/history/historySample.ts';
import type { RunPlan } from '../../src/core/run/runPlan.ts';
import type { WaitCause } from '../../src/core/schedule/previewReport.ts';
import type { PlanChanges } from '../../src/protocol/planChanges.ts';
import type { PreviewScope } from '../../src/protocol/previewView.ts';

/** What is simulated, of a plan that is by the strategy it is to go by. Null agents: as many as plan and strategy say. */
export interface ForecastRequest {
	readonly scope: PreviewScope;
	readonly agents: number | null;
	/** No more than this where nobody chose a number of agents; null for as many as plan and strategy say. */
	readonly limit: number | null;
}

/** A simulated run, ready to be drawn: columns of numbers, one entry a task, in the order in which tasks start. Minutes. */
export interface Forecast {
	readonly strategy: string;
	readonly agents: number;
	/** Places of the tasks in the plan's list. */
	readonly tasks: Int32Array;
	readonly starts: Float64Array;
	readonly ends: Float64Array;
	/** Slots, counted from 0. */
	readonly slots: Int32Array;
	/** 1 where a task is on the critical path. */
	readonly critical: Uint8Array;
	/** What each task waited for last: a place, and an index into `waitCauses`; -1 where it began at once. */
	readonly waitsFor: Int32Array;
	readonly waitCause: Int8Array;
	/** Where the plan states no estimate: what the minutes rest on, an index into `estimateReasons`; else -1. */
	readonly estimateReason: Int16Array;
	/** Sentences. */
	readonly estimateReasons: readonly string[];
	/** What the scheduled tasks will cost, as far as finished runs tell; null where they do not. */
	readonly cost: CostRange | null;
	readonly slotCount: number;
	/** Slots that anything runs in. */
	readonly usedSlots: number;
	/** Tasks on the critical path. */
	readonly criticalTasks: number;
	/** Tasks that an agent does. */
	readonly agentTasks: number;
	readonly makespanMinutes: number;
	readonly withMarginMinutes: number;
	readonly marginPercent: number;
	readonly sequentialMinutes: number;
	readonly criticalMinutes: number;
	/** The longest chain with the order of sprints and gates, which a run keeps as well. */
	readonly runPathMinutes: number;
	readonly efficiency: number;
	readonly utilisation: number;
	readonly width: number;
	/** Places of the tasks of each layer in the plan's list. */
	readonly layers: readonly Int32Array[];
	readonly warnings: readonly ForecastWarning[];
}

export const waitCauses = [
	'predecessors',
	'barrier',
	'slot',
	'lock',
	'touches',
	'track',
	'turn',
] as const satisfies readonly WaitCause[];

export interface ForecastWarning {
	readonly message: string;
	/** An id, where it is about one task. */
	readonly task: string | null;
}

/** Makespan for 1, 2, 3 … agents, in minutes. */
export interface MakespanCurve {
	readonly minutes: readonly number[];
	/** The number of agents beyond which another one buys little. */
	readonly knee: number;
}

export type ForecastAnswer =
	| { readonly kind: 'forecast'; readonly generation: number; readonly forecast: Forecast }
	| { readonly kind: 'curve'; readonly generation: number; readonly curve: MakespanCurve }
	| { readonly kind: 'failed'; readonly generation: number; readonly message: string };

export type ForecastTask =
	| { readonly kind: 'plan'; readonly plan: RunPlan }
	| { readonly kind: 'changes'; readonly changes: PlanChanges }
	| { readonly kind: 'history'; readonly samples: readonly HistorySample[] }
	| { readonly kind: 'simulate'; readonly generation: number; readonly request: ForecastRequest };
