import type { PlanningTask } from './planningTask.ts';

/** What a track is about, known from the tasks that are on it. */
export interface TrackTopic {
	readonly minutes: number;
	readonly tasks: readonly PlanningTask[];
}

/** Words that say what is done and not what it is about. */
const commonWords = new Set([
	'and',
	'the',
	'for',
	'with',
	'add',
	'new',
	'set',
	'setup',
	'implement',
	'create',
	'build',
]);

/**
 * The tracks of a task's topic (P3: type, then name): those that spend most time on its type, of them those whose names
 * share most of its words; those that share most words where no track has its type. Empty when nothing is shared.
 */
export function tracksOfTopic(task: PlanningTask, tracks: readonly TrackTopic[]): number[] {
	const byType = task.type === '' ? [] : strongest(tracks.map((track) => minutesOfType(track, task.type)));
	const among = byType.length > 0 ? byType : [...tracks.keys()];
	const words = wordsOf(task.name);
	const shared = among.map((track) => sharedWords(words, tracks[track]));
	const byName = strongest(shared).flatMap((index) => among[index] ?? []);
	return byName.length > 0 ? byName : byType;
}

/** The type that takes most of some tasks' time; empty when none of them has one. */
export function mainType(tasks: readonly PlanningTask[]): string {
	const minutes = new Map<string, number>();
	for (const task of tasks) {
		if (task.type !== '') {
			minutes.set(task.type, (minutes.get(task.type) ?? 0) + task.minutes);
		}
	}
	const most = Math.max(0, ...minutes.values());
	return [...minutes].find(([, sum]) => sum === most)?.[0] ?? '';
}

/** Indices of the largest values, when they are more than nothing. */
function strongest(values: readonly number[]): number[] {
	const most = values.reduce((a, b) => Math.max(a, b), 0);
	return most > 0 ? [...values.keys()].filter((index) => values[index] === most) : [];
}

function minutesOfType({ tasks }: TrackTopic, type: string): number {
	return tasks.reduce((sum, task) => sum + (task.type === type ? task.minutes : 0), 0);
}

function sharedWords(words: ReadonlySet<string>, track: TrackTopic | undefined): number {
	const known = new Set(track?.tasks.flatMap(({ name }) => [...wordsOf(name)]));
	return [...words].filter((word) => known.has(word)).length;
}

function wordsOf(name: string): Set<string> {
	const words = name.toLowerCase().match(/\p{L}{2,}/gu) ?? [];
	return new Set(words.filter((word) => !commonWords.has(word)));
}
