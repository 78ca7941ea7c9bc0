import { buildAdjacency } from '../../graph/buildGraph.ts';
import { findCycles } from '../../graph/findCycles.ts';
import type { Located, SourceRange } from '../plan.ts';
import { idFault } from '../readIds.ts';
import { withContainment } from './containment.ts';
import type { ForeignGroup, ForeignPlan, ForeignTask } from './foreignPlan.ts';
import { slugOf, UniqueIds } from './slug.ts';
import { taskEdges } from './taskEdges.ts';

/** Something that an import changed, or could not change, so that a person should know. */
export interface Repair {
	readonly kind:
		| 'duplicate-id'
		| 'unusable-id'
		| 'dangling-dependency'
		| 'self-dependency'
		| 'missing-member'
		| 'deleted'
		| 'cycle';
	readonly message: string;
	readonly range: SourceRange;
}

/** A plan whose ids are unique and usable and whose references exist. */
export interface RepairedPlan {
	readonly plan: ForeignPlan;
	readonly repairs: readonly Repair[];
}

/** Words of tools for tasks that were thrown away. */
const deletedWords = new Set(['tombstone', 'deleted', 'archived']);

/**
 * Makes a plan that can be written: the second of two tasks with one id is renamed, references to nothing move to the
 * notes, deleted tasks are left out. Circles are kept, because only a person knows which dependency is wrong.
 */
export function repairForeign(plan: ForeignPlan): RepairedPlan {
	const repairs: Repair[] = [];
	const names = nameTasks(withoutDeleted(plan.tasks, repairs), repairs);
	const { tasks: named, idOf } = names;
	const tasks = named.map((task) => keepKnown(task, { idOf, repairs }));
	const ordered = withContainment(tasks);
	repairs.push(...cyclesOf(ordered));
	const groups = nameGroups(plan.groups).map((group) =>
		keepMembers(group, { ...names, repairs, groups: plan.groups }),
	);
	return { plan: { ...plan, tasks: ordered, groups }, repairs };
}

function withoutDeleted(tasks: readonly ForeignTask[], repairs: Repair[]): ForeignTask[] {
	return tasks.filter((task) => {
		const isDeleted = deletedWords.has(task.status?.toLowerCase() ?? '');
		if (isDeleted) {
			repairs.push({
				kind: 'deleted',
				message: `\`${task.id}\` is deleted (${task.status}), so it is left out.`,
				range: task.idRange,
			});
		}
		return !isDeleted;
	});
}

interface Names {
	readonly tasks: readonly ForeignTask[];
	/** The new id of the first task with an id. */
	readonly idOf: ReadonlyMap<string, string>;
	/** The new id by the place of the old one, for groups that list both of two tasks with one id. */
	readonly idAt: ReadonlyMap<string, string>;
}

function placeOf({ uri, start }: SourceRange): string {
	return `${uri}:${start.line}:${start.character}`;
}

/** Usable, unique ids; references mean the first task of an id. */
function nameTasks(tasks: readonly ForeignTask[], repairs: Repair[]): Names {
	const ids = new UniqueIds();
	const idOf = new Map<string, string>();
	const idAt = new Map<string, string>();
	const named = tasks.map((task) => {
		const wish = usableId(task, repairs);
		const id = ids.take(wish);
		if (id !== wish) {
			const message = `\`${wish}\` is the id of two tasks. The second, "${task.name}", is called \`${id}\`; references to \`${wish}\` mean the first.`;
			repairs.push({ kind: 'duplicate-id', message, range: task.idRange });
		}
		if (!idOf.has(task.id)) {
			idOf.set(task.id, id);
		}
		idAt.set(placeOf(task.idRange), id);
		return { ...task, id };
	});
	return { tasks: named, idOf, idAt };
}

function usableId(task: ForeignTask, repairs: Repair[]): string {
	if (idFault(task.id) === null) {
		return task.id;
	}
	const slug = slugOf(task.id) || slugOf(task.name);
	const id = idFault(slug) === null ? slug : `task-${slug || '1'}`;
	const message = `The id "${task.id.slice(0, 60)}" cannot be the name of a folder, so the task is called \`${id}\`.`;
	repairs.push({ kind: 'unusable-id', message, range: task.idRange });
	return id;
}

interface Context extends Pick<Names, 'idOf'> {
	readonly repairs: Repair[];
}

function keepKnown(task: ForeignTask, { idOf, repairs }: Context): ForeignTask {
	const kept = new Map<string, Located<string>>();
	const missing: string[] = [];
	for (const { value, range } of task.dependencies) {
		const id = idOf.get(value);
		if (id === undefined) {
			missing.push(value);
			const message = `\`${task.id}\` depends on \`${value}\`, which does not exist. The dependency is kept under \`notes\` only.`;
			repairs.push({ kind: 'dangling-dependency', message, range });
		} else if (id === task.id) {
			const message = `\`${task.id}\` depends on itself. The dependency is left out.`;
			repairs.push({ kind: 'self-dependency', message, range });
		} else if (!kept.has(id)) {
			kept.set(id, { value: id, range });
		}
	}
	const { parent, ...rest } = task;
	const within = parent === undefined ? undefined : idOf.get(parent);
	return {
		...rest,
		...(within !== undefined && within !== task.id && { parent: within }),
		dependencies: [...kept.values()],
		notes: missing.length > 0 ? { ...task.notes, missing_dependencies: missing } : task.notes,
	};
}

function cyclesOf(tasks: readonly ForeignTask[]): Repair[] {
	return findCycles(buildAdjacency(taskEdges(tasks))).flatMap((cycle) => {
		const members = cycle.flatMap((number) => tasks[number] ?? []);
		const first = members[0];
		const way = [...members, ...members.slice(0, 1)].map(({ id }) => `\`${id}\``).join(' → ');
		const message = `These tasks wait for each other: ${way}. Nothing was removed; take one of the dependencies out.`;
		return first === undefined ? [] : [{ kind: 'cycle' as const, message, range: first.idRange }];
	});
}

function nameGroups(groups: readonly ForeignGroup[]): ForeignGroup[] {
	const ids = new UniqueIds();
	return groups.map((group) => {
		const wish = idFault(group.id) === null ? group.id : slugOf(group.id) || 'group';
		return { ...group, id: ids.take(wish) };
	});
}

function keepMembers(
	group: ForeignGroup,
	{ idOf, idAt, repairs, groups }: Context & Names & { readonly groups: readonly ForeignGroup[] },
): ForeignGroup {
	const tasks = new Map<string, Located<string>>();
	for (const { value, range } of group.tasks) {
		const id = idAt.get(placeOf(range)) ?? idOf.get(value);
		if (id !== undefined) {
			tasks.set(id, { value: id, range });
		} else {
			const message = `\`${group.id}\` names \`${value}\`, which is no task here. It is left out.`;
			repairs.push({ kind: 'missing-member', message, range });
		}
	}
	const known = new Set(groups.map(({ id }) => id));
	const dependencies = group.dependencies.filter(({ value, range }) => {
		const isKnown = known.has(value) && value !== group.id;
		if (!isKnown) {
			const message = `\`${group.id}\` depends on \`${value}\`, which does not exist. The dependency is left out.`;
			repairs.push({ kind: 'dangling-dependency', message, range });
		}
		return isKnown;
	});
	return { ...group, tasks: [...tasks.values()], dependencies };
}
