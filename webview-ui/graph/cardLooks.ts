import type { Drawing } from './drawing.ts';
import type { Tallies } from './tally.ts';
import { groupLook } from './tally.ts';
import type { Look } from './taskLook.ts';

/** The look of every card of a drawing, by its index. */
export function cardLooks({ layout }: Drawing, tallies: Tallies | null): (card: number) => Look {
	return (card) => {
		const node = layout.nodes[card];
		if (node === undefined || tallies === null) {
			return 'pending';
		}
		if (node.kind === 'task') {
			return tallies.looks.get(node.id) ?? 'pending';
		}
		const tally = tallies.sprints.get(node.id);
		return tally === undefined ? 'pending' : groupLook(tally);
	};
}
