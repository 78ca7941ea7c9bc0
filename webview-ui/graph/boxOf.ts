import type { Box } from '../../src/core/graph/layoutTypes.ts';
import type { Target } from './drawing.ts';
import { cardFor } from './drawing.ts';
import type { GraphState } from './graphState.ts';

/** Where a target is drawn: its card, the frame of an expanded sprint, or the sprint a task is folded into. */
export function boxOf(state: GraphState, target: Target): Box | undefined {
	const { drawing, plan } = state;
	if (drawing === null || plan.kind !== 'shown') {
		return undefined;
	}
	const card = drawing.layout.nodes[cardFor(drawing, target, plan.index.sprintOf)];
	return (
		card ??
		(target.kind === 'sprint' ? drawing.layout.sprints[drawing.frameOf.get(target.id) ?? -1] : undefined)
	);
}
