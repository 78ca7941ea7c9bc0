import type { Plan } from '../plan/plan.ts';
import type { ConfiguredAgent } from './agentTable.ts';
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
 * the same, and come back as faults as well. The plan may have errors: an id that names no task holds nothing up, and of two
 * tasks with one id the last stands for both. It must never be run.
 */
export function toForecastPlan(
	plan: Plan,
	choice: RunChoice,
	agents: readonly ConfiguredAgent[] = [],
): { readonly runPlan: RunPlan; readonly faults: readonly RunPlanFault[] } {
	const known = withoutDangling(plan);
	const { runPlan, faults } = toRunPlan(known, { agents, choice });
	if (faults.length === 0) {
		return { runPlan, faults };
	}
	const idle = new Set(faults.map(({ task }) => task));
	const tasks = known.tasks.map((task) =>
		idle.has(task.id) ? { ...task, agent: { value: nobody, range: task.idRange } } : task,
	);
	const standIn = { name: nobody, argv: [], env: {} };
	return {
		runPlan: toRunPlan({ ...known, tasks }, { agents: [...agents, standIn], choice }).runPlan,
		faults,
	};
}

function withoutDangling(plan: Plan): Plan {
	const tasks = new Map(plan.tasks.map((task) => [task.id, task]));
	const sprints = new Set(plan.sprints.map(({ id }) => id));
	return {
		...plan,
		tasks: Array.from(tasks.values(), (task) => ({
			...task,
			dependencies: task.dependencies.filter(({ value }) => tasks.has(value) && value !== task.id),
		})),
		sprints: plan.sprints.map((sprint) => ({
			...sprint,
			dependencies: sprint.dependencies.filter(({ value }) => sprints.has(value) && value !== sprint.id),
		})),
	};
}
