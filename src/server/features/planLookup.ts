import { IdOccurrences } from '../../core/plan/idOccurrences.ts';
import type { PartChanges } from '../../core/plan/partChanges.ts';
import type { Plan, Sprint, Task } from '../../core/plan/plan.ts';
import type { Problem } from '../../core/plan/problem.ts';
import type { PlanPart } from '../../core/plan/readPart.ts';
import type { PlanOrder } from './planOrder.ts';
import { orderOf } from './planOrder.ts';

/** Where a task stands in the order of its plan. */
export interface Standing {
	/** Counted from 1; a task of layer 1 waits for nothing. */
	readonly layer: number;
	/** How many minutes it may be late without moving the end; null when the plan has no estimates. */
	readonly slackMinutes: number | null;
	readonly isOnCycle: boolean;
}

/** What is asked of one version of a plan. Each index is built when it is first needed, once, in linear time. */
export class PlanLookup {
	readonly plan: Plan;
	readonly parts: readonly PlanPart[];
	readonly problems: readonly Problem[];
	/** Names of agents that the settings declare. */
	readonly settingsAgents: readonly string[];
	#tasks: Map<string, Task> | null = null;
	#sprints: Map<string, Sprint> | null = null;
	#sprintOf: ReadonlyMap<string, Sprint> | null = null;
	#parts: Map<string, PlanPart> | null = null;
	#numbers: ReadonlyMap<string, number> | null = null;
	#order: PlanOrder | null = null;
	#ids: IdOccurrences | null = null;
	#hasEstimates: boolean | null = null;

	constructor(options: {
		readonly plan: Plan;
		readonly parts: readonly PlanPart[];
		readonly problems: readonly Problem[];
		readonly agents: readonly string[];
		/** The version before, where only some things were read anew: what it built goes on in this one. */
		readonly before?: { readonly lookup: PlanLookup; readonly changes: PartChanges } | null;
	}) {
		this.plan = options.plan;
		this.parts = options.parts;
		this.problems = options.problems;
		this.settingsAgents = options.agents;
		if (options.before != null) {
			this.#inherit(options.before.lookup, options.before.changes);
		}
	}

	get tasks(): ReadonlyMap<string, Task> {
		this.#tasks ??= new Map(this.plan.tasks.map((task) => [task.id, task]));
		return this.#tasks;
	}

	get sprints(): ReadonlyMap<string, Sprint> {
		this.#sprints ??= new Map(this.plan.sprints.map((sprint) => [sprint.id, sprint]));
		return this.#sprints;
	}

	/** Every place where an id is written. */
	get ids(): IdOccurrences {
		this.#ids ??= new IdOccurrences(this.parts);
		return this.#ids;
	}

	/** Names of all agents that a task may name. */
	get agents(): readonly string[] {
		return [...new Set(['shell', ...this.parts.flatMap((part) => part.agentNames), ...this.settingsAgents])];
	}

	get hasEstimates(): boolean {
		this.#hasEstimates ??= this.plan.tasks.some((task) => task.estimateMinutes !== undefined);
		return this.#hasEstimates;
	}

	part(uri: string): PlanPart | undefined {
		this.#parts ??= new Map(this.parts.map((part) => [part.uri, part]));
		return this.#parts.get(uri);
	}

	sprintOf(task: string): Sprint | undefined {
		this.#sprintOf ??= new Map(
			this.plan.sprints.flatMap((sprint) => sprint.tasks.map(({ value }) => [value, sprint] as const)),
		);
		return this.#sprintOf.get(task);
	}

	/** The number of a task: its place in the plan. */
	numberOf(task: string): number | undefined {
		return this.#numbered().get(task);
	}

	/** Ids of the tasks that name a task as a dependency. */
	waitersOf(task: string): string[] {
		const node = this.numberOf(task);
		return node === undefined ? [] : this.order.waitersOf(node).map((waiter) => this.#idOf(waiter));
	}

	/** The numbers of everything that waits for a task, directly or not. */
	allWaitersOf(task: string): readonly number[] {
		const node = this.numberOf(task);
		return node === undefined ? [] : this.order.allWaitersOf(node);
	}

	standingOf(task: string): Standing | null {
		const node = this.numberOf(task);
		const { order } = this;
		return node === undefined
			? null
			: {
					layer: order.layerOf(node) + 1,
					slackMinutes: this.hasEstimates ? Math.round(order.slackOf(node)) : null,
					isOnCycle: order.isOnCycle(node),
				};
	}

	/** The order of all tasks, by their numbers. */
	get order(): PlanOrder {
		this.#order ??= orderOf(this.plan.tasks, this.#numbered());
		return this.#order;
	}

	#numbered(): ReadonlyMap<string, number> {
		this.#numbers ??= new Map(this.plan.tasks.map(({ id }, number) => [id, number]));
		return this.#numbers;
	}

	#idOf(node: number): string {
		return this.plan.tasks[node]?.id ?? '';
	}

	/** Takes over what still holds. The version before is not asked any more. */
	#inherit(before: PlanLookup, changes: PartChanges): void {
		const { tasks, sprints, facts } = changes;
		const total = this.parts.reduce((sum, part) => sum + part.tasks.length, 0);
		// Of tasks with one id only the first counts, and what was read anew may be another of them.
		if (facts.has('id') || facts.has('sprints') || total !== this.plan.tasks.length) {
			return;
		}
		this.#tasks = before.#tasks;
		for (const { now } of tasks) {
			this.#tasks?.set(now.id, now);
		}
		if (sprints.length === 0) {
			this.#sprints = before.#sprints;
			this.#sprintOf = before.#sprintOf;
		}
		this.#hasEstimates = facts.has('estimateMinutes') ? null : before.#hasEstimates;
		this.#numbers = before.#numbers;
		this.#order = this.#nextOrder(before.#order, tasks);
		this.#parts = before.#parts;
		for (const [index, part] of this.#parts === null ? [] : this.parts.entries()) {
			if (part !== before.parts[index]) {
				this.#parts?.set(part.uri, part);
			}
		}
		this.#ids = before.#ids?.next(this.parts, changes) ?? null;
	}

	#nextOrder(before: PlanOrder | null, tasks: PartChanges['tasks']): PlanOrder | null {
		const changes =
			before === null ? [] : tasks.map((each) => ({ ...each, number: this.numberOf(each.now.id) ?? 0 }));
		return before?.next(changes) ?? null;
	}
}
