import type { Target } from './drawing.ts';
import type { GraphState } from './graphState.ts';
import { isActive } from './taskLook.ts';

/** The ways to run something, as actions of the host. */
export type RunAction = 'runTask' | 'runSprint' | 'retryTask';

/** What "run" means for a target now: run it, try it again, or nothing because it is at work or done with. */
export function runActionOf(state: GraphState, target: Target): RunAction | null {
	if (target.kind === 'sprint') {
		return 'runSprint';
	}
	const look = state.tallies?.looks.get(target.id);
	if (look === undefined || isActive(look) || look === 'completed') {
		return null;
	}
	return look === 'failed' || look === 'needsYou' ? 'retryTask' : 'runTask';
}
