import type { SourceRange, Sprint, Task } from './plan.ts';
import type { Fact } from './planChecks.ts';
import type { ListEdition, PlanPart } from './readPart.ts';

/** One thing that was read anew and is still the same one: what it was, what it is, and its number in its part. */
export interface Replaced<T> {
	readonly part: number;
	readonly index: number;
	readonly old: T;
	readonly now: T;
	/** What it says otherwise. */
	readonly fields: ReadonlySet<string>;
}

/** How some parts differ from those before: things in the same places were read anew, and nothing else. */
export interface PartChanges {
	readonly tasks: readonly Replaced<Task>[];
	readonly sprints: readonly Replaced<Sprint>[];
	readonly facts: ReadonlySet<Fact>;
}

/** What differs between two readings of a plan; null when more does than can be told thing by thing. */
export function partChanges(before: readonly PlanPart[], after: readonly PlanPart[]): PartChanges | null {
	if (before.length !== after.length) {
		return null;
	}
	const tasks: Replaced<Task>[] = [];
	const sprints: Replaced<Sprint>[] = [];
	const facts = new Set<Fact>();
	for (const [part, now] of after.entries()) {
		const old = before[part];
		if (old === now) {
			continue;
		}
		const isPaired =
			old !== undefined &&
			hasSameHead(old, now) &&
			pairTasks(old, now, { part, found: tasks }) &&
			pair(old.sprints, now.sprints, { part, found: sprints });
		if (!isPaired) {
			return null;
		}
		if (old.complete !== now.complete || (!now.complete && hasOtherDoubt(old, now))) {
			facts.add('complete');
		}
	}
	for (const { fields } of tasks) {
		for (const field of fields) {
			facts.add(field as keyof Task);
		}
	}
	// Words for people are read by no check.
	if (sprints.some(({ fields }) => [...fields].some((field) => field !== 'name' && field !== 'goal'))) {
		facts.add('sprints');
	}
	return { tasks, sprints, facts };
}

/** What else is told of a file that could not be read completely: what it may hold, and where it begins. */
function hasOtherDoubt(old: PlanPart, now: PlanPart): boolean {
	const [before, after] = [old.start.end, now.start.end];
	return (
		old.likelyIds !== now.likelyIds || before.line !== after.line || before.character !== after.character
	);
}

/** Everything besides tasks and sprints: small, and seldom changed. */
function hasSameHead(old: PlanPart, now: PlanPart): boolean {
	return (
		old.uri === now.uri &&
		old.kind === now.kind &&
		old.completed === now.completed &&
		old.claims === now.claims &&
		(old.header === now.header || isEmpty(old.header, now.header)) &&
		(old.agents === now.agents || old.agents.length + now.agents.length === 0) &&
		(old.agentNames === now.agentNames || old.agentNames.length + now.agentNames.length === 0) &&
		(old.tracks === now.tracks || old.tracks.length + now.tracks.length === 0)
	);
}

function isEmpty(...objects: readonly object[]): boolean {
	return objects.every((object) => Object.keys(object).length === 0);
}

/** Pairs the tasks that differ; false when that is not known, or one part has more than the other. */
function pairTasks(
	{ tasks: old, taskEdition: before }: PlanPart,
	{ tasks: now, taskEdition: after }: PlanPart,
	more: { readonly part: number; readonly found: Replaced<Task>[] },
): boolean {
	if (before === undefined && after === undefined) {
		return pair(old, now, more);
	}
	if (before?.list !== after?.list) {
		return false;
	}
	if (before?.number === after?.number) {
		return true;
	}
	return isNext(before, after) && pair(old, now, { ...more, ...after?.changed });
}

function isNext(before: ListEdition | undefined, after: ListEdition | undefined): boolean {
	return before !== undefined && after !== undefined && before.number + 1 === after.number;
}

/** Pairs what differs between two lists, within `[from, to)`; false when one has more than the other. */
function pair<T extends Task | Sprint>(
	old: readonly T[],
	now: readonly T[],
	{
		part,
		found,
		from = 0,
		to = now.length,
	}: { readonly part: number; readonly found: Replaced<T>[]; readonly from?: number; readonly to?: number },
): boolean {
	if (old === now) {
		return true;
	}
	if (old.length !== now.length) {
		return false;
	}
	for (let index = from; index < to; index++) {
		const one = old[index];
		const two = now[index];
		if (one !== two && one !== undefined && two !== undefined) {
			found.push({ part, index, old: one, now: two, fields: changedFields(one, two) });
		}
	}
	return true;
}

function changedFields(old: Task | Sprint, now: Task | Sprint): Set<string> {
	const changed = new Set<string>();
	const [before, after] = [new Map(Object.entries(old)), new Map(Object.entries(now))];
	for (const field of new Set([...before.keys(), ...after.keys()])) {
		if (!meansSame(before.get(field), after.get(field))) {
			changed.add(field);
		}
	}
	return changed;
}

/** Whether two values say the same, wherever they stand in the text. */
function meansSame(a: unknown, b: unknown): boolean {
	if (a === b || (isRange(a) && isRange(b))) {
		return true;
	}
	if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
		return false;
	}
	if (Array.isArray(a) || Array.isArray(b)) {
		const isList = Array.isArray(a) && Array.isArray(b) && a.length === b.length;
		return isList && a.every((item, index) => meansSame(item, b[index]));
	}
	const [one, two] = [Object.entries(a), new Map(Object.entries(b))];
	return (
		one.length === two.size && one.every(([key, value]) => two.has(key) && meansSame(value, two.get(key)))
	);
}

/** Whether a value says where something stands. */
export function isRange(value: unknown): value is SourceRange {
	return typeof value === 'object' && value !== null && 'uri' in value && 'start' in value && 'end' in value;
}
