import { at } from '../../src/core/graph/buildGraph.ts';
import type { GraphStrings } from '../../src/protocol/graphStrings.ts';
import { taskSentence } from './describe.ts';
import type { GraphState } from './graphState.ts';
import type { PlanIndex } from './planIndex.ts';

/** Ids of the tasks that wait for a task directly. */
export function dependentsOf({ graph }: PlanIndex, id: string): string[] {
	const n = graph.numberOf.get(id);
	if (n === undefined) {
		return [];
	}
	const waiting = graph.successors.subarray(at(graph.successorStart, n), at(graph.successorStart, n + 1));
	return Array.from(waiting, (other) => graph.ids[other] ?? '');
}

export interface SentenceOptions {
	readonly strings: GraphStrings;
	readonly state: GraphState;
	readonly index: PlanIndex;
	readonly id: string;
}

/** A task of the plan in words, for screen readers. */
export function sentenceOf({ strings, state, index, id }: SentenceOptions): string {
	const task = index.tasks.get(id);
	if (task === undefined) {
		return `${id} ${strings.unknownTask}`;
	}
	return taskSentence(strings, {
		task,
		look: state.tallies?.looks.get(id) ?? 'pending',
		status: state.statuses.get(id),
		dependents: dependentsOf(index, id),
	});
}
