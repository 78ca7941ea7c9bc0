import type { Drawing } from './drawing.ts';
import { cardFor } from './drawing.ts';
import type { GraphState } from './graphState.ts';
import type { PlanIndex } from './planIndex.ts';

/** The tasks that search and filter ask for, in plan order; null when neither is used. */
export function findTasks(
	state: Pick<GraphState, 'query' | 'filter' | 'tallies'>,
	index: PlanIndex,
): string[] | null {
	const words = state.query.trim().toLowerCase().split(/\s+/).filter(Boolean);
	if (words.length === 0 && state.filter.size === 0) {
		return null;
	}
	return index.plan.tasks
		.filter(({ id, name }) => {
			const text = `${id} ${name}`.toLowerCase();
			const look = state.tallies?.looks.get(id) ?? 'pending';
			return (
				words.every((word) => text.includes(word)) && (state.filter.size === 0 || state.filter.has(look))
			);
		})
		.map(({ id }) => id);
}

/** The cards that show found tasks, with how many each shows. */
export function cardsOf(tasks: readonly string[], drawing: Drawing, index: PlanIndex): Map<number, number> {
	const cards = new Map<number, number>();
	for (const id of tasks) {
		const card = cardFor(drawing, { kind: 'task', id }, index.sprintOf);
		if (card !== -1) {
			cards.set(card, (cards.get(card) ?? 0) + 1);
		}
	}
	return cards;
}
