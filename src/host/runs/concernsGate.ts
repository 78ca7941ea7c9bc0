import type { GateSummary } from '../../core/run/summariseGate.ts';
import type { RunScope } from './engineLauncher.ts';

/** Whether running a scope again would run this gate: a sprint that is done may still have a gate that did not pass. */
export function concernsGate(scope: RunScope, gate: Pick<GateSummary, 'sprint' | 'track'>): boolean {
	switch (scope.kind) {
		case 'all':
			return true;
		case 'track':
			return gate.track === scope.number;
		case 'sprint':
			return gate.sprint === scope.sprint;
		case 'resume':
		case 'task':
			return false;
	}
}
