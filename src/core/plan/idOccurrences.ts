import type { PartChanges } from './partChanges.ts';
import type { Located, Position, SourceRange, Sprint, Task } from './plan.ts';
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

/**
 * Every id of a plan with all its places: by file in order of the text, and by kind and id. What is at one place is looked
 * for in the task that is there; the whole index is built in one pass when it is first needed.
 */
export class IdOccurrences {
	readonly #parts: readonly PlanPart[];
	/** True when every id of a task or sprint stands within it, and these stand in order. Null until somebody asks. */
	#isPlain: boolean | null = null;
	#index: Index | null = null;

	constructor(parts: readonly PlanPart[]) {
		this.#parts = parts;
	}

	/** Those of the parts after some things in them were read anew. */
	next(parts: readonly PlanPart[], { tasks, sprints }: PartChanges): IdOccurrences {
		const next = new IdOccurrences(parts);
		const isStill =
			this.#isPlain === true &&
			tasks.every(({ part, index }) => isPlainAt(parts[part]?.tasks ?? [], index)) &&
			sprints.every(({ part, index }) => isPlainAt(parts[part]?.sprints ?? [], index));
		next.#isPlain = isStill ? true : null;
		return next;
	}

	/** The id that a position touches, with both of its ends. */
	at(uri: string, position: Position): IdOccurrence | null {
		this.#isPlain ??= this.#parts.every(
			({ tasks, sprints }) =>
				tasks.every((_, index) => isPlainAt(tasks, index)) &&
				sprints.every((_, index) => isPlainAt(sprints, index)),
		);
		const list = this.#isPlain
			? this.#near(uri, position).sort((a, b) => comparePositions(a.range.start, b.range.start))
			: (this.#indexed().byFile.get(uri) ?? []);
		const found = list[firstAfter(list, position) - 1];
		return found !== undefined && comparePositions(position, found.range.end) <= 0 ? found : null;
	}

	/** All places of one id. */
	of(kind: IdOccurrence['kind'], id: string): readonly IdOccurrence[] {
		return this.#indexed().byId.get(`${kind} ${id}`) ?? [];
	}

	/** The ids of the task and the sprint that begin before a position, and those of the head of the file. */
	#near(uri: string, position: Position): IdOccurrence[] {
		return this.#parts.flatMap((part) => {
			if (part.uri !== uri) {
				return [];
			}
			const task = part.tasks[firstAfter(part.tasks, position) - 1];
			const sprint = part.sprints[firstAfter(part.sprints, position) - 1];
			return [...idsOfHead(part), ...(task ? idsOf(task) : []), ...(sprint ? idsOf(sprint) : [])];
		});
	}

	#indexed(): Index {
		this.#index ??= new Index(this.#parts);
		return this.#index;
	}
}

class Index {
	readonly byFile = new Map<string, IdOccurrence[]>();
	readonly byId = new Map<string, IdOccurrence[]>();

	constructor(parts: readonly PlanPart[]) {
		for (const part of parts) {
			for (const ids of [idsOfHead(part), ...part.tasks.map(idsOf), ...part.sprints.map(idsOf)]) {
				for (const occurrence of ids) {
					append(this.byFile, occurrence.range.uri, occurrence);
					append(this.byId, `${occurrence.kind} ${occurrence.id}`, occurrence);
				}
			}
		}
		for (const list of this.byFile.values()) {
			list.sort((a, b) => comparePositions(a.range.start, b.range.start));
		}
	}
}

function idsOfHead(part: PlanPart): IdOccurrence[] {
	const found: IdOccurrence[] = part.agents.map(({ name, range }) => ({
		...{ kind: 'agent', id: name, range, isDefinition: true, owner: name },
	}));
	const agent = part.header.defaultAgent;
	if (agent !== undefined) {
		found.push({ kind: 'agent', id: agent.value, range: agent.range, isDefinition: false, owner: '' });
	}
	return found;
}

function idsOf(item: Task | Sprint): IdOccurrence[] {
	const owner = item.id;
	const isSprint = 'tasks' in item;
	const kind = isSprint ? 'sprint' : 'task';
	const use = (what: IdOccurrence['kind']) => (one: Located<string>) => ({
		...{ kind: what, id: one.value, range: one.range, isDefinition: false, owner },
	});
	return [
		{ kind, id: owner, range: item.idRange, isDefinition: true, owner },
		...(isSprint ? item.tasks.map(use('task')) : []),
		...item.dependencies.map(use(kind)),
		...(isSprint || item.agent === undefined ? [] : [use('agent')(item.agent)]),
	];
}

/** Whether an item stands behind the one before it, before the next, and holds all its ids. */
function isPlainAt(items: readonly (Task | Sprint)[], index: number): boolean {
	const [before, item, after] = [items[index - 1], items[index], items[index + 1]];
	if (item === undefined) {
		return false;
	}
	const { range } = item;
	const isBehind = before === undefined || comparePositions(before.range.start, range.start) <= 0;
	const isBefore = after === undefined || comparePositions(range.start, after.range.start) <= 0;
	return (
		isBehind &&
		isBefore &&
		idsOf(item).every(
			(id) =>
				id.range.uri === range.uri &&
				comparePositions(range.start, id.range.start) <= 0 &&
				comparePositions(id.range.end, range.end) <= 0,
		)
	);
}

/** How many things of a list in order begin at or before a position. */
export function firstAfter(
	items: readonly { readonly range: { readonly start: Position } }[],
	position: Position,
): number {
	let low = 0;
	let high = items.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		const item = items[middle];
		if (item !== undefined && comparePositions(item.range.start, position) <= 0) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return low;
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
