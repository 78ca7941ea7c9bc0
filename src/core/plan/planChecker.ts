import { IdIndex } from './idIndex.ts';
import { compareProblems } from './limitProblems.ts';
import { mergeParts } from './mergeParts.ts';
import { movedRanges, moveProblems } from './moveProblems.ts';
import type { PartChanges, Replaced } from './partChanges.ts';
import { partChanges } from './partChanges.ts';
import type { Plan, PlanForm, PlanId } from './plan.ts';
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
	/** What each check found, in their order. */
	readonly found: readonly (readonly Problem[])[];
	readonly ids: IdIndex;
	readonly order: () => TaskOrder | null;
}

/**
 * Checks one plan again and again. A check is done anew only when something changed that it reads; what it found before is
 * else taken to where it stands now. What comes out is what a first check would find.
 */
export class PlanChecker {
	readonly #id: PlanId;
	#known: Known | null = null;

	constructor(id: PlanId) {
		this.#id = id;
	}

	/** `options` that differ from those of the last call ask for `isAnew`. */
	check(parts: readonly PlanPart[], options: ReadOptions = {}, { isAnew = false } = {}): NextReading {
		const known = this.#known;
		const changes = known === null || isAnew ? null : partChanges(known.parts, parts);
		const plan =
			known === null || changes === null
				? mergeParts(this.#id, formOf(this.#id, parts), parts)
				: nextPlan(known, parts, changes);
		const input: CheckInput = { plan, parts, options, ...this.#indexes(plan, changes) };
		const found =
			known === null || changes === null
				? planChecks.map((check) => check.run(input))
				: nextFound(known.found, input, changes);
		const problems = [...parts.flatMap((part) => part.problems), ...found.flat(), ...checkEmpty(input)];
		const { ids, order } = input;
		this.#known = { parts, plan, found, problems: problems.sort(compareProblems), ids, order };
		return { plan, problems, changes };
	}

	/** What several checks ask for, from before where that still holds. */
	#indexes(plan: Plan, changes: PartChanges | null): Pick<CheckInput, 'ids' | 'order'> {
		const known = changes === null ? null : this.#known;
		const hasSame = (...facts: readonly Fact[]) => !facts.some((fact) => changes?.facts.has(fact));
		const ids = known !== null && hasSame('id', 'sprints') ? known.ids : new IdIndex(plan);
		if (known !== null && hasSame('id', 'dependencies', 'sprints')) {
			return { ids, order: known.order };
		}
		let order: TaskOrder | null | undefined;
		return {
			ids,
			order: () => {
				order = order === undefined ? TaskOrder.of(plan, ids) : order;
				return order;
			},
		};
	}
}

function nextFound(
	before: readonly (readonly Problem[])[],
	input: CheckInput,
	changes: PartChanges,
): (readonly Problem[])[] {
	const moved = movedRanges(changes);
	return planChecks.map((check, index) => {
		const known = before[index];
		if (known === undefined || check.reads.some((fact) => changes.facts.has(fact))) {
			return check.run(input);
		}
		return moveProblems(known, moved) ?? check.run(input);
	});
}

/** The plan with some things replaced by what they are now. */
function nextPlan(known: Known, parts: readonly PlanPart[], changes: PartChanges): Plan {
	const { plan } = known;
	const total = parts.reduce((sum, { tasks }) => sum + tasks.length, 0);
	const totalSprints = parts.reduce((sum, { sprints }) => sum + sprints.length, 0);
	const isWhole = plan.tasks.length === total && plan.sprints.length === totalSprints;
	// Of things with one id only the first counts, so that numbers in the plan are not those in its parts.
	if (!isWhole || changes.facts.has('id') || changes.facts.has('sprints')) {
		return mergeParts(plan.id, plan.form, parts);
	}
	const starts = startsOf(parts, (part) => part.tasks.length);
	const sprintStarts = startsOf(parts, (part) => part.sprints.length);
	return {
		...plan,
		tasks: replaceIn(plan.tasks, changes.tasks, starts),
		sprints: replaceIn(plan.sprints, changes.sprints, sprintStarts),
	};
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
