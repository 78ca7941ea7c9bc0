import { LiveOrder } from '../graph/liveOrder.ts';
import type { IdIndex } from './idIndex.ts';
import type { Plan, Task } from './plan.ts';
import { sprintsByTrack } from './sprintsByTrack.ts';

/** Edges that may be looked at in all questions together, for each node and edge of the plan: keeps them linear. */
const effort = 20;

/** Which tasks of a plan have an order among them: by their dependencies, their sprints and their tracks (G2). */
export class TaskOrder {
	readonly #order: LiveOrder;
	/** Behind the tasks, the nodes of sprints. */
	readonly #tasks: number;
	#left: number;

	private constructor(order: LiveOrder, tasks: number) {
		this.#order = order;
		this.#tasks = tasks;
		this.#left = effort * (order.needs.size + 1 + order.needs.count);
	}

	/** Null for a plan with a circle, in which nothing has a place; a task that needs itself is one. */
	static of(plan: Plan, ids: IdIndex): TaskOrder | null {
		const edges = edgesOf(plan, ids);
		const size = plan.tasks.length + 2 * plan.sprints.length;
		const order = LiveOrder.of(size, edges.from, edges.to);
		return order === null ? null : new TaskOrder(order, plan.tasks.length);
	}

	/** Steps before each task, by its number; of two tasks in order the later one has more. */
	get levels(): Int32Array {
		return this.#order.levels;
	}

	/** Gives a task other dependencies. False when that closes a circle: then this order is none any more. */
	setDependencies(number: number, { dependencies }: Task, ids: IdIndex): boolean {
		const sprints = this.#order.needs.of(number).filter((node) => node >= this.#tasks);
		const needs = dependencies.flatMap(({ value }) => ids.tasks.get(value) ?? []);
		return this.#order.setNeeds(number, [...needs, ...sprints]);
	}

	/** The same order for somebody who has not asked anything yet. */
	anew(): TaskOrder {
		return new TaskOrder(this.#order, this.#tasks);
	}

	/** True when two tasks, by number, surely have no order. False also when it would take too long to find out. */
	isFree(a: number, b: number): boolean {
		const { levels, needs } = this.#order;
		const level = (node: number) => levels[node] ?? 0;
		const [early, late] = level(a) < level(b) ? [a, b] : [b, a];
		const seen = new Set([late]);
		let isFound = false;
		for (const node of seen) {
			needs.each(node, (next) => {
				this.#left--;
				isFound ||= next === early || this.#left < 0;
				// Nothing at or below the level of the early one can lead to it.
				if (level(next) > level(early)) {
					seen.add(next);
				}
			});
			if (isFound) {
				return false;
			}
		}
		return true;
	}
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
