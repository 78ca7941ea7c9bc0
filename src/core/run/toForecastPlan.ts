import type { Plan } from '../plan/plan.ts';
import type { ConfiguredAgent } from './resolveWork.ts';
import type { RunChoice, RunPlan, RunTask } from './runPlan.ts';
import type { RunPlanFault } from './toRunPlan.ts';
import { toRunPlan } from './toRunPlan.ts';

/** Stands for a worker that nobody has chosen; no plan can declare a name with a space. */
const nobody = 'nobody yet';

/** True for a task of a forecast whose worker is unknown. */
export function hasNoWorker({ work }: Pick<RunTask, 'work'>): boolean {
	return work.kind === 'agent' && work.agent === nobody;
}

/**
 * The run plan that a forecast looks at: tasks whose worker is unknown (T6) are part of it, because they take their time all
 * the same, and come back as faults as well. It must never be run.
 */
export function toForecastPlan(
	plan: Plan,
	choice: RunChoice,
	agents: readonly ConfiguredAgent[] = [],
): { readonly runPlan: RunPlan; readonly faults: readonly RunPlanFault[] } {
	const { runPlan, faults } = toRunPlan(plan, { agents, choice });
	if (faults.length === 0) {
		return { runPlan, faults };
	}
	const idle = new Set(faults.map(({ task }) => task));
	const tasks = plan.tasks.map((task) =>
		idle.has(task.id) ? { ...task, agent: { value: nobody, range: task.idRange } } : task,
	);
	const standIn = { name: nobody, argv: [], env: {} };
	return { runPlan: toRunPlan({ ...plan, tasks }, { agents: [...agents, standIn], choice }).runPlan, faults };
}
