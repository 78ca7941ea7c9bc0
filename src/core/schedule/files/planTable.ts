import type { Sprint } from '../../plan/plan.ts';
import type { PlannedSprint, PlannedTrack } from '../trackPlan.ts';

/** A sprint as it is written: with its place, and what a person called it before. */
export interface SprintRow {
	readonly id: string;
	readonly name: string;
	readonly track: number;
	readonly number: number;
	readonly minutes: number;
	readonly tasks: readonly string[];
	/** The sprint before it in its track. */
	readonly dependencies: readonly string[];
}

/** The sprints of all tracks in the order of their ids. */
export function sprintRows(tracks: readonly PlannedTrack[], existing: readonly Sprint[]): SprintRow[] {
	const names = new Map(existing.map(({ id, name }) => [id, name]));
	return tracks
		.flatMap((track) =>
			track.sprints.map(
				(sprint, index): SprintRow => ({
					id: sprint.id,
					name: nameOf(sprint, names.get(sprint.id)),
					track: track.number,
					number: index + 1,
					minutes: sprint.minutes,
					tasks: sprint.tasks,
					dependencies: track.sprints.slice(Math.max(0, index - 1), index).map(({ id }) => id),
				}),
			),
		)
		.sort((a, b) => (a.id < b.id ? -1 : 1));
}

function nameOf({ id, name }: PlannedSprint, known: string | undefined): string {
	return known === undefined || known === id ? name : known;
}

/** True when a sprint already says what would be written. */
export function isSameSprint(sprint: Sprint, row: SprintRow): boolean {
	const list = (items: readonly { readonly value: string }[]) => items.map(({ value }) => value).join('\n');
	const stated = sprint.estimateMinutes;
	return (
		sprint.track === row.track &&
		sprint.number === row.number &&
		(stated === undefined || Math.abs(stated - row.minutes) < 1) &&
		list(sprint.tasks) === row.tasks.join('\n') &&
		(sprint.dependencies.length === 0 || list(sprint.dependencies) === row.dependencies.join('\n'))
	);
}

/** Hours with at most two decimals. */
export function hoursOf(minutes: number): number {
	return Math.round((minutes / 60) * 100) / 100;
}
