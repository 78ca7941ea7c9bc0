import type { PlanFile } from '../plan.ts';
import type { Problem } from '../problem.ts';
import { isCompletedWord } from './completedWords.ts';
import type { ForeignFormat } from './foreignPlan.ts';
import { readForeign } from './readForeign.ts';
import type { Repair } from './repairForeign.ts';
import { repairForeign } from './repairForeign.ts';
import { toPlanYaml } from './toPlanYaml.ts';

/** What an import would write, and what a person should know about it. */
export interface ImportPreview {
	readonly format: ForeignFormat;
	readonly yaml: string;
	readonly tasks: number;
	readonly dependencies: number;
	readonly sprints: number;
	/** Ids of tasks that the other tool calls finished. */
	readonly completed: readonly string[];
	readonly repairs: readonly Repair[];
	readonly problems: readonly Problem[];
}

/** Converts the files of another tool's plan into the text of a one-file plan. Never throws. */
export function importPlan(format: ForeignFormat, files: readonly PlanFile[]): ImportPreview {
	const read = readForeign(format, files);
	const repaired = repairForeign(read);
	const { tasks, groups } = repaired.plan;
	return {
		format,
		yaml: toPlanYaml(repaired),
		tasks: tasks.length,
		dependencies: tasks.reduce((sum, task) => sum + task.dependencies.length, 0),
		sprints: groups.filter((group) => group.tasks.length > 0).length,
		completed: tasks.filter(({ status }) => isCompletedWord(status)).map(({ id }) => id),
		repairs: repaired.repairs,
		problems: read.problems,
	};
}
