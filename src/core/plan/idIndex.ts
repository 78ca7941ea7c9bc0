import { nearestOf, plainWord } from './nearest.ts';
import type { Plan } from './plan.ts';

/** The ids of a plan by number, in its order: made once for all checks, and kept while no id changes. */
export class IdIndex {
	readonly tasks: ReadonlyMap<string, number>;
	readonly sprints: ReadonlyMap<string, number>;
	readonly #sprints: Plan['sprints'];
	#sprintsOfTasks: ReadonlyMap<string, number> | null = null;
	readonly #words = new Map<'task' | 'sprint', readonly string[]>();
	readonly #nearest = new Map<string, string | null>();

	constructor(plan: Plan) {
		const { tasks, sprints } = plan;
		this.#sprints = sprints;
		this.tasks = new Map(tasks.map(({ id }, number) => [id, number]));
		this.sprints = new Map(sprints.map(({ id }, number) => [id, number]));
	}

	/** The number of the sprint that each task runs in: the last that names it. */
	get sprintsOfTasks(): ReadonlyMap<string, number> {
		this.#sprintsOfTasks ??= new Map(
			this.#sprints.flatMap(({ tasks }, number) => tasks.map(({ value }) => [value, number] as const)),
		);
		return this.#sprintsOfTasks;
	}

	of(kind: 'task' | 'sprint'): ReadonlyMap<string, number> {
		return kind === 'task' ? this.tasks : this.sprints;
	}

	/** The id that a misspelled one most likely means; null when none is near. Looked for once. */
	nearest(kind: 'task' | 'sprint', id: string): string | null {
		const key = `${kind} ${id}`;
		const known = this.#nearest.get(key);
		if (known !== undefined) {
			return known;
		}
		const ids = this.of(kind);
		const words = this.#words.get(kind) ?? Array.from(ids.keys(), plainWord);
		this.#words.set(kind, words);
		const found = nearestOf(id, [...ids.keys()], words);
		this.#nearest.set(key, found);
		return found;
	}
}
