import type { Reopening, RunEvent } from '../../core/run/events.ts';
import { mayStillGet } from '../../core/run/mayStillGet.ts';
import type { RunPlan } from '../../core/run/runPlan.ts';
import type { RunTable } from '../../core/run/runTable.ts';
import { liveEngines } from '../journal/runView.ts';

/** What a person asked this engine for. */
export interface EngineRequest {
	readonly tasks: readonly string[];
	readonly label: string;
	readonly explicit: boolean;
	/** Finished tasks that are done or judged again (S5). */
	readonly reopens?: readonly Reopening[];
	/** The tasks that the same words mean in another version of the plan; left out where the words mean fixed tasks. */
	readonly tasksIn?: (plan: RunPlan) => readonly string[];
}

/** What one engine is there for, while the plan under it may change (S5, D6). */
export class Assignment {
	readonly #engine: string;
	#request: EngineRequest = { tasks: [], label: '', explicit: false };
	#plan: RunPlan | null = null;
	#wasWanted = false;

	constructor(engine: string) {
		this.#engine = engine;
	}

	/** The tasks that were asked for in so many words, with those that joined. */
	get tasks(): readonly string[] {
		return this.#request.tasks;
	}

	/** The lines with which it begins. */
	begin(asked: EngineRequest, plan: RunPlan): RunEvent[] {
		this.#request = asked;
		this.#plan = plan;
		const { tasks, label: request, explicit, reopens = [] } = asked;
		return [
			{
				kind: 'scope-added',
				engine: this.#engine,
				request,
				tasks,
				explicit,
				...(reopens.length > 0 && { reopens }),
			},
		];
	}

	/** D6: the lines with which what a saved plan adds to the request joins it, unless a person has stopped it. */
	grown(table: RunTable): RunEvent[] {
		const { label: request, tasksIn } = this.#request;
		const isWanted = (table.engines.get(this.#engine)?.scope.size ?? 0) > 0;
		this.#wasWanted ||= isWanted;
		if (table.plan === this.#plan || tasksIn === undefined) {
			return [];
		}
		const known = this.#plan;
		const before = new Set([...(known?.tasks ?? []), ...(known?.gates ?? [])].map(({ id }) => id));
		this.#plan = table.plan;
		const tasks = tasksIn(table.plan).filter((id) => !before.has(id));
		// Nothing may be left of it because a person stopped it, or because the version in force had none of it yet.
		if (tasks.length === 0 || (this.#wasWanted && !isWanted)) {
			return [];
		}
		this.#request = { ...this.#request, tasks: [...this.#request.tasks, ...tasks] };
		return [{ kind: 'scope-added', engine: this.#engine, request, tasks, explicit: false }];
	}

	/** The lines that stop what this engine was asked for, and no other living one (T5). */
	stopping(table: RunTable, by: string): RunEvent[] {
		const engine = this.#engine;
		const others = liveEngines(table).filter((other) => other.id !== engine);
		// Also what came with it: the units of its gates, and reviews that started by themselves.
		const asked = [...new Set([...this.#request.tasks, ...(table.engines.get(engine)?.scope ?? [])])];
		const shared = asked.filter((task) => others.some(({ scope }) => scope.has(task)));
		const own = asked.filter((task) => !shared.includes(task));
		return [
			{ kind: 'stop-requested', tasks: own, by },
			{ kind: 'stop-requested', tasks: shared, by, engine },
		];
	}

	/** Nothing of its own runs, nothing that it was asked for is under way, and nobody alive will change that (S5). */
	isOver(table: RunTable): boolean {
		const scope = table.engines.get(this.#engine)?.scope;
		const waits = [...table.active].some(
			(task) => table.tasks.get(task)?.owner === this.#engine || scope?.has(task) === true,
		);
		if (waits) {
			return false;
		}
		const alive = new Set(liveEngines(table).map((engine) => engine.id));
		return !mayStillGet(table, this.#engine, (other) => alive.has(other));
	}

	/** True while it would take more, if there were any. */
	isWanted(table: RunTable): boolean {
		const entry = table.engines.get(this.#engine);
		// Nothing is left of it where a person stopped it, and not where the version in force has none of it yet.
		const isStopped = this.#wasWanted && entry?.scope.size === 0;
		return entry !== undefined && !isStopped && !entry.draining;
	}
}
