import type { Sprint } from '../plan.ts';
import type { IdField } from './idFields.ts';
import { addId, removeIds } from './idFields.ts';
import type { EditedPlan, FileChange, TextChange } from './textChange.ts';
import { editedText } from './textChange.ts';

/** The list of the tasks of a sprint. */
export function membersOf({ range, idRange, tasks }: Sprint): IdField {
	return { range, idRange, items: tasks, names: ['tasks'] };
}

/**
 * Moves a task into a sprint, and out of every other; with null it is in none. Only the lists change. Returns what was done, or
 * why nothing was.
 */
export async function moveToSprint(
	edited: EditedPlan,
	{ task, sprint }: { readonly task: string; readonly sprint: string | null },
): Promise<FileChange[] | { readonly fault: string }> {
	const target = edited.plan.sprints.find(({ id }) => id === sprint);
	if (sprint !== null && target === undefined) {
		return { fault: `There is no sprint \`${sprint}\`.` };
	}
	const changes = new Map<string, TextChange[]>();
	for (const each of edited.plan.sprints) {
		const edits = await editsOf(edited, each, { task, isTarget: each === target });
		if (edits === null) {
			return { fault: `The tasks of \`${each.id}\` are written in a way that cannot be changed by itself.` };
		}
		if (edits.length > 0) {
			changes.set(each.range.uri, [...(changes.get(each.range.uri) ?? []), ...edits]);
		}
	}
	return [...changes].map(([uri, edits]) => ({ kind: 'edit', uri, edits }));
}

async function editsOf(
	edited: EditedPlan,
	sprint: Sprint,
	{ task, isTarget }: { readonly task: string; readonly isTarget: boolean },
): Promise<TextChange[] | null> {
	const isMember = sprint.tasks.some(({ value }) => value === task);
	if (isMember === isTarget) {
		return [];
	}
	const text = editedText(sprint.range.uri, await edited.textOf(sprint.range.uri));
	if (text === null) {
		return null;
	}
	if (isTarget) {
		const edit = addId(text, membersOf(sprint), task);
		return edit === null ? null : [edit];
	}
	const edits = removeIds(text, membersOf(sprint), new Set([task]));
	return edits.length === 0 ? null : edits;
}
