import type { Position, SourceRange } from './plan.ts';
import type { PlanPart } from './readPart.ts';

/** One place where the id of a task, a sprint or an agent is written. */
export interface IdOccurrence {
	readonly kind: 'task' | 'sprint' | 'agent';
	readonly id: string;
	readonly range: SourceRange;
	/** True where the id is given, false where it is used. */
	readonly isDefinition: boolean;
	/** Who names it: the task or sprint whose list or field this is in; the id itself for a definition. */
	readonly owner: string;
}

/** Every id of a plan with all its places: by file in order of the text, and by kind and id. Built in one pass. */
export class IdOccurrences {
	readonly #byFile = new Map<string, IdOccurrence[]>();
	readonly #byId = new Map<string, IdOccurrence[]>();

	constructor(parts: readonly PlanPart[]) {
		for (const part of parts) {
			this.#addPart(part);
		}
		for (const list of this.#byFile.values()) {
			list.sort((a, b) => comparePositions(a.range.start, b.range.start));
		}
	}

	/** The id that a position touches, with both of its ends. */
	at(uri: string, position: Position): IdOccurrence | null {
		const list = this.#byFile.get(uri) ?? [];
		let [low, high] = [0, list.length];
		while (low < high) {
			const middle = (low + high) >> 1;
			const found = list[middle];
			if (found !== undefined && comparePositions(found.range.start, position) <= 0) {
				low = middle + 1;
			} else {
				high = middle;
			}
		}
		const found = list[low - 1];
		return found !== undefined && comparePositions(position, found.range.end) <= 0 ? found : null;
	}

	/** All places of one id. */
	of(kind: IdOccurrence['kind'], id: string): readonly IdOccurrence[] {
		return this.#byId.get(`${kind} ${id}`) ?? [];
	}

	#addPart(part: PlanPart): void {
		for (const { name, range } of part.agents) {
			this.#add({ kind: 'agent', id: name, range, isDefinition: true, owner: name });
		}
		const agent = part.header.defaultAgent;
		if (agent !== undefined) {
			this.#add({ kind: 'agent', id: agent.value, range: agent.range, isDefinition: false, owner: '' });
		}
		for (const task of part.tasks) {
			const owner = task.id;
			this.#add({ kind: 'task', id: owner, range: task.idRange, isDefinition: true, owner });
			for (const { value, range } of task.dependencies) {
				this.#add({ kind: 'task', id: value, range, isDefinition: false, owner });
			}
			if (task.agent !== undefined) {
				const { value, range } = task.agent;
				this.#add({ kind: 'agent', id: value, range, isDefinition: false, owner });
			}
		}
		for (const sprint of part.sprints) {
			const owner = sprint.id;
			this.#add({ kind: 'sprint', id: owner, range: sprint.idRange, isDefinition: true, owner });
			for (const { value, range } of sprint.tasks) {
				this.#add({ kind: 'task', id: value, range, isDefinition: false, owner });
			}
			for (const { value, range } of sprint.dependencies) {
				this.#add({ kind: 'sprint', id: value, range, isDefinition: false, owner });
			}
		}
	}

	#add(occurrence: IdOccurrence): void {
		append(this.#byFile, occurrence.range.uri, occurrence);
		append(this.#byId, `${occurrence.kind} ${occurrence.id}`, occurrence);
	}
}

/** Negative when the first stands before the second. */
export function comparePositions(a: Position, b: Position): number {
	return a.line - b.line || a.character - b.character;
}

function append<T>(lists: Map<string, T[]>, key: string, value: T): void {
	const list = lists.get(key);
	if (list === undefined) {
		lists.set(key, [value]);
	} else {
		list.push(value);
	}
}
