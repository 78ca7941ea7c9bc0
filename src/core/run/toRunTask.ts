import type { Plan, Task } from '../plan/plan.ts';
import type { TaskWork } from './resolveWork.ts';
import type { RunTask } from './runPlan.ts';

/** The most iterations of an agent, whatever a plan says (T2). */
const mostIterations = 5;

/** A task with every default applied; `work` says who does it and who judges it. Its layer and stage follow later. */
export function toRunTask(
	plan: Plan,
	task: Task,
	context: {
		work: TaskWork;
		place: { id: string; track: number | null } | undefined;
		timeoutMinutes: number;
		iterations: number;
	},
): RunTask {
	const { header } = plan;
	const { place, work, timeoutMinutes } = context;
	const usesAgent = [work, ...(work.steps ?? [])].some((each) => each.work.kind === 'agent');
	const stallMinutes = task.stallMinutes ?? header.defaultStallMinutes ?? (usesAgent ? agentStallMinutes : 0);
	return {
		id: task.id,
		name: task.name,
		description: task.description ?? '',
		type: task.type ?? '',
		sprint: place?.id ?? null,
		track: place?.track ?? null,
		estimateMinutes: task.estimateMinutes ?? null,
		layer: 1,
		stage: null,
		dependencies: [...new Set(task.dependencies.map(({ value }) => value))],
		acceptanceCriteria: task.acceptanceCriteria,
		...work,
		...(task.approval !== undefined && { approval: task.approval }),
		...(stallMinutes > 0 && { stallMinutes }),
		produces: task.produces,
		touches: task.touches,
		locks: task.locks,
		priority: task.priority ?? 0,
		timeoutMinutes,
		maxAttempts: iterationsOf(plan, task, { usesAgent, byStrategy: context.iterations }),
		idempotent: task.idempotent,
		env: { ...header.defaultEnv, ...task.env },
		cwd: task.cwd ?? '.',
	};
}

/** An agent may think for long; one that neither prints nor computes for a quarter of an hour waits for something. */
const agentStallMinutes = 15;

/**
 * T2: of an agent the task's number, the plan's, then the strategy's, at most five. The same command again proves nothing,
 * so a command has one, and `retries` adds to it.
 */
function iterationsOf(
	{ header }: Plan,
	task: Task,
	{ usesAgent, byStrategy }: { usesAgent: boolean; byStrategy: number },
): number {
	const retries = task.retries ?? header.defaultRetries;
	if (!usesAgent) {
		return 1 + (retries ?? 0);
	}
	const fromRetries = retries === undefined ? undefined : 1 + retries;
	const own = task.iterations ?? (task.retries === undefined ? undefined : fromRetries);
	return Math.min(mostIterations, own ?? header.defaultIterations ?? fromRetries ?? byStrategy);
}

/** S1: the task's own minutes, the plan's, else the strategy's or twice the estimate, whichever is more. */
export function timeoutOf({ header }: Plan, task: Task, strategyMinutes: number): number {
	return (
		task.timeoutMinutes ??
		header.defaultTimeoutMinutes ??
		Math.max(strategyMinutes, 2 * (task.estimateMinutes ?? 0))
	);
}
