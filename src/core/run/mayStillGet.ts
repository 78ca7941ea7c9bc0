import { isActive, isSatisfied } from './runState.ts';
import type { RunTable } from './runTable.ts';
import { waitsForBudget } from './spending.ts';

/**
 * S5: whether anything this engine was asked for can still become its to do: through what runs now, or through what a
 * living engine was asked for and will take up. Costs at most the plan, and only an engine that has nothing to do asks.
 */
export function mayStillGet(
	table: RunTable,
	engineId: string,
	isAlive: (engineId: string) => boolean,
): boolean {
	const own = table.engines.get(engineId);
	if (own === undefined || own.draining || table.closed) {
		return false;
	}
	const isOpen = (id: string) => {
		const status = table.tasks.get(id)?.status;
		return (status === 'pending' || status === 'ready') && !waitsForBudget(table, id);
	};
	if (![...own.scope].some(isOpen)) {
		return false;
	}
	const takers = [...table.engines.values()].filter(
		(engine) =>
			!engine.stopped && !engine.away && !engine.draining && (engine.id === engineId || isAlive(engine.id)),
	);
	const future = new Future(table, (id) => isOpen(id) && takers.some(({ scope }) => scope.has(id)));
	return future.reaches((id) => own.scope.has(id) && isOpen(id));
}

/** The rest of a run, played forward as if everything ended well. */
class Future {
	readonly #table: RunTable;
	readonly #willBeTaken: (id: string) => boolean;
	readonly #waitsFor = new Map<string, number>();
	readonly #sprints: Map<string, { unmet: number; remaining: number }>;
	/** Tasks that run or can start, and have not ended yet. */
	readonly #next: string[];

	constructor(table: RunTable, willBeTaken: (id: string) => boolean) {
		this.#table = table;
		this.#willBeTaken = willBeTaken;
		this.#next = [...table.active];
		this.#sprints = new Map(
			[...table.sprints].map(([id, { unmet, remaining }]) => [id, { unmet, remaining }]),
		);
		for (const id of table.tasks.keys()) {
			const missing = table.predecessorsOf(id).filter((name) => !isSatisfied(table.tasks.get(name)));
			this.#waitsFor.set(id, missing.length);
			this.#offer(id);
		}
		// A gate that waits for its next cycle will get it from whoever was asked for it.
		this.#next.push(...[...table.gates.due].filter(willBeTaken));
	}

	/** True when a wanted task comes up that does not run yet; false when all stands still before. */
	reaches(isWanted: (id: string) => boolean): boolean {
		const ended = new Set<string>();
		for (let id = this.#next.pop(); id !== undefined; id = this.#next.pop()) {
			const state = this.#table.tasks.get(id);
			if (ended.has(id) || state === undefined) {
				continue;
			}
			if (isWanted(id) && !isActive(state) && state.task.unit?.role !== 'gate') {
				return true;
			}
			ended.add(id);
			this.#end(id);
		}
		return false;
	}

	#offer(id: string): void {
		const gate = this.#sprints.get(this.#sprintOf(id));
		if (this.#waitsFor.get(id) === 0 && (gate === undefined || gate.unmet === 0) && this.#willBeTaken(id)) {
			this.#next.push(id);
		}
	}

	#end(id: string): void {
		for (const dependent of this.#table.dependentsOf(id)) {
			this.#waitsFor.set(dependent, (this.#waitsFor.get(dependent) ?? 1) - 1);
			this.#offer(dependent);
		}
		const sprint = this.#table.sprintThatCounts(id)?.sprint.id ?? '';
		const gate = this.#sprints.get(sprint);
		if (gate !== undefined && --gate.remaining === 0 && gate.unmet === 0) {
			this.#finish(sprint);
		}
	}

	#finish(sprint: string): void {
		for (const successor of this.#table.sprints.get(sprint)?.successors ?? []) {
			const gate = this.#sprints.get(successor);
			if (gate === undefined || --gate.unmet > 0) {
				continue;
			}
			const { sprint: opened } = this.#table.sprints.get(successor) ?? {};
			for (const id of opened === undefined ? [] : this.#table.membersOf(opened)) {
				this.#offer(id);
			}
			// A sprint without open tasks is over the moment it opens; sprints form no cycle (P7).
			if (gate.remaining === 0) {
				this.#finish(successor);
			}
		}
	}

	#sprintOf(id: string): string {
		return this.#table.definitionOf(id)?.sprint ?? '';
	}
}
