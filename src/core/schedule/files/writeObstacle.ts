import type { Problem } from '../../plan/problem.ts';
import type { TrackPlan } from '../trackPlan.ts';

/** Faults of sprints, which planning writes anew: a task or sprint that does not exist, an order that cannot be. */
const repairable: ReadonlySet<string> = new Set(['SY306', 'SY310', 'SY311', 'SY312', 'SY313', 'SY333']);

/** Why tracks cannot be written into a plan: a circle of tasks, or the first error that planning does not repair. */
export type WriteObstacle =
	| { readonly kind: 'cycle'; readonly tasks: readonly string[] }
	| { readonly kind: 'problem'; readonly problem: Problem };

/** Null where nothing is in the way. */
export function writeObstacle(problems: readonly Problem[], trackPlan: TrackPlan): WriteObstacle | null {
	const cycle = trackPlan.cycles[0];
	if (cycle !== undefined) {
		return { kind: 'cycle', tasks: cycle };
	}
	const problem = problems.find(({ severity, code }) => severity === 'error' && !repairable.has(code));
	return problem === undefined ? null : { kind: 'problem', problem };
}
