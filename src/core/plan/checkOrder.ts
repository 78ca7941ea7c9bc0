import type { IdIndex } from './idIndex.ts';
import type { Plan, Sprint, Task } from './plan.ts';
import type { Problem } from './problem.ts';
import { makeProblem } from './sourceFile.ts';

/** What is odd although it can be carried out: two sprints of a track with one number. Only their ids say which of them comes first. */
export function checkNumbers(sprints: readonly Sprint[]): Problem[] {
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

/** A task that needs one of a later sprint of another track holds its whole sprint up. Looks at one task after another. */
export function checkLaterSprints(
	{ sprints }: Plan,
	ids: IdIndex,
): (task: Pick<Task, 'id' | 'dependencies'>) => readonly Problem[] {
	if (new Set(sprints.map(({ track }) => track)).size < 2) {
		return () => [];
	}
	const sprintOf = (task: string) => sprints[ids.sprintsOfTasks.get(task) ?? -1];
	return (task) => {
		const own = sprintOf(task.id);
		return own === undefined
			? []
			: task.dependencies.flatMap(({ value, range }) => {
					const other = sprintOf(value);
					if (other === undefined || !isLater(other, own)) {
						return [];
					}
					const message = `\`${task.id}\` is in sprint ${own.number} of track ${own.track} and needs \`${value}\` of sprint ${other.number} of track ${other.track}: it waits until that track has come so far. Move one of the two if that is not meant.`;
					const related = [{ range: other.idRange, message: `\`${value}\` is in \`${other.id}\`` }];
					return [makeProblem('SY321', range, message, { related, data: { id: value, task: task.id } })];
				});
	};
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
