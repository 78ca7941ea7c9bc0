import type { Plan, SourceRange, Sprint, Task } from './plan.ts';
import type { Problem } from './problem.ts';
import { formatHours } from './readEstimate.ts';
import { makeProblem } from './sourceFile.ts';

/** Figures that somebody added up by hand and that do not hold (EXECUTION P5). A missing estimate makes a sum unknown. */
export function checkFigures(plan: Plan): Problem[] {
	const isStated =
		plan.sprints.some(({ estimateMinutes }) => estimateMinutes !== undefined) ||
		plan.tracks.some(({ estimate }) => estimate !== undefined);
	if (!isStated) {
		return [];
	}
	const tasks = new Map(plan.tasks.map((task) => [task.id, task]));
	const members = new Map(plan.sprints.map((sprint) => [sprint, membersOf(sprint, tasks)]));
	const problems: Problem[] = [];
	for (const [sprint, list] of members) {
		if (sprint.estimateMinutes !== undefined && sprint.estimateRange !== undefined && list !== null) {
			const stated = {
				what: `\`${sprint.id}\``,
				minutes: sprint.estimateMinutes,
				range: sprint.estimateRange,
			};
			problems.push(...compare(stated, list));
		}
	}
	const byTrack = new Map<number | undefined, (readonly Task[] | null)[]>();
	for (const [{ track }, list] of members) {
		const lists = byTrack.get(track) ?? [];
		lists.push(list);
		byTrack.set(track, lists);
	}
	for (const { number, name, estimate } of plan.tracks) {
		const lists = byTrack.get(number) ?? [];
		if (estimate !== undefined && lists.length > 0 && lists.every((list) => list !== null)) {
			const stated = { what: `The track ${name}`, minutes: estimate.value, range: estimate.range };
			problems.push(...compare(stated, [...new Set(lists.flat())]));
		}
	}
	return problems;
}

/** The tasks of a sprint, or null when one of them is unknown or has no estimate. */
function membersOf(sprint: Sprint, tasks: ReadonlyMap<string, Task>): Task[] | null {
	const found = new Set<Task>();
	for (const { value } of sprint.tasks) {
		const task = tasks.get(value);
		if (task?.estimateMinutes === undefined) {
			return null;
		}
		found.add(task);
	}
	return found.size === 0 ? null : [...found];
}

interface Stated {
	readonly what: string;
	readonly minutes: number;
	readonly range: SourceRange;
}

/** A figure may mean the sum of all tasks, or their longest chain where they run side by side. */
function compare({ what, minutes, range }: Stated, tasks: readonly Task[]): Problem[] {
	const sum = tasks.reduce((total, { estimateMinutes = 0 }) => total + estimateMinutes, 0);
	const chain = longestChain(tasks);
	if (chain === null || isSame(minutes, sum) || isSame(minutes, chain)) {
		return [];
	}
	const count = `${tasks.length} ${tasks.length === 1 ? 'task takes' : 'tasks take'}`;
	const longest = isSame(chain, sum) ? '' : `, and ${formatHours(chain)} along their longest chain`;
	const message = `${what} says ${formatHours(minutes)}, but its ${count} ${formatHours(sum)} together${longest}.`;
	const related = tasks.slice(0, 20).map(({ id, idRange, estimateMinutes = 0 }) => ({
		range: idRange,
		message: `${id} takes ${formatHours(estimateMinutes)}`,
	}));
	const data = { stated: String(minutes), sum: String(sum), chain: String(chain) };
	return [makeProblem('SY319', range, message, { related, data })];
}

/** Figures are rounded by people: a hundredth of an hour is no difference. */
function isSame(a: number, b: number): boolean {
	return Math.abs(a - b) < 1;
}

/** Minutes along the longest chain of dependencies among these tasks; null when they wait for each other in a circle. */
export function longestChain(tasks: readonly Task[]): number | null {
	const { waiting, followers } = linksAmong(tasks);
	const starts = new Map<string, number>();
	const ready = tasks.filter(({ id }) => waiting.get(id) === 0);
	let longest = 0;
	for (const task of ready) {
		const end = (starts.get(task.id) ?? 0) + (task.estimateMinutes ?? 0);
		longest = Math.max(longest, end);
		for (const next of followers.get(task.id) ?? []) {
			starts.set(next.id, Math.max(starts.get(next.id) ?? 0, end));
			const left = (waiting.get(next.id) ?? 0) - 1;
			waiting.set(next.id, left);
			if (left === 0) {
				ready.push(next);
			}
		}
	}
	return ready.length === tasks.length ? longest : null;
}

/** How many of these tasks each one waits for, and which ones wait for it. */
function linksAmong(tasks: readonly Task[]) {
	const waiting = new Map<string, number>();
	const followers = new Map<string, Task[]>(tasks.map(({ id }) => [id, []]));
	for (const task of tasks) {
		const needed = new Set(task.dependencies.map(({ value }) => value).filter((id) => followers.has(id)));
		waiting.set(task.id, needed.size);
		for (const id of needed) {
			followers.get(id)?.push(task);
		}
	}
	return { waiting, followers };
}
