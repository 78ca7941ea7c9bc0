import type { CheckChanges } from './checkFindings.ts';
import { findingsOf } from './checkFindings.ts';
import { touchingTasks } from './checkTouches.ts';
import { IdIndex } from './idIndex.ts';
import { Later } from './later.ts';
import { compareProblems } from './limitProblems.ts';
import { mergeParts } from './mergeParts.ts';
import { movedRanges } from './moveProblems.ts';
import type { PartChanges, Replaced } from './partChanges.ts';
import { partChanges } from './partChanges.ts';
import type { Plan, PlanForm, PlanId, Task } from './plan.ts';
import type { CheckInput, Fact, ReadOptions } from './planChecks.ts';
import { checkEmpty, planChecks } from './planChecks.ts';
import type { Problem } from './problem.ts';
import type { PlanPart } from './readPart.ts';
import { TaskOrder } from './taskOrder.ts';

/** A plan with everything that is wrong in it. */
export interface PlanReading {
	readonly plan: Plan;
	readonly problems: readonly Problem[];
}

/** The same, with what differs from the reading before; null when that is more than can be told thing by thing. */
export interface NextReading extends PlanReading {
	readonly changes: PartChanges | null;
}

interface Known extends PlanReading {
	readonly parts: readonly PlanPart[];
	readonly ids: IdIndex;
	readonly order: Later<TaskOrder | null>;
	readonly touching: Later<readonly number[]>;
}

/**
 * Checks one plan again and again. A check is done anew only when something changed that it reads, and where it can, only
 * for the tasks that changed; what it found before is else taken to where it stands now. What comes out is what a first
 * check would find.
 */
export class PlanChecker {
	readonly #id: PlanId;
	readonly #findings = planChecks.map(findingsOf);
	#known: Known | null = null;

	constructor(id: PlanId) {
		this.#id = id;
	}

	/** `options` that differ from those of the last call ask for `isAnew`. */
	check(parts: readonly PlanPart[], options: ReadOptions = {}, { isAnew = false } = {}): NextReading {
		const known = this.#known;
		// Kept again when all went well: what a fault of ours left half done is not built upon.
		this.#known = null;
		const changes = known === null || isAnew ? null : partChanges(known.parts, parts);
		return known === null || changes === null
			? this.#readAll(parts, options)
			: this.#readNext(known, parts, { options, changes });
	}

	#readAll(parts: readonly PlanPart[], options: ReadOptions): NextReading {
		const plan = mergeParts(this.#id, formOf(this.#id, parts), parts);
		const indexes = indexesOf(plan, null, null);
		const input = inputOf(plan, { parts, options, indexes });
		const found = this.#findings.map((findings) => findings.all(input));
		return this.#take(input, { indexes, found, changes: null });
	}

	#readNext(
		known: Known,
		parts: readonly PlanPart[],
		{ options, changes }: { readonly options: ReadOptions; readonly changes: PartChanges },
	): NextReading {
		const { plan, tasks } = nextPlan(known, parts, changes);
		const next = { facts: changes.facts, tasks, moved: movedRanges(changes) };
		const indexes = indexesOf(plan, known, next);
		const input = inputOf(plan, { parts, options, indexes });
		const found = this.#findings.map((findings) => findings.next(input, next));
		return this.#take(input, { indexes, found, changes });
	}

	#take(
		input: CheckInput,
		{
			indexes,
			found,
			changes,
		}: {
			readonly indexes: Indexes;
			readonly found: readonly (readonly Problem[])[];
			readonly changes: PartChanges | null;
		},
	): NextReading {
		const { plan, parts } = input;
		const problems: Problem[] = [];
		for (const list of [...parts.map((part) => part.problems), ...found, checkEmpty(input)]) {
			for (const problem of list) {
				problems.push(problem);
			}
		}
		problems.sort(compareProblems);
		this.#known = { parts, plan, problems, ...indexes };
		return { plan, problems, changes };
	}
}

/** What several checks ask for. */
type Indexes = Pick<Known, 'ids' | 'order' | 'touching'>;

