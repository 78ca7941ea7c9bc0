import type { Plan, Task } from '../plan.ts';
import type { IdField } from './idFields.ts';
import { addId, removeIds } from './idFields.ts';
import type { EditedPlan, FileChange } from './textChange.ts';
import { editedText } from './textChange.ts';

/** One edge of the plan: `task` waits for `needs`. */
export interface DependencyChange {
	readonly task: string;
	readonly needs: string;
	/** False takes the edge out. */
	readonly isNeeded: boolean;
}

/** The list of what a task waits for. */
export function needsOf({ range, idRange, dependencies }: Task): IdField {
	return { range, idRange, items: dependencies, names: ['dependencies', 'depends_on', 'dependsOn'] };
}

/**
 * Adds an edge between two tasks or takes one out, in the list of the task that waits. Returns what was done (nothing where it
 * is so already), or why it cannot be: an edge that closes a circle is refused.
 */
export async function changeDependency(
	edited: EditedPlan,
	{ task: id, needs, isNeeded }: DependencyChange,
): Promise<FileChange[] | { readonly fault: string }> {
	const task = edited.plan.tasks.find((each) => each.id === id);
	if (task === undefined) {
		return { fault: `There is no task \`${id}\`.` };
	}
	if (task.dependencies.some(({ value }) => value === needs) === isNeeded) {
		return [];
	}
	if (isNeeded && waitsFor(edited.plan, needs, id)) {
		const what =
			needs === id ? 'A task cannot wait for itself.' : `\`${needs}\` waits for \`${id}\` already.`;
		return { fault: `${what} This dependency would close a circle.` };
	}
	const { uri } = task.range;
	const text = editedText(uri, await edited.textOf(uri));
	const added = text === null || !isNeeded ? null : addId(text, needsOf(task), needs);
	const removed = text === null || isNeeded ? [] : removeIds(text, needsOf(task), new Set([needs]));
	const edits = added === null ? removed : [added];
	return edits.length === 0
		? { fault: `The dependencies of \`${id}\` are written in a way that cannot be changed by itself.` }
		: [{ kind: 'edit', uri, edits }];
}

/** Whether a task waits for another, directly or not, or is the same one. */
export function waitsFor(plan: Plan, task: string, other: string): boolean {
	const tasks = new Map(plan.tasks.map((each) => [each.id, each]));
	const seen = new Set([task]);
	for (const id of seen) {
		if (id === other) {
			return true;
		}
		for (const { value } of tasks.get(id)?.dependencies ?? []) {
			seen.add(value);
		}
	}
	return false;
}
