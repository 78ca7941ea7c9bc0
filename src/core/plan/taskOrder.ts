import { sprintsByTrack } from './checkCycles.ts';
import type { Plan } from './plan.ts';

/** Edges that may be looked at in all questions together, for each node and edge of the plan: keeps them linear. */
const effort = 20;

/** Which tasks of a plan have an order among them: by their dependencies, their sprints and their tracks (G2). */
export class TaskOrder {
	/** Steps before each task, by its number; of two tasks in order the later one has more. */
	readonly levels: Int32Array;
	readonly #needs: readonly (readonly number[])[];
	#left: number;

	private constructor(needs: readonly (readonly number[])[], levels: Int32Array) {
		this.#needs = needs;
		this.levels = levels;
		this.#left = effort * needs.reduce((sum, list) => sum + list.length + 1, 0);
	}

	/** Null for a plan with a circle, in which nothing has a place. */
	static of(plan: Plan): TaskOrder | null {
		const needs = needsOf(plan);
		const levels = levelsOf(needs);
		return levels === null ? null : new TaskOrder(needs, levels);
	}

	/** True when two tasks, by number, surely have no order. False also when it would take too long to find out. */
	isFree(a: number, b: number): boolean {
		const [early, late] = this.#level(a) < this.#level(b) ? [a, b] : [b, a];
		const seen = new Set([late]);
		for (const node of seen) {
			for (const next of this.#needs[node] ?? []) {
				this.#left--;
				if (next === early || this.#left < 0) {
					return false;
				}
				// Nothing at or below the level of the early one can lead to it.
				if (this.#level(next) > this.#level(early)) {
					seen.add(next);
				}
			}
		}
		return true;
	}

	#level(node: number): number {
		return this.levels[node] ?? 0;
	}
}

/** What each task and sprint waits for, by number: tasks first, then for each sprint its opening and its end. */
function needsOf(plan: Plan): number[][] {
	const { tasks, sprints } = plan;
	const taskNumbers = new Map(tasks.map(({ id }, number) => [id, number]));
	const openings = new Map(sprints.map(({ id }, index) => [id, tasks.length + 2 * index]));
	const needs: number[][] = Array.from({ length: tasks.length + 2 * sprints.length }, () => []);
	const connect = (from: number | undefined, to: number | undefined) => {
		if (from !== undefined && to !== undefined) {
			needs[from]?.push(to);
		}
	};
	const endOf = (id: string) => {
		const opening = openings.get(id);
		return opening === undefined ? undefined : opening + 1;
	};
	for (const [number, { dependencies }] of tasks.entries()) {
		for (const { value } of dependencies) {
			connect(number, taskNumbers.get(value));
		}
	}
	for (const { id, tasks: members, dependencies } of sprints) {
		connect(endOf(id), openings.get(id));
		for (const { value } of members) {
			connect(taskNumbers.get(value), openings.get(id));
			connect(endOf(id), taskNumbers.get(value));
		}
		for (const { value } of dependencies) {
			connect(openings.get(id), endOf(value));
		}
	}
	for (const track of sprintsByTrack(sprints)) {
		for (const [index, sprint] of track.entries()) {
			connect(openings.get(sprint.id), endOf(track[index - 1]?.id ?? ''));
		}
	}
	return needs;
}

function levelsOf(needs: readonly (readonly number[])[]): Int32Array | null {
	const followers: number[][] = needs.map(() => []);
	for (const [node, list] of needs.entries()) {
		for (const needed of list) {
			followers[needed]?.push(node);
		}
	}
	const waiting = Int32Array.from(needs, (list) => list.length);
	const levels = new Int32Array(needs.length);
	const ready = [...needs.keys()].filter((node) => waiting[node] === 0);
	for (const node of ready) {
		for (const next of followers[node] ?? []) {
			levels[next] = Math.max(levels[next] ?? 0, (levels[node] ?? 0) + 1);
			waiting[next] = (waiting[next] ?? 0) - 1;
			if (waiting[next] === 0) {
				ready.push(next);
			}
		}
	}
	return ready.length === needs.length ? levels : null;
}
