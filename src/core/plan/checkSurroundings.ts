import type { Plan, Task } from './plan.ts';
import type { Problem } from './problem.ts';
import type { PlanPart } from './readPart.ts';
import { makeProblem } from './sourceFile.ts';

/** More of them in one plan say nothing new. */
const maxProblems = 200;

/** Completed tasks of a state file that the plan no longer has. Silent while a file of the plan cannot be read. */
export function checkState(plan: Plan, parts: readonly PlanPart[]): Problem[] {
	if (parts.some((part) => part.kind !== 'state' && !part.complete)) {
		return [];
	}
	const ids = new Set(plan.tasks.map(({ id }) => id));
	return parts
		.flatMap(({ completed = [] }) => completed)
		.filter(({ value }) => !ids.has(value))
		.slice(0, maxProblems)
		.map(({ value, range }) => {
			const message = `The plan has no task \`${value}\`, which was completed once: it was removed or has another id now. A task under a new id runs anew.`;
			return makeProblem('SY325', range, message, { data: { id: value } });
		});
}

/** Files that `prompt` names and that are neither there nor produced by a task. Looks at one task after another. */
export function checkPrompts(
	{ tasks }: Pick<Plan, 'tasks'>,
	hasFile: ((path: string) => boolean) | undefined,
): (task: Task) => readonly Problem[] {
	let produced: ReadonlySet<string> | null = null;
	return ({ id, prompt, promptRange }) => {
		if (hasFile === undefined || prompt?.kind !== 'file' || promptRange === undefined) {
			return [];
		}
		produced ??= new Set(tasks.flatMap(({ produces }) => produces));
		if (produced.has(prompt.path) || hasFile(prompt.path)) {
			return [];
		}
		const message = `There is no file \`${prompt.path}\` below the root of the plan, so \`${id}\` would have nothing to tell its agent.`;
		return [makeProblem('SY324', promptRange, message, { data: { id, path: prompt.path } })];
	};
}
