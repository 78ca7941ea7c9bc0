import type { RunChoice } from '../../core/run/runPlan.ts';
import { isStrategy } from '../../core/run/strategies.ts';
import type { RunPreviewed } from '../../protocol/previewView.ts';

/** What a page chose for a run; a strategy that nobody knows is none. */
export function readRunChoice({ strategy, jobs }: Pick<RunPreviewed, 'strategy' | 'jobs'>): RunChoice {
	return {
		...(strategy !== null && isStrategy(strategy) && { strategy }),
		...(jobs !== null && Number.isInteger(jobs) && jobs > 0 && { agents: jobs }),
	};
}
