import type { Plan, Sprint } from './plan.ts';
import type { Problem } from './problem.ts';
import { makeProblem } from './sourceFile.ts';

/** What is odd in the order of sprints although it can be carried out; what cannot is `checkCycles`' to report. */
export function checkOrder(plan: Plan): Problem[] {
	return [...checkNumbers(plan.sprints), ...checkLaterSprints(plan)];
}

/** Two sprints of a track with one number: only their ids say which of them comes first. */
function checkNumbers(sprints: readonly Sprint[]): Problem[] {
	const problems: Problem[] = [];
	const places = new Map<string, Sprint>();
	for (const sprint of sprints) {
		if (sprint.number === undefined || sprint.track === undefined) {
			continue;
		}
		const place = `${sprint.track} ${sprint.number}`;
		const first = places.get(place);
		if (first === undefined) {
			places.set(place, sprint);
		} else if (first.id !== sprint.id) {
			const message = `\`${first.id}\` and \`${sprint.id}\` are both number ${sprint.number} of track ${sprint.track}, so that their ids alone give the order. Number them one after another.`;
			const related = [{ range: first.idRange, message: `\`${first.id}\` has this number too` }];
			problems.push(makeProblem('SY322', sprint.idRange, message, { related }));
		}
	}
	return problems;
}

/** A task that needs one of a later sprint of another track holds its whole sprint up. */
function checkLaterSprints(plan: Plan): Problem[] {
	if (new Set(plan.sprints.map(({ track }) => track)).size < 2) {
		return [];
	}
	const sprints = new Map<string, Sprint>();
	for (const sprint of plan.sprints) {
		for (const { value } of sprint.tasks) {
			sprints.set(value, sprint);
		}
	}
	const problems: Problem[] = [];
	for (const task of plan.tasks) {
		const own = sprints.get(task.id);
		if (own === undefined) {
			continue;
		}
		for (const { value, range } of task.dependencies) {
			const other = sprints.get(value);
			if (other === undefined || !isLater(other, own)) {
				continue;
			}
			const message = `\`${task.id}\` is in sprint ${own.number} of track ${own.track} and needs \`${value}\` of sprint ${other.number} of track ${other.track}: it waits until that track has come so far. Move one of the two if that is not meant.`;
			const related = [{ range: other.idRange, message: `\`${value}\` is in \`${other.id}\`` }];
			problems.push(makeProblem('SY321', range, message, { related, data: { id: value } }));
		}
	}
	return problems;
}

function isLater(other: Sprint, own: Sprint): boolean {
	return (
		other.track !== undefined &&
		own.track !== undefined &&
		other.track !== own.track &&
		other.number !== undefined &&
		own.number !== undefined &&
		other.number > own.number
	);
}
