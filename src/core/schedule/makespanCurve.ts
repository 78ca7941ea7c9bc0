import { kneeOf } from '../graph/kneeOf.ts';
import type { CurvePoint } from './previewReport.ts';
import type { ScheduleTable } from './scheduleTable.ts';
import { makespanOf } from './simulate.ts';

/** The makespan for 1, 2, … agents, and how many are worth having. */
export interface MakespanCurve {
	/** Ends at the number that is never needed in full: more agents change nothing. */
	readonly points: readonly CurvePoint[];
	/** The least number with which a run takes hardly longer than with the best; 0 without tasks. */
	readonly knee: number;
}

const mostAgents = 64;

/**
 * How long the run takes with each number of agents. More agents may make it longer: with priorities and precedence,
 * list scheduling has that anomaly (Graham 1969), and the run would have it too.
 */
export function makespanCurve(table: ScheduleTable, upTo = mostAgents): MakespanCurve {
	const points: CurvePoint[] = [];
	for (let agents = 1; agents <= upTo && table.members.length > 0; agents++) {
		const { minutes, peak } = makespanOf(table, agents);
		points.push({ agents, makespanMinutes: minutes });
		if (peak < agents) {
			break;
		}
	}
	return { points, knee: kneeOf(points.map(({ makespanMinutes }) => makespanMinutes)) };
}
