import { checkCycles } from './checkCycles.ts';
import { checkDates } from './checkDates.ts';
import { checkFigures } from './checkFigures.ts';
import { checkGates } from './checkGates.ts';
import { checkIds } from './checkIds.ts';
import { checkMembership } from './checkMembership.ts';
import { checkLaterSprints, checkNumbers } from './checkOrder.ts';
import { checkPersonas } from './checkPersonas.ts';
import { checkDependencies, checkSprintReferences, maxSuggestions } from './checkReferences.ts';
import { checkSummaries } from './checkSummaries.ts';
import { checkPrompts, checkState } from './checkSurroundings.ts';
import { checkSilentAgents, checkTouches } from './checkTouches.ts';
import { checkIdle, checkPlanAgents, checkTaskAgents, sayAllIdle } from './checkWork.ts';
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
	/** The numbers of the tasks that say which files they change. */
	readonly touching: () => readonly number[];
}

/**
 * Something that an edit can change: a field of a task (`id` stands for tasks that come, go or change places as well),
 * anything that a sprint says besides its name and goal, or whether all files could be read.
 */
export type Fact = keyof Task | 'sprints' | 'complete';

/** A check of the plan, or of each of its tasks. */
export type PlanCheck = WholeCheck | TaskCheck;

/** A check of the whole plan. */
export interface WholeCheck {
	readonly kind: 'plan';
	/**
	 * All that its outcome depends on, besides places: while none of this changes it is not done again. What is missing
	 * here is a fault that the fuzz test of live plans finds.
	 */
	readonly reads: readonly Fact[];
	run(input: CheckInput): readonly Problem[];
}

/** A check that looks at every task by itself: after an edit of one task the others are not looked at again. */
export interface TaskCheck {
	readonly kind: 'task';
	/** What it depends on besides the task: when some of this changes, all tasks are looked at. */
	readonly reads: readonly Fact[];
	/** The fields of the task that it looks at. */
	readonly ofTask: readonly (keyof Task)[];
	/** Where it finds more than this, what it says of one task depends on the others, and all are looked at every time. */
	readonly most?: number;
	/** What looks at one task. Quick: what it needs of the plan is made when it is needed. */
	begin(input: CheckInput): (task: Task) => readonly Problem[];
	/** What is said in the place of all that was found, by number of task; without it, all of it. */
	conclude?(found: ReadonlyMap<number, readonly Problem[]>, plan: Plan): readonly Problem[] | null;
}

/** The checks in the order in which their problems are told where they meet at one place. */
export const planChecks: readonly PlanCheck[] = [
	{ kind: 'plan', reads: ['id', 'sprints'], run: ({ parts }) => checkIds(parts) },
	{
		kind: 'task',
		reads: ['id', 'complete'],
		ofTask: ['dependencies'],
		most: maxSuggestions,
		begin: ({ parts, ids }) => checkDependencies(parts, ids),
	},
	{
		kind: 'plan',
		reads: ['id', 'sprints', 'complete'],
		run: ({ plan, parts, ids }) => checkSprintReferences(plan, parts, ids),
	},
	{ kind: 'plan', reads: ['id', 'sprints'], run: ({ plan }) => checkMembership(plan) },
	{
		kind: 'plan',
		reads: ['id', 'dependencies', 'sprints'],
		run: ({ plan, order }) => checkCycles(plan, order()),
	},
	{ kind: 'plan', reads: ['sprints'], run: ({ plan }) => checkNumbers(plan.sprints) },
	{
		kind: 'task',
		reads: ['id', 'sprints'],
		ofTask: ['dependencies'],
		begin: ({ plan, ids }) => checkLaterSprints(plan, ids),
	},
	{
		kind: 'plan',
		reads: ['id', 'dependencies', 'estimateMinutes', 'sprints'],
		run: ({ plan }) => checkFigures(plan),
	},
	{
		kind: 'plan',
		reads: ['id', 'dependencies', 'touches', 'sprints'],
		run: ({ plan, order, touching }) => checkTouches(plan, order, touching()),
	},
	{
		kind: 'task',
		reads: ['id', 'touches'],
		ofTask: ['agent', 'run', 'steps', 'touches'],
		begin: ({ plan, touching }) => checkSilentAgents(plan, touching),
	},
	{ kind: 'plan', reads: [], run: ({ plan, parts, options }) => checkPlanAgents(plan, parts, options) },
	{
		kind: 'task',
		reads: [],
		ofTask: ['id', 'agent', 'run', 'steps', 'verify'],
		begin: ({ plan, parts, options }) => checkTaskAgents(plan, parts, options),
	},
	{
		kind: 'task',
		// Whether all tasks are meant depends on how many there are.
		reads: ['id'],
		ofTask: ['agent', 'run', 'steps', 'type'],
		begin: ({ plan }) => checkIdle(plan),
		conclude: sayAllIdle,
	},
	{ kind: 'plan', reads: ['id', 'sprints'], run: ({ plan }) => checkGates(plan) },
	{ kind: 'plan', reads: ['id', 'complete'], run: ({ plan, parts }) => checkState(plan, parts) },
	{
		kind: 'plan',
		reads: ['id', 'dependencies', 'estimateMinutes', 'sprints'],
		run: ({ plan, parts }) => checkSummaries(plan, parts),
	},
	{ kind: 'plan', reads: ['sprints'], run: ({ plan }) => checkDates(plan) },
	{ kind: 'plan', reads: ['id', 'persona'], run: ({ plan }) => checkPersonas(plan) },
	{
		kind: 'task',
		reads: ['id', 'produces'],
		ofTask: ['prompt'],
		begin: ({ plan, options }) => checkPrompts(plan, options.hasFile),
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