function inputOf(
	plan: Plan,
	{
		parts,
		options,
		indexes,
	}: { readonly parts: readonly PlanPart[]; readonly options: ReadOptions; readonly indexes: Indexes },
): CheckInput {
	const { ids, order, touching } = indexes;
	return { plan, parts, options, ids, order: () => order.value, touching: () => touching.value };
}

/** From before what still holds, and what an edit of a few tasks can be worked into; the rest is made when it is asked for. */
function indexesOf(plan: Plan, known: Known | null, changes: CheckChanges | null): Indexes {
	const isSame = (...facts: readonly Fact[]) => !facts.some((fact) => changes?.facts.has(fact) ?? true);
	const ids = known !== null && isSame('id', 'sprints') ? known.ids : new IdIndex(plan);
	const isTouching = known !== null && isSame('id', 'touches');
	const touching = isTouching ? known.touching : new Later(() => touchingTasks(plan));
	const isOrdered = known !== null && isSame('id', 'sprints');
	const before = isOrdered && known.order.isMade ? known.order.value : null;
	if (isOrdered && isSame('dependencies')) {
		return { ids, touching, order: known.order };
	}
	const isKept = before !== null && changes !== null && keepsOrder(before, changes, ids);
	return {
		ids,
		touching,
		order: isKept ? (known?.order ?? new Later(() => before)) : new Later(() => TaskOrder.of(plan, ids)),
	};
}

/** Works other dependencies into an order; false where it is none any more, or must be made anew. */
function keepsOrder(order: TaskOrder, { tasks }: CheckChanges, ids: IdIndex): boolean {
	if (tasks === null) {
		return false;
	}
	for (const [number, { now, fields }] of tasks) {
		if (fields.has('dependencies') && !order.setDependencies(number, now, ids)) {
			return false;
		}
	}
	return true;
}

/** The plan with some things replaced by what they are now, and these tasks by number; null where numbers changed. */
function nextPlan(
	known: Known,
	parts: readonly PlanPart[],
	changes: PartChanges,
): { readonly plan: Plan; readonly tasks: CheckChanges['tasks'] } {
	const { plan } = known;
	const total = parts.reduce((sum, { tasks }) => sum + tasks.length, 0);
	const totalSprints = parts.reduce((sum, { sprints }) => sum + sprints.length, 0);
	// Of things with one id only the first counts, so that numbers in the plan are not those in its parts.
	const isNumbered = plan.tasks.length === total && !changes.facts.has('id');
	const starts = isNumbered ? startsOf(parts, (part) => part.tasks.length) : [];
	const tasks = isNumbered
		? new Map(changes.tasks.map((each) => [(starts[each.part] ?? 0) + each.index, each]))
		: null;
	if (tasks === null || plan.sprints.length !== totalSprints || changes.facts.has('sprints')) {
		return { plan: mergeParts(plan.id, plan.form, parts), tasks };
	}
	const sprintStarts = startsOf(parts, (part) => part.sprints.length);
	const now = {
		...plan,
		tasks: onlyTasks(parts) ?? replaceIn(plan.tasks, changes.tasks, starts),
		sprints: replaceIn(plan.sprints, changes.sprints, sprintStarts),
	};
	return { plan: now, tasks };
}

/** The tasks of the only part that has any: they need no copy. */
function onlyTasks(parts: readonly PlanPart[]): readonly Task[] | null {
	const [only, second] = parts.filter(({ tasks }) => tasks.length > 0);
	return only !== undefined && second === undefined ? only.tasks : null;
}

function startsOf(parts: readonly PlanPart[], countOf: (part: PlanPart) => number): number[] {
	let next = 0;
	return parts.map((part) => {
		const start = next;
		next += countOf(part);
		return start;
	});
}

function replaceIn<T>(
	list: readonly T[],
	replaced: readonly Replaced<T>[],
	starts: readonly number[],
): readonly T[] {
	if (replaced.length === 0) {
		return list;
	}
	const copy = list.slice();
	for (const { part, index, now } of replaced) {
		copy[(starts[part] ?? 0) + index] = now;
	}
	return copy;
}

function formOf(id: PlanId, parts: readonly PlanPart[]): PlanForm {
	return parts.some((part) => part.kind === 'one-file') || id.key !== 'planning' ? 'file' : 'folder';
}
