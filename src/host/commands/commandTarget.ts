import type { PlanModel } from '../plans/planModel.ts';
import { planKey } from '../plans/planModel.ts';

/** What a command acts on. Views, code lenses and the graph pass it as the command's argument. */
export interface CommandTarget {
	/** As made by `planKey`. */
	readonly plan: string;
	readonly task?: string;
	readonly sprint?: string;
	readonly track?: number;
}

/**
 * Reads a command's argument: a target, a tree element (which carries one as `target`), or an id as a string, for key
 * bindings. Null when it names nothing that exists here; commands then ask.
 */
export function readTarget(argument: unknown, plans: readonly PlanModel[]): CommandTarget | null {
	if (typeof argument === 'string') {
		return targetOfId(argument, plans);
	}
	if (!isRecord(argument)) {
		return null;
	}
	const { target } = argument;
	const { plan: key, task, sprint, track } = isRecord(target) ? target : argument;
	if (typeof key !== 'string' || !plans.some((plan) => planKey(plan.id) === key)) {
		return null;
	}
	return {
		plan: key,
		...(typeof task === 'string' && { task }),
		...(typeof sprint === 'string' && { sprint }),
		...(typeof track === 'number' && { track }),
	};
}

function targetOfId(id: string, plans: readonly PlanModel[]): CommandTarget | null {
	for (const plan of plans) {
		const key = planKey(plan.id);
		if (plan.tasks.has(id)) {
			return { plan: key, task: id };
		}
		if (plan.sprints.has(id)) {
			return { plan: key, sprint: id };
		}
		if (key === id) {
			return { plan: key };
		}
	}
	return null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}
