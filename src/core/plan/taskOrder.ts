import type { IdIndex } from './idIndex.ts';
import type { Plan } from './plan.ts';
import { sprintsByTrack } from './sprintsByTrack.ts';

/** Edges that may be looked at in all questions together, for each node and edge of the plan: keeps them linear. */
const effort = 20;

/** Which tasks of a plan have an order among them: by their dependencies, their sprints and their tracks (G2). */
export class TaskOrder {
	/** Steps before each task, by its number; of two tasks in order the later one has more. */
	readonly levels: Int32Array;
	readonly #needs: Rows;
	#left: number;

	private constructor(needs: Rows, levels: Int32Array) {
		this.#needs = needs;
		this.levels = levels;
		this.#left = effort * (needs.start.length + needs.targets.length);
	}

	/** Null for a plan with a circle, in which nothing has a place; a task that needs itself is one. */
	static of(plan: Plan, ids: IdIndex): TaskOrder | null {
		const edges = edgesOf(plan, ids);
		const size = plan.tasks.length + 2 * plan.sprints.length;
		const needs = rowsOf(size, edges.from, edges.to);
		const levels = levelsOf(needs, rowsOf(size, edges.to, edges.from));
		return levels === null ? null : new TaskOrder(needs, levels);
	}

	/** The same order for somebody who has not asked anything yet. */
	anew(): TaskOrder {
		return new TaskOrder(this.#needs, this.levels);
	}

	/** True when two tasks, by number, surely have no order. False also when it would take too long to find out. */
	isFree(a: number, b: number): boolean {
		const { start, targets } = this.#needs;
		const [early, late] = this.#level(a) < this.#level(b) ? [a, b] : [b, a];
		const seen = new Set([late]);
		for (const node of seen) {
			for (let edge = start[node] ?? 0; edge < (start[node + 1] ?? 0); edge++) {
				const next = targets[edge] ?? 0;
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

/** Lists of numbers, one for each node: those of `n` are `targets[start[n] .. start[n + 1])`. */
interface Rows {
	readonly start: Int32Array;
	readonly targets: Int32Array;
}

/** What each task and sprint waits for, by number: tasks first, then for each sprint its opening and its end. */
function edgesOf({ tasks, sprints }: Plan, ids: IdIndex): { from: number[]; to: number[] } {
	const edges = { from: [] as number[], to: [] as number[] };
	const connect = (from: number | undefined, to: number | undefined) => {
		if (from !== undefined && to !== undefined) {
			edges.from.push(from);
			edges.to.push(to);
		}
	};
	const openingOf = (id: string) => {
		const number = ids.sprints.get(id);
		return number === undefined ? undefined : tasks.length + 2 * number;
	};
	const endOf = (id: string) => {
		const opening = openingOf(id);
		return opening === undefined ? undefined : opening + 1;
	};
	for (const [number, { dependencies }] of tasks.entries()) {
		for (const { value } of dependencies) {
			connect(number, ids.tasks.get(value));
		}
	}
	for (const { id, tasks: members, dependencies } of sprints) {
		connect(endOf(id), openingOf(id));
		for (const { value } of members) {
			connect(ids.tasks.get(value), openingOf(id));
			connect(endOf(id), ids.tasks.get(value));
		}
		for (const { value } of dependencies) {
			connect(openingOf(id), endOf(value));
		}
	}
	for (const track of sprintsByTrack(sprints)) {
		for (const [index, sprint] of track.entries()) {
			connect(openingOf(sprint.id), endOf(track[index - 1]?.id ?? ''));
		}
	}
	return edges;
}

/** Counting sort of edges by `from`. */
function rowsOf(size: number, from: readonly number[], to: readonly number[]): Rows {
	const start = new Int32Array(size + 1);
	for (const node of from) {
		start[node + 1] = (start[node + 1] ?? 0) + 1;
	}
	for (let node = 0; node < size; node++) {
		start[node + 1] = (start[node + 1] ?? 0) + (start[node] ?? 0);
	}
	const next = start.slice();
	const targets = new Int32Array(from.length);
	for (let edge = 0; edge < from.length; edge++) {
		const node = from[edge] ?? 0;
		const place = next[node] ?? 0;
		targets[place] = to[edge] ?? 0;
		next[node] = place + 1;
	}
	return { start, targets };
}

function levelsOf(needs: Rows, followers: Rows): Int32Array | null {
	const size = needs.start.length - 1;
	const waiting = Int32Array.from({ length: size }, (_, node) => countOf(needs, node));
	const levels = new Int32Array(size);
	const ready = new Int32Array(size);
	let found = 0;
	for (let node = 0; node < size; node++) {
		if (waiting[node] === 0) {
			ready[found++] = node;
		}
	}
	for (let at = 0; at < found; at++) {
		const node = ready[at] ?? 0;
		const first = followers.start[node] ?? 0;
		for (const next of followers.targets.subarray(first, first + countOf(followers, node))) {
			levels[next] = Math.max(levels[next] ?? 0, (levels[node] ?? 0) + 1);
			const left = (waiting[next] ?? 0) - 1;
			waiting[next] = left;
			if (left === 0) {
				ready[found++] = next;
			}
		}
	}
	return found === size ? levels : null;
}

function countOf({ start }: Rows, node: number): number {
	return (start[node + 1] ?? 0) - (start[node] ?? 0);
}
