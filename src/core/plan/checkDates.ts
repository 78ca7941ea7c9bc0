import type { Located, Plan, Sprint } from './plan.ts';
import type { Problem } from './problem.ts';
import { makeProblem } from './sourceFile.ts';

/** Dates of sprints that cannot hold: an end before the start, a start before the end of a sprint that must come first (P5). */
export function checkDates(plan: Plan): Problem[] {
	const sprints = new Map(plan.sprints.map((sprint) => [sprint.id, sprint]));
	const lastOfTrack = new Map<number, Sprint>();
	const problems: Problem[] = [];
	for (const sprint of plan.sprints) {
		problems.push(...checkOwn(sprint));
		const before = sprint.track === undefined ? undefined : lastOfTrack.get(sprint.track);
		const needed = sprint.dependencies.flatMap(({ value }) => sprints.get(value) ?? []);
		for (const other of new Set([...needed, ...(before === undefined ? [] : [before])])) {
			problems.push(...checkOrder(sprint, other));
		}
		if (sprint.track !== undefined) {
			lastOfTrack.set(sprint.track, sprint);
		}
	}
	return problems;
}

function checkOwn({ id, startDate, endDate }: Sprint): Problem[] {
	if (startDate === undefined || endDate === undefined || !isBefore(endDate, startDate)) {
		return [];
	}
	const message = `\`${id}\` ends on ${endDate.value}, before it starts on ${startDate.value}.`;
	const related = [{ range: startDate.range, message: 'It starts here' }];
	return [makeProblem('SY328', endDate.range, message, { related })];
}

function checkOrder({ id, startDate }: Sprint, other: Sprint): Problem[] {
	const { endDate } = other;
	if (startDate === undefined || endDate === undefined || !isBefore(startDate, endDate)) {
		return [];
	}
	const message = `\`${id}\` starts on ${startDate.value}, and \`${other.id}\`, which must be completed first, ends on ${endDate.value}.`;
	const related = [{ range: endDate.range, message: `\`${other.id}\` ends here` }];
	return [makeProblem('SY328', startDate.range, message, { related })];
}

/** Dates as `YYYY-MM-DD`, perhaps with a time; others are not compared. */
function isBefore(a: Located<string>, b: Located<string>): boolean {
	const [first, second] = [a, b].map(({ value }) => /^\d{4}-\d{2}-\d{2}/.exec(value)?.[0]);
	return first !== undefined && second !== undefined && first < second;
}
