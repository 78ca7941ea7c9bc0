import type { Secret } from '../../core/evidence/redact.ts';
import { findSecrets } from '../../core/evidence/redact.ts';
import type { AgentWork, RunTask } from '../../core/run/runPlan.ts';
import { chainOf } from '../../core/run/workOf.ts';

/** What the work of a task could print and nobody may read: the secrets of this process, looked for once, and its own. */
export class TaskSecrets {
	readonly #inherited = findSecrets(process.env);

	of(
		task: Pick<RunTask, 'env'> & Partial<Pick<RunTask, 'work' | 't2' | 'steps' | 'checks'>>,
	): readonly Secret[] {
		const own = [task.env, ...agentsOf(task).map(({ env }) => env)].flatMap(findSecrets);
		return own.length === 0 ? this.#inherited : [...this.#inherited, ...own];
	}
}

/** Everybody who may work on a task or judge it: what the plan gives them is given to their processes. */
function agentsOf({ work, t2, steps = [], checks = [] }: Partial<RunTask>): AgentWork[] {
	const works = [work, t2, ...steps.flatMap((step) => [step.work, step.t2])];
	const judges = [checks, ...steps.map((step) => step.checks)].flat();
	return [...works, ...judges.map((check) => (check.kind === 'agent' ? check.work : undefined))].flatMap(
		(each) => (each === undefined ? [] : chainOf(each)),
	);
}
