import { rowsOf } from '../run/gateUnits.ts';
import type { RunPlan } from '../run/runPlan.ts';
import type { TaskCost } from './costRange.ts';
import { taskCosts } from './costRange.ts';
import type { TaskEstimate } from './estimateMissing.ts';
import { estimateMissing } from './estimateMissing.ts';
import type { History } from './history.ts';

/**
 * What a forecast rests on beside the plan itself, as plain data that can cross to another process: made where history can
 * be read, used where a run is simulated.
 */
export interface ForecastBasis {
	/** Tasks and steps of gates that state no estimate. */
	readonly estimates: readonly TaskEstimate[];
	/** Tasks of agents about whose cost something is known. */
	readonly costs: readonly TaskCost[];
}

/** What history and neighbours say about the tasks of a plan and the steps of its gates (P6). Linear in the plan. */
export function forecastBasis(plan: RunPlan, history: History): ForecastBasis {
	const rows = rowsOf(plan, []).filter(({ unit }) => unit?.role !== 'gate');
	return {
		estimates: estimateMissing(rows, history).filter(({ source }) => source !== 'stated'),
		costs: taskCosts(plan.tasks, history),
	};
}
