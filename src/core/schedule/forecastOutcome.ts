import type { RunReport } from '../history/runReport.ts';
import type { RunPlan } from '../run/runPlan.ts';
import { PlanForecast } from './planForecast.ts';

/** What the plan alone forecast of a whole run, beside what it took. Times in minutes. */
export interface ForecastOutcome {
	readonly makespanMinutes: number;
	readonly withMarginMinutes: number;
	/** As long as anything ran: breaks are not part of it. */
	readonly actualMinutes: number;
	/** Actual by forecast. */
	readonly ratio: number;
}

/**
 * How the forecast of a run compares with what happened (P6). Null where there is nothing to compare: not all of the plan was
 * done here, or it states no estimate. History is left out of the forecast, because it would know this very run.
 */
export function forecastOutcome(plan: RunPlan, report: RunReport): ForecastOutcome | null {
	const isWhole =
		report.tasks.length > 0 && report.tasks.every(({ actualMinutes }) => actualMinutes !== null);
	if (!isWhole || report.tasks.every(({ estimateMinutes }) => estimateMinutes === null)) {
		return null;
	}
	const { makespanMinutes, withMarginMinutes } = new PlanForecast(plan).report();
	const actualMinutes = report.busyMinutes;
	return makespanMinutes === 0
		? null
		: { makespanMinutes, withMarginMinutes, actualMinutes, ratio: actualMinutes / makespanMinutes };
}
