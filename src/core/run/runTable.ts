import { rankTasks } from './rankTasks.ts';
import { ReadyQueue } from './readyQueue.ts';
import type { RunPlan, RunSprint, RunTask } from './runPlan.ts';
import type { EngineState, TaskState } from './runState.ts';

/** A sprint with what the fold counts for it: open while `unmet` is 0 (G2), complete when `remaining` is 0 as well. */
export interface SprintGate {
	readonly sprint: RunSprint;
	/** Sprints that must be complete first: its own dependencies and the one before it in its track. */
	readonly predecessors: readonly string[];
	readonly successors: string[];
	unmet: number;
	remaining: number;
}

/** An engine, with the tasks a person asked it for (S5). */
export interface EngineEntry extends EngineState {
	readonly scope: Set<string>;
	/** It finishes what runs and starts nothing new. */
	draining: boolean;
}

/**
 * The mutable tables behind one run: what the fold knows and the counters that make each event cost what it touches,
 * not what the plan holds. Copying a 10,000-task state per event would make a transition depend on the plan's size;
 * the fold therefore owns its tables alone, and "pure" means here: the same lines always give the same tables.
 */
export class RunTable {
	readonly plan: RunPlan;
	readonly tasks = new Map<string, TaskState>();
	readonly sprints = new Map<string, SprintGate>();
	readonly engines: Map<string, EngineEntry>;
	/** Tasks that hold a slot: running or checking. */
	readonly active = new Set<string>();
	readonly ready: ReadyQueue;
	/** States of tasks that an older plan had: what happened to them holds again when they come back. */
	readonly #gone: ReadonlyMap<string, TaskState>;
	readonly #definitions: ReadonlyMap<string, RunTask>;
	readonly #dependents = new Map<string, string[]>();
	readonly #unmet = new Map<string, number>();
	readonly changed = new Set<string>();
	completedCount = 0;
	/** Another run took its place. */
	closed = false;

