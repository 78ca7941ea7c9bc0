import type { PlanningTask } from './planningTask.ts';

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

/** What tracks are about, known from the tasks that are on them. */
export class TopicIndex {
	/** For each type the tracks that are mostly about it. */
	readonly #mainly = new Map<string, number[]>();
	/** For each type the tracks that have any of it. */
	readonly #partly = new Map<string, number[]>();
	/** For each word the tracks of whose names it is part. */
	readonly #byWord = new Map<string, Set<number>>();

	/** `tracks[n]` are the tasks of track n. */
	constructor(tracks: readonly (readonly PlanningTask[])[]) {
		for (const [track, tasks] of tracks.entries()) {
			enter(this.#mainly, mainType(tasks), track);
			for (const type of minutesByType(tasks).keys()) {
				enter(this.#partly, type, track);
			}
			for (const word of new Set(tasks.flatMap(({ name }) => [...wordsOf(name)]))) {
				const known = this.#byWord.get(word) ?? new Set();
				this.#byWord.set(word, known.add(track));
			}
		}
	}

	/**
	 * The tracks of a task's topic (P3: type, then name): those that are mostly about its type, else those that
	 * have any of it, and of them those whose names share most of its words; those that share most words where no track has
	 * its type. Empty when nothing is shared.
	 */
	tracksOf(task: PlanningTask): readonly number[] {
		const byType = task.type === '' ? [] : (this.#mainly.get(task.type) ?? this.#partly.get(task.type) ?? []);
		if (byType.length === 1) {
			return byType;
		}
		const among = new Set(byType);
		const shared = new Map<number, number>();
		for (const word of wordsOf(task.name)) {
			for (const track of this.#byWord.get(word) ?? []) {
				if (among.size === 0 || among.has(track)) {
					shared.set(track, (shared.get(track) ?? 0) + 1);
				}
			}
		}
		const most = [...shared.values()].reduce((a, b) => Math.max(a, b), 0);
		const byName = [...shared].filter(([, count]) => count === most).map(([track]) => track);
		return byName.length > 0 ? byName.sort((a, b) => a - b) : byType;
	}
}

function enter(index: Map<string, number[]>, key: string, track: number): void {
	const known = index.get(key);
	if (known === undefined) {
		index.set(key, [track]);
	} else {
		known.push(track);
	}
}

/** The type that takes most of some tasks' time; empty when none of them has one. */
export function mainType(tasks: readonly PlanningTask[]): string {
	const minutes = minutesByType(tasks);
	const most = Math.max(0, ...minutes.values());
	return [...minutes].find(([, sum]) => sum === most)?.[0] ?? '';
}

/** Minutes of each type; tasks without a type are left out. */
function minutesByType(tasks: readonly PlanningTask[]): Map<string, number> {
	const minutes = new Map<string, number>();
	for (const task of tasks) {
		if (task.type !== '') {
			minutes.set(task.type, (minutes.get(task.type) ?? 0) + task.minutes);
		}
	}
	return minutes;
}

function wordsOf(name: string): Set<string> {
	const words = name.toLowerCase().match(/\p{L}{2,}/gu) ?? [];
	return new Set(words.filter((word) => !commonWords.has(word)));
}
