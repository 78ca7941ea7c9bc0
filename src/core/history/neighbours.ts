import type { RunTask } from '../run/runPlan.ts';
import type { Spread } from './spread.ts';
import { spreadOf } from './spread.ts';

/** Estimates of some neighbours, and which ones those are, in words. */
export interface NeighbourEstimate {
	readonly spread: Spread;
	readonly where: string;
}

/** What a neighbour is known by. */
export type Neighbour = Pick<RunTask, 'type' | 'sprint' | 'track' | 'estimateMinutes'>;

/** What the tasks of a plan that state an estimate say about those that do not. Linear in the plan. */
export class Neighbours {
	readonly #minutes = new Map<string, number[]>();
	readonly #spreads = new Map<string, Spread | null>();

	constructor(tasks: readonly Neighbour[]) {
		for (const task of tasks) {
			if (task.estimateMinutes !== null) {
				for (const key of [...typeKeys(task), ...placeKeys(task)].map(([name]) => name)) {
					const members = this.#minutes.get(key);
					if (members === undefined) {
						this.#minutes.set(key, [task.estimateMinutes]);
					} else {
						members.push(task.estimateMinutes);
					}
				}
			}
		}
	}

	/** Tasks of the same type: of its sprint, else of its track, else of the plan. */
	ofType(task: Neighbour): NeighbourEstimate | null {
		return task.type === '' ? null : this.#first(typeKeys(task));
	}

	/** Tasks of any type: of its sprint, else of its track, else of the plan. */
	nearby(task: Neighbour): NeighbourEstimate | null {
		return this.#first(placeKeys(task));
	}

	#first(keys: readonly Key[]): NeighbourEstimate | null {
		for (const [name, where] of keys) {
			const spread = this.#spreadOf(name);
			if (spread !== null) {
				return { spread, where };
			}
		}
		return null;
	}

	#spreadOf(name: string): Spread | null {
		let spread = this.#spreads.get(name);
		if (spread === undefined) {
			spread = spreadOf(this.#minutes.get(name) ?? []);
			this.#spreads.set(name, spread);
		}
		return spread;
	}
}

/** A key, and the tasks it stands for in words. */
type Key = readonly [name: string, where: string];

function typeKeys({ type, sprint, track }: Neighbour): Key[] {
	return [
		...(sprint === null ? [] : [key(['sprint', sprint, type], `${type} tasks of ${sprint}`)]),
		...(track === null ? [] : [key(['track', track, type], `${type} tasks of track ${track}`)]),
		key(['plan', type], `${type} tasks of the plan`),
	];
}

function placeKeys({ sprint, track }: Neighbour): Key[] {
	return [
		...(sprint === null ? [] : [key(['any', 'sprint', sprint], `tasks of ${sprint}`)]),
		...(track === null ? [] : [key(['any', 'track', track], `tasks of track ${track}`)]),
		key(['any'], 'tasks of the plan'),
	];
}

function key(parts: readonly (string | number)[], where: string): Key {
	return [JSON.stringify(parts), where];
}
