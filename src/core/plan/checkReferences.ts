import type { IdIndex } from './idIndex.ts';
import type { Located, Plan, Task } from './plan.ts';
import type { Problem } from './problem.ts';
import type { ProblemCode } from './problemCodes.ts';
import type { PlanPart } from './readPart.ts';
import { makeProblem } from './sourceFile.ts';

/** A kind of reference: what points, at what, and the codes of its faults. */
interface ReferenceKind {
	readonly owner: 'task' | 'sprint';
	readonly target: 'task' | 'sprint';
	readonly missing: ProblemCode;
	/** Null where an owner cannot name itself. */
	readonly self: ProblemCode | null;
}

const taskDependency: ReferenceKind = { owner: 'task', target: 'task', missing: 'SY302', self: 'SY303' };
const sprintMember: ReferenceKind = { owner: 'sprint', target: 'task', missing: 'SY306', self: null };
const sprintDependency: ReferenceKind = {
	owner: 'sprint',
	target: 'sprint',
	missing: 'SY310',
	self: 'SY311',
};

/** After so many spelling suggestions only the fault is named: each suggestion compares with every id of the plan. */
export const maxSuggestions = 100;

/** The dependencies of one task after another. */
export function checkDependencies(
	parts: readonly PlanPart[],
	ids: IdIndex,
): (task: Pick<Task, 'id' | 'dependencies'>) => readonly Problem[] {
	const check = new ReferenceCheck(parts, ids);
	return ({ id, dependencies }) => {
		check.list(id, dependencies, taskDependency);
		return check.take();
	};
}

/** What sprints refer to: their members, and sprints that come before them. */
export function checkSprintReferences(
	{ sprints }: Pick<Plan, 'sprints'>,
	parts: readonly PlanPart[],
	ids: IdIndex,
): readonly Problem[] {
	const check = new ReferenceCheck(parts, ids);
	for (const sprint of sprints) {
		check.list(sprint.id, sprint.tasks, sprintMember);
		check.list(sprint.id, sprint.dependencies, sprintDependency);
	}
	return check.take();
}

class ReferenceCheck {
	#problems: Problem[] = [];
	readonly #ids: IdIndex;
	readonly #broken: readonly PlanPart[];
	#suggestions = 0;

	constructor(parts: readonly PlanPart[], ids: IdIndex) {
		this.#ids = ids;
		this.#broken = parts.filter((part) => !part.complete && part.kind !== 'state' && part.kind !== 'prd');
	}

	/** What was found since the last call. */
	take(): readonly Problem[] {
		const found = this.#problems;
		if (found.length > 0) {
			this.#problems = [];
		}
		return found;
	}

	list(owner: string, references: readonly Located<string>[], kind: ReferenceKind): void {
		// Most lists are short: those are looked through, and no set is made for each of 10,000.
		const seen = references.length > 12 ? new Set<string>() : null;
		for (const [index, reference] of references.entries()) {
			const { value } = reference;
			const isKnown = seen?.has(value) ?? isAmong(references, value, index);
			if (isKnown) {
				const message = `\`${value}\` is in this list already. Remove one of the two.`;
				this.#report('SY305', reference, { message, kind });
			}
			seen?.add(value);
			this.#one(owner, reference, kind);
		}
	}

	#one(owner: string, reference: Located<string>, kind: ReferenceKind): void {
		if (kind.self !== null && reference.value === owner) {
			const message = `\`${owner}\` depends on itself, so it could never start. Remove this entry.`;
			this.#report(kind.self, reference, { message, kind });
			return;
		}
		if (!this.#ids.of(kind.target).has(reference.value)) {
			this.#reportMissing(reference, kind);
		}
	}

	#reportMissing(reference: Located<string>, kind: ReferenceKind): void {
		const id = reference.value;
		if (this.#broken.some((part) => part.likelyIds.has(id))) {
			// The file that most likely holds it has a problem of its own; a second one here would only distract.
			return;
		}
		const near = this.#nearest(id, kind.target);
		const help =
			near === null
				? `Create the ${kind.target}, or remove this entry.`
				: `Did you mean \`${near}\`? Otherwise create it or remove this entry.`;
		const message = `There is no ${kind.target} \`${id}\`. ${help}`;
		const unread = this.#broken[0];
		if (unread === undefined) {
			this.#report(kind.missing, reference, { message, kind, near });
			return;
		}
		const doubt = `${message} A file of the plan could not be read completely and may hold it: repair that first.`;
		this.#report('SY309', reference, { message: doubt, kind, near, unread });
	}

	#report(
		code: ProblemCode,
		reference: Located<string>,
		more: {
			readonly message: string;
			readonly kind: ReferenceKind;
			readonly near?: string | null;
			readonly unread?: PlanPart;
		},
	): void {
		const { message, kind, near, unread } = more;
		const data = { id: reference.value, target: kind.target, ...(near != null && { replacement: near }) };
		const related = unread && [{ range: unread.start, message: 'This file could not be read completely' }];
		this.#problems.push(makeProblem(code, reference.range, message, { data, ...(related && { related }) }));
	}

	#nearest(id: string, target: 'task' | 'sprint'): string | null {
		this.#suggestions++;
		return this.#suggestions > maxSuggestions ? null : this.#ids.nearest(target, id);
	}
}

/** Whether one of the first `count` references names an id. */
function isAmong(references: readonly Located<string>[], id: string, count: number): boolean {
	for (let index = 0; index < count; index++) {
		if (references[index]?.value === id) {
			return true;
		}
	}
	return false;
}
