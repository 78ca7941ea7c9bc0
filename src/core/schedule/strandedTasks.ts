import type { RunPlan } from '../run/runPlan.ts';
import { ScheduleTable } from './scheduleTable.ts';
import { simulate } from './simulate.ts';

/**
 * Ids of tasks and units of gates that no run of this plan could ever start (P7): dependencies, the order of sprints,
 * batches and gates wait for each other in a circle somewhere before them. Found by running it on a virtual clock, so that
 * nothing which keeps tasks apart can be forgotten. About as long as one forecast.
 */
export function strandedTasks(plan: RunPlan): readonly string[] {
	return simulate(new ScheduleTable(plan), plan.jobs).stranded;
}
