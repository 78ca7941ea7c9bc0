import type { Graph } from '../../core/graph/buildGraph.ts';
import { at, buildGraph } from '../../core/graph/buildGraph.ts';
import { criticalPath } from '../../core/graph/criticalPath.ts';
import { LiveOrder } from '../../core/graph/liveOrder.ts';
import { LivePaths } from '../../core/graph/livePaths.ts';
import { orderNodes } from '../../core/graph/orderNodes.ts';
import { descendants } from '../../core/graph/reach.ts';
import type { Replaced } from '../../core/plan/partChanges.ts';
import type { Task } from '../../core/plan/plan.ts';

/** The order of the tasks of a plan by their dependencies alone. Nodes are the numbers of tasks. */
export interface PlanOrder {
	/** Counted from 0. */
	layerOf(node: number): number;
	/** Minutes that a node may be late without moving the end. */
	slackOf(node: number): number;
	isOnCycle(node: number): boolean;
	/** What names a node as a dependency, in order of the plan. */
	waitersOf(node: number): readonly number[];
	/** What waits for a node, directly or not. */
	allWaitersOf(node: number): readonly number[];
	/** This order after some tasks were read anew, none of which has another id; null where it must be made again. */
	next(changes: readonly Change[]): PlanOrder | null;
}

/** A task that was read anew, by its number. */
export type Change = Pick<Replaced<Task>, 'now' | 'fields'> & { readonly number: number };

/** Orders tasks. Linear. `numberOf` has the number of each id. */
export function orderOf(tasks: readonly Task[], numberOf: ReadonlyMap<string, number>): PlanOrder {
	const from: number[] = [];
	const to: number[] = [];
	for (const [number, task] of tasks.entries()) {
		for (const need of needsOf(task, number, numberOf)) {
			from.push(number);
			to.push(need);
		}
	}
	const order = LiveOrder.of(tasks.length, from, to);
	return order === null ? new OrderAroundCycles(tasks) : new OrderWithoutCycles(order, tasks, numberOf);
}

/** The tasks that one waits for, each once; ids that nobody has and its own are left out. */
function needsOf({ dependencies }: Task, number: number, numberOf: ReadonlyMap<string, number>): number[] {
	const found: number[] = [];
	for (const { value } of dependencies) {
		const need = numberOf.get(value);
		if (need !== undefined && need !== number && !found.includes(need)) {
			found.push(need);
		}
	}
	return found;
}

class OrderWithoutCycles implements PlanOrder {
	readonly #order: LiveOrder;
	readonly #numberOf: ReadonlyMap<string, number>;
	readonly #weights: Float64Array;
	/** Null until somebody asks. */
	#paths: LivePaths | null = null;

	constructor(order: LiveOrder, tasks: readonly Task[], numberOf: ReadonlyMap<string, number>) {
		this.#order = order;
		this.#numberOf = numberOf;
		this.#weights = new Float64Array(tasks.length);
		for (const [number, { estimateMinutes = 0 }] of tasks.entries()) {
			this.#weights[number] = estimateMinutes;
		}
	}

	layerOf(node: number): number {
		return at(this.#order.levels, node);
	}

	slackOf(node: number): number {
		this.#paths ??= new LivePaths(this.#order, this.#weights);
		return this.#paths.slackOf(node);
	}

	isOnCycle(): boolean {
		return false;
	}

	waitersOf(node: number): readonly number[] {
		return [...this.#order.followers.of(node)].sort((a, b) => a - b);
	}

	allWaitersOf(node: number): readonly number[] {
		const { followers } = this.#order;
		const seen = new Uint8Array(followers.size);
		const found: number[] = [];
		const take = (next: number) => {
			if (seen[next] === 0) {
				seen[next] = 1;
				found.push(next);
			}
		};
		followers.each(node, take);
		for (let at = 0; at < found.length; at++) {
			followers.each(found[at] ?? 0, take);
		}
		return found;
	}

	next(changes: readonly Change[]): PlanOrder | null {
		for (const { number, now, fields } of changes) {
			if (fields.has('dependencies')) {
				const before = this.#order.needs.of(number);
				const needs = needsOf(now, number, this.#numberOf);
				if (!this.#order.setNeeds(number, needs)) {
					return null;
				}
				this.#paths?.touch(number, [...before, ...needs]);
			}
			if (fields.has('estimateMinutes')) {
				this.#weights[number] = now.estimateMinutes ?? 0;
				this.#paths?.touch(number, []);
			}
		}
		return this;
	}
}

/** The layers of a plan in which tasks wait for each other in a circle: the edges of circles are left out. */
class OrderAroundCycles implements PlanOrder {
	readonly #tasks: readonly Task[];
	readonly #graph: Graph;
	readonly #order;
	#slack: Float64Array | null = null;

	constructor(tasks: readonly Task[]) {
		this.#tasks = tasks;
		this.#graph = buildGraph(
			tasks.map(({ id }) => id),
			tasks.flatMap(({ id, dependencies }) => dependencies.map(({ value }) => [value, id] as const)),
		);
		this.#order = orderNodes(this.#graph);
	}

	layerOf(node: number): number {
		return at(this.#order.layer, node);
	}

	slackOf(node: number): number {
		this.#slack ??= criticalPath(
			this.#graph,
			this.#tasks.map(({ estimateMinutes = 0 }) => estimateMinutes),
			this.#order,
		).slack;
		return at(this.#slack, node);
	}

	isOnCycle(node: number): boolean {
		const { of, sizes } = this.#order.components;
		return at(sizes, at(of, node)) > 1;
	}

	waitersOf(node: number): readonly number[] {
		const { successorStart, successors } = this.#graph;
		return [...successors.subarray(at(successorStart, node), at(successorStart, node + 1))];
	}

	allWaitersOf(node: number): readonly number[] {
		return descendants(this.#graph, node);
	}

	next(changes: readonly Change[]): PlanOrder | null {
		const isSame = changes.every(
			({ fields }) => !fields.has('dependencies') && !fields.has('estimateMinutes'),
		);
		return isSame ? this : null;
	}
}
