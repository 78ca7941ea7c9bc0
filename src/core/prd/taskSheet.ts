import type { DraftTask } from './draftTask.ts';
import { clampHours } from './draftTask.ts';

/** A task on a sheet: `key` and `after` are names among the tasks of the sheet, before there are ids. */
export interface SheetTask {
	readonly key: string;
	readonly name: string;
	readonly type: string;
	readonly hours: number;
	/** Keys of tasks that come first; those that are not on the sheet are left out. */
	readonly after: readonly string[];
	readonly description: string;
	readonly acceptanceCriteria: readonly string[];
	readonly requirements?: readonly string[];
	readonly because?: readonly string[];
	readonly verify?: readonly string[] | null;
}

/** Criteria that one task can meet in the hours it has. */
const mostCriteria = 6;

/** Tasks in the order in which they are thought of: each only after what it needs, so that no circle can arise. */
export class TaskSheet {
	readonly #tasks: DraftTask[] = [];
	readonly #ids = new Map<string, string>();
	readonly #prefix: string;

	/** `prefix`: what ids begin with, such as `TASK`. */
	constructor(prefix: string) {
		this.#prefix = prefix;
	}

	get tasks(): readonly DraftTask[] {
		return this.#tasks;
	}

	has(key: string): boolean {
		return this.#ids.has(key);
	}

	/** Adds a task, or several in a row where it has more criteria than one can meet. */
	add(task: SheetTask): void {
		const parts = Math.max(1, Math.ceil(task.acceptanceCriteria.length / mostCriteria));
		const size = Math.ceil(task.acceptanceCriteria.length / parts);
		let before: string | null = null;
		for (let part = 0; part < parts; part++) {
			const id = `${this.#prefix}-${String(this.#tasks.length + 1).padStart(3, '0')}`;
			const after = task.after.flatMap((key) => this.#ids.get(key) ?? []);
			this.#tasks.push({
				id,
				name: parts === 1 ? task.name : `${task.name} (part ${part + 1} of ${parts})`,
				type: task.type,
				hours: clampHours(task.hours / parts),
				dependencies: [...new Set(before === null ? after : [before])],
				description: task.description,
				acceptanceCriteria: task.acceptanceCriteria.slice(part * size, (part + 1) * size),
				requirements: task.requirements ?? [],
				verify: task.verify ?? null,
				because: part === 0 ? (task.because ?? []) : [],
			});
			before = id;
			this.#ids.set(task.key, id);
		}
	}
}
