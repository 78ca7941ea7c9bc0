import type { Plan, Task } from './plan.ts';
import type { Problem } from './problem.ts';
import { makeProblem } from './sourceFile.ts';
import type { TaskOrder } from './taskOrder.ts';
import type { Touch } from './touchIndex.ts';
import { plainPattern, TouchIndex } from './touchIndex.ts';

/** More of them in one plan say nothing new. */
const maxProblems = 200;

/**
 * Tasks that may run at the same time and surely change a common file. Says nothing where that is in doubt, and takes time
 * nearly linear in the plan: it looks at the likeliest pairs, not at all.
 */
export function checkTouches(
	plan: Plan,
	orderOf: () => TaskOrder | null,
	touching: readonly number[],
): Problem[] {
	const order = touching.length > 1 && runsInParallel(plan) ? (orderOf()?.anew() ?? null) : null;
	if (order === null) {
		return [];
	}
	const touches = touchesOf(plan, order, touching);
	const index = new TouchIndex(touches);
	const tracks = strategyOf(plan) === 'tracks' ? trackOfTasks(plan) : null;
	const isParted = (a: number, b: number) => {
		const track = tracks?.[a];
		return (track !== undefined && track === tracks?.[b]) || !order.isFree(a, b);
	};
	const told = new Set<number>();
	const problems: Problem[] = [];
	for (const touch of touches) {
		if (problems.length >= maxProblems) {
			break;
		}
		const other = told.has(touch.task)
			? undefined
			: firstOf(index.overlapping(touch), ({ task }) => !told.has(task) && !isParted(touch.task, task));
		if (other !== undefined) {
			told.add(touch.task);
			problems.push(describe(plan, touch, other));
		}
	}
	return problems;
}

/**
 * S3: what claims nothing is kept apart from nobody. Said of agents alone, whose commands do not tell what they change, and only
 * where other tasks of the plan claim something: elsewhere nobody uses claims.
 */
export function checkSilentAgents(
	plan: Plan,
	touching: () => readonly number[],
): (task: Task) => readonly Problem[] {
	const isUsed = runsInParallel(plan) && touching().length > 0;
	const { defaultAgent, tiers } = plan.header;
	const usual = (defaultAgent ?? tiers?.T1?.agent)?.value ?? 'shell';
	return ({ id, idRange, agent, run, steps = [], touches }) => {
		const isAgent = run === undefined && (agent?.value ?? usual) !== 'shell';
		const isSilent = touches.length === 0 && steps.every((step) => step.touches.length === 0);
		if (!isUsed || !isAgent || !isSilent) {
			return [];
		}
		const message = `\`${id}\` does not say which files it changes, so nothing keeps it apart from tasks that change the same ones. List them under \`touches\`.`;
		return [makeProblem('SY329', idRange, message, { data: { id } })];
	};
}

function firstOf(touches: Iterable<Touch>, isWanted: (touch: Touch) => boolean): Touch | undefined {
	for (const touch of touches) {
		if (isWanted(touch)) {
			return touch;
		}
	}
	return undefined;
}

function describe(plan: Plan, touch: Touch, other: Touch): Problem {
	const one = plan.tasks[touch.task]?.id ?? '';
	const two = plan.tasks[other.task]?.id ?? '';
	const what =
		touch.pattern === other.pattern ? 'both change' : `\`${two}\` changes \`${other.pattern}\`, which meets`;
	const message = `\`${one}\` and \`${two}\` may run at the same time, and ${what} \`${touch.pattern}\`. Let one depend on the other, or part their files.`;
	const related = [{ range: other.range, message: `\`${two}\` changes \`${other.pattern}\`` }];
	return makeProblem('SY323', touch.range, message, { related, data: { tasks: [one, two] } });
}

/** The numbers of the tasks that say which files they change. */
export function touchingTasks({ tasks }: Pick<Plan, 'tasks'>): number[] {
	return tasks.flatMap(({ touches }, number) => (touches.length > 0 ? [number] : []));
}

function touchesOf(plan: Plan, order: TaskOrder, touching: readonly number[]): Touch[] {
	return touching.flatMap((task) => {
		const { touches = [], touchRanges = [] } = plan.tasks[task] ?? {};
		// What is taken out again by `!` cannot be compared without listing files.
		if (touches.some((pattern) => pattern.startsWith('!'))) {
			return [];
		}
		return touches.flatMap((pattern, index) => {
			const range = touchRanges[index];
			const level = order.levels[task] ?? 0;
			return range === undefined ? [] : [{ task, level, pattern: plainPattern(pattern), range }];
		});
	});
}

function runsInParallel(plan: Plan): boolean {
	return plan.header.jobs !== 1 && strategyOf(plan) !== 'sequential';
}

/** The strategy of a plan that names none is that of EXECUTION S1. */
function strategyOf({ header, tracks }: Plan): string {
	return header.strategy?.value ?? (tracks.length > 1 ? 'tracks' : 'hybrid');
}

/** The track of each task by its number. */
function trackOfTasks({ tasks, sprints }: Plan): readonly (number | undefined)[] {
	const found = new Map<string, number>();
	for (const { track, tasks: members } of sprints) {
		for (const { value } of members) {
			if (track !== undefined) {
				found.set(value, track);
			}
		}
	}
	return tasks.map(({ id }) => found.get(id));
}
