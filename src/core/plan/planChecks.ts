import { checkCycles } from './checkCycles.ts';
import { checkDates } from './checkDates.ts';
import { checkFigures } from './checkFigures.ts';
import { checkGates } from './checkGates.ts';
import { checkIds } from './checkIds.ts';
import { checkMembership } from './checkMembership.ts';
import { checkOrder } from './checkOrder.ts';
import { checkPersonas } from './checkPersonas.ts';
import { checkReferences } from './checkReferences.ts';
import { checkSummaries } from './checkSummaries.ts';
import { checkPrompts, checkState } from './checkSurroundings.ts';
import { checkTouches } from './checkTouches.ts';
import { checkWork } from './checkWork.ts';
import type { IdIndex } from './idIndex.ts';
import type { Plan, Task } from './plan.ts';
import type { Problem } from './problem.ts';
import type { PlanPart } from './readPart.ts';
import { makeProblem } from './sourceFile.ts';
import type { TaskOrder } from './taskOrder.ts';

/** What the text of a plan cannot say. */
export interface ReadOptions {
	/** Names of agents that the user's settings declare: no plan has to declare them again. */
	readonly agents?: readonly string[];
	/** Whether there is a file, by its path below the root; without it nobody looks. */
	readonly hasFile?: (path: string) => boolean;
}

/** What a check of the whole plan may look at. */
export interface CheckInput {
	readonly plan: Plan;
	readonly parts: readonly PlanPart[];
	readonly options: ReadOptions;
	readonly ids: IdIndex;
	/** The order of all tasks and sprints, made when it is first asked for; null where there is a circle. */
	readonly order: () => TaskOrder | null;
}

/**
 * Something that an edit can change: a field of a task (`id` stands for tasks that come, go or change places as well),
 * anything that a sprint says besides its name and goal, or whether all files could be read.
 */
export type Fact = keyof Task | 'sprints' | 'complete';

/** A check of the whole plan. */
export interface PlanCheck {
	/**
	 * All that its outcome depends on, besides places: while none of this changes it is not done again. What is missing
	 * here is a fault that the fuzz test of live plans finds.
	 */
	readonly reads: readonly Fact[];
	run(input: CheckInput): readonly Problem[];
}

/** The checks in the order in which their problems are told where they meet at one place. */
export const planChecks: readonly PlanCheck[] = [
	{ reads: ['id', 'sprints'], run: ({ parts }) => checkIds(parts) },
	{
		reads: ['id', 'dependencies', 'sprints', 'complete'],
		run: ({ plan, parts, ids }) => checkReferences(plan, parts, ids),
	},
	{ reads: ['id', 'sprints'], run: ({ plan }) => checkMembership(plan) },
	{ reads: ['id', 'dependencies', 'sprints'], run: ({ plan, order }) => checkCycles(plan, order()) },
	{ reads: ['id', 'dependencies', 'sprints'], run: ({ plan }) => checkOrder(plan) },
	{
		reads: ['id', 'dependencies', 'estimateMinutes', 'sprints'],
		run: ({ plan }) => checkFigures(plan),
	},
	{
		reads: ['id', 'dependencies', 'touches', 'sprints'],
		run: ({ plan, order }) => checkTouches(plan, order),
	},
	{
		reads: ['id', 'agent', 'run', 'steps', 'verify', 'type'],
		run: ({ plan, parts, options }) => checkWork(plan, parts, options.agents ?? []),
	},
	{ reads: ['id', 'sprints'], run: ({ plan }) => checkGates(plan) },
	{ reads: ['id', 'complete'], run: ({ plan, parts }) => checkState(plan, parts) },
	{
		reads: ['id', 'dependencies', 'estimateMinutes', 'sprints'],
		run: ({ plan, parts }) => checkSummaries(plan, parts),
	},
	{ reads: ['sprints'], run: ({ plan }) => checkDates(plan) },
	{ reads: ['id', 'persona'], run: ({ plan }) => checkPersonas(plan) },
	{
		reads: ['id', 'prompt', 'produces'],
		run: ({ plan, options }) => (options.hasFile ? checkPrompts(plan, options.hasFile) : []),
	},
];

/** What is said of a plan in which there is nothing at all. Looks at the problems of its files, so it is always done. */
export function checkEmpty({ plan, parts }: Pick<CheckInput, 'plan' | 'parts'>): Problem[] {
	const first = parts.find((part) => part.kind !== 'state' && part.kind !== 'summary');
	const isEmpty =
		plan.tasks.length === 0 && parts.every((part) => part.complete && part.problems.length === 0);
	if (first === undefined || !isEmpty) {
		return [];
	}
	const how =
		plan.form === 'folder'
			? 'Add files to docs/planning/tasks, one a task.'
			: 'Add `tasks:` with a list of tasks.';
	return [makeProblem('SY317', first.start, `This plan has no tasks yet. ${how}`)];
}
