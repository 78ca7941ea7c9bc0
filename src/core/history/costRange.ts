import type { RunTask } from '../run/runPlan.ts';
import type { History } from './history.ts';
import { agentOf, tierOf } from './historySample.ts';

/** What a plan will cost, as far as history knows, in US dollars. */
export interface CostRange {
	/** Sums of first quartiles, medians and third quartiles. */
	readonly lowerUsd: number;
	readonly likelyUsd: number;
	readonly upperUsd: number;
	/** Tasks of agents that the figures speak of, and those about whose cost nothing is known. */
	readonly known: number;
	readonly unknown: number;
}

/** The cost range of tasks from what finished ones like them reported; commands cost nothing. Null where none is known. */
export function costRange(tasks: readonly RunTask[], history: History): CostRange | null {
	let [lowerUsd, likelyUsd, upperUsd, known, unknown] = [0, 0, 0, 0, 0];
	for (const task of tasks) {
		if (task.work.kind !== 'agent') {
			continue;
		}
		const group = history.nearest({ type: task.type, agent: agentOf(task), tier: tierOf(task) }, 1);
		const cost = group?.costUsd ?? null;
		if (cost === null) {
			unknown++;
			continue;
		}
		known++;
		lowerUsd += cost.lower;
		likelyUsd += cost.median;
		upperUsd += cost.upper;
	}
	return known === 0 ? null : { lowerUsd, likelyUsd, upperUsd, known, unknown };
}