	/** `before` carries states over when the plan was replaced in mid-run (D6). */
	constructor(plan: RunPlan, before?: RunTable) {
		this.plan = plan;
		this.engines = before?.engines ?? new Map();
		this.closed = before?.closed ?? false;
		this.ready = new ReadyQueue(rankTasks(plan.tasks));
		this.#definitions = new Map(plan.tasks.map((task) => [task.id, task]));
		const known = new Map<string, TaskState>(before === undefined ? [] : [...before.#gone, ...before.tasks]);
		for (const task of plan.tasks) {
			this.tasks.set(task.id, carryOver(task, known.get(task.id)));
			known.delete(task.id);
		}
		this.#gone = known;
		this.#link();
		for (const state of this.tasks.values()) {
			this.changed.add(state.task.id);
			if (isActive(state)) {
				this.active.add(state.task.id);
			}
			this.refresh(state.task.id);
		}
	}

	/** The task as the plan in force says it; a running attempt keeps the one it began with (D6). */
	definitionOf(id: string): RunTask | undefined {
		return this.#definitions.get(id);
	}

	dependentsOf(id: string): readonly string[] {
		return this.#dependents.get(id) ?? [];
	}

	/** True when every predecessor is satisfied and the sprint is open. */
	isUnlocked(id: string): boolean {
		const sprint = this.sprintOf(id);
		return (this.#unmet.get(id) ?? 0) === 0 && (sprint === undefined || sprint.unmet === 0);
	}

	sprintOf(id: string): SprintGate | undefined {
		const sprint = this.#definitions.get(id)?.sprint;
		return sprint === null || sprint === undefined ? undefined : this.sprints.get(sprint);
	}

	/** Marks a task as satisfied for its successors, and says that those may have become ready. */
	satisfy(id: string): void {
		this.completedCount++;
		for (const dependent of this.dependentsOf(id)) {
			this.#unmet.set(dependent, (this.#unmet.get(dependent) ?? 1) - 1);
			this.refresh(dependent);
		}
		const sprint = this.sprintOf(id);
		if (sprint !== undefined && --sprint.remaining === 0 && sprint.unmet === 0) {
			this.#completeSprint(sprint);
		}
	}

	/** Puts a task that is neither finished nor active where its predecessors allow it to be. */
	refresh(id: string): void {
		const state = this.tasks.get(id);
		if (state === undefined) {
			return;
		}
		const waiting = state.status === 'pending' || state.status === 'ready';
		if (!waiting) {
			this.ready.delete(id);
			return;
		}
		const next = this.isUnlocked(id) ? 'ready' : 'pending';
		if (state.status !== next) {
			state.status = next;
			this.changed.add(id);
		}
		if (next === 'ready' && state.inScope) {
			this.ready.add(id);
		} else {
			this.ready.delete(id);
		}
	}

	#completeSprint(sprint: SprintGate): void {
		const finished = [sprint];
		for (let done = finished.pop(); done !== undefined; done = finished.pop()) {
			for (const id of done.successors) {
				const next = this.sprints.get(id);
				if (next === undefined || --next.unmet > 0) {
					continue;
				}
				for (const task of next.sprint.tasks) {
					this.refresh(task);
				}
				// A sprint without open tasks is complete the moment it opens.
				if (next.remaining === 0) {
					finished.push(next);
				}
			}
		}
	}

	#link(): void {
		for (const task of this.plan.tasks) {
			let unmet = 0;
			for (const dependency of task.dependencies) {
				const dependents = this.#dependents.get(dependency);
				if (dependents === undefined) {
					this.#dependents.set(dependency, [task.id]);
				} else {
					dependents.push(task.id);
				}
				unmet += isSatisfied(this.tasks.get(dependency)) ? 0 : 1;
			}
			this.#unmet.set(task.id, unmet);
			this.completedCount += isSatisfied(this.tasks.get(task.id)) ? 1 : 0;
		}
		this.#linkSprints();
	}

	#linkSprints(): void {
		const lastOfTrack = new Map<number, string>();
		for (const sprint of this.plan.sprints) {
			const predecessors = new Set(sprint.dependencies);
			const before = sprint.track === null ? undefined : lastOfTrack.get(sprint.track);
			if (before !== undefined) {
				predecessors.add(before);
			}
			if (sprint.track !== null) {
				lastOfTrack.set(sprint.track, sprint.id);
			}
			const remaining = sprint.tasks.filter((id) => !isSatisfied(this.tasks.get(id))).length;
			this.sprints.set(sprint.id, {
				sprint,
				predecessors: [...predecessors],
				successors: [],
				unmet: 0,
				remaining,
			});
		}
		for (const gate of this.sprints.values()) {
			for (const id of gate.predecessors) {
				const predecessor = this.sprints.get(id);
				predecessor?.successors.push(gate.sprint.id);
				gate.unmet += predecessor === undefined ? 0 : 1;
			}
		}
		// Collected first: completing one may complete others, and none may count twice.
		const complete = [...this.sprints.values()].filter((gate) => gate.unmet === 0 && gate.remaining === 0);
		for (const gate of complete) {
			this.#completeSprint(gate);
		}
	}
}

/** Finished in a way that lets successors go on. */
export function isSatisfied(state: TaskState | undefined): boolean {
	return state?.status === 'completed' || state?.status === 'skipped';
}

export function isActive(state: TaskState): boolean {
	return state.status === 'running' || state.status === 'checking';
}

function carryOver(task: RunTask, before: TaskState | undefined): TaskState {
	if (before === undefined) {
		return {
			task,
			status: 'pending',
			inScope: false,
			owner: null,
			attempts: [],
			used: 0,
			stopping: false,
			need: null,
			blockedBy: null,
			validation: null,
			startedAt: null,
			completedAt: null,
			evidence: null,
			reason: '',
		};
	}
	const status = before.status === 'blocked' && before.need === null ? 'pending' : before.status;
	// What runs is judged by the checks it began with; evidence that is due describes what ran.
	const keeps = isActive(before) || (before.status === 'completed' && before.evidence === null);
	return { ...before, task: keeps ? before.task : task, status };
}
