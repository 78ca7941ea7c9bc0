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

/** What one task of an agent will cost: quartiles and median of finished ones like it, in US dollars. */
export interface TaskCost {
	readonly id: string;
	readonly lowerUsd: number;
	readonly likelyUsd: number;
	readonly upperUsd: number;
}

/** What finished tasks like them reported, for those tasks of agents about whose cost anything is known. */
export function taskCosts(tasks: readonly RunTask[], history: History): TaskCost[] {
	return tasks.flatMap((task) => {
		if (task.work.kind !== 'agent') {
			return [];
		}
		const group = history.nearest({ type: task.type, agent: agentOf(task), tier: tierOf(task) }, 1);
		const cost = group?.costUsd ?? null;
		const { id } = task;
		return cost === null ? [] : [{ id, lowerUsd: cost.lower, likelyUsd: cost.median, upperUsd: cost.upper }];
	});
}

/** The cost range of some tasks; commands cost nothing. Null where none is known. */
export function costRange(tasks: readonly RunTask[], costs: readonly TaskCost[]): CostRange | null {
	const agents = new Set(tasks.flatMap(({ id, work }) => (work.kind === 'agent' ? [id] : [])));
	const known = costs.filter(({ id }) => agents.has(id));
	const sum = (of: (cost: TaskCost) => number) => known.reduce((total, cost) => total + of(cost), 0);
	return known.length === 0
		? null
		: {
				lowerUsd: sum(({ lowerUsd }) => lowerUsd),
				likelyUsd: sum(({ likelyUsd }) => likelyUsd),
				upperUsd: sum(({ upperUsd }) => upperUsd),
				known: known.length,
				unknown: agents.size - known.length,
			};
}
