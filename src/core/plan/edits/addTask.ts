import type { Task } from '../plan.ts';
import { idFault } from '../readIds.ts';
import { joinUri, parentUri } from '../uris.ts';
import { isPlain } from './idText.ts';
import { moveToSprint } from './moveToSprint.ts';
import { nextId } from './nextId.ts';
import type { EditedPlan, FileChange, TextChange } from './textChange.ts';
import { editedText } from './textChange.ts';

export type FieldValue = string | number | readonly string[];

export interface NewTask {
	/** The next free one without it. */
	readonly id?: string;
	readonly name?: string;
	/** The sprint it joins. */
	readonly sprint?: string;
	/** Further fields in the order in which they are written: texts, numbers and lists. */
	readonly fields?: Readonly<Record<string, FieldValue>>;
}

/**
 * Adds a task behind the last one of a one-file plan, or as a file of its own, and to a sprint if asked. Returns what was done,
 * or why nothing was: the id is taken or cannot be one, or the plan has no list of tasks to add to.
 */
export async function addTask(
	edited: EditedPlan,
	{ id: wish, name, sprint, fields: more }: NewTask,
): Promise<{ readonly id: string; readonly changes: FileChange[] } | { readonly fault: string }> {
	const id = wish ?? nextId(edited.plan.tasks, 'TASK-001');
	const fault = idFault(id);
	if (fault !== null) {
		return { fault: `The id of a task ${fault}` };
	}
	if (edited.plan.tasks.some((task) => task.id === id)) {
		return { fault: `There is a task \`${id}\` already. Choose another id.` };
	}
	const fields = { id, name: name ?? id, ...more };
	const added = edited.plan.form === 'folder' ? newFile(edited, fields) : await newItem(edited, fields);
	if (added === null) {
		return { fault: 'This plan has no list of tasks to add to. Write `tasks:` with a first task by hand.' };
	}
	if (sprint === undefined) {
		return { id, changes: [added] };
	}
	const joined = await moveToSprint(edited, { task: id, sprint });
	return 'fault' in joined ? joined : { id, changes: mergeEdits([added, ...joined]) };
}

type Fields = Readonly<Record<string, FieldValue>> & { readonly id: string };

function newFile({ plan, parts }: EditedPlan, fields: Fields): FileChange {
	const neighbour = parts.find(({ kind }) => kind === 'task')?.uri;
	const folder =
		neighbour === undefined ? joinUri(plan.id.rootUri, 'docs/planning/tasks') : parentUri(neighbour);
	const text = Object.entries(fields)
		.map(([key, value]) => `${key}: ${written(value, false)}\n`)
		.join('');
	return { kind: 'create', uri: joinUri(folder, `${fields.id}.yaml`), text };
}

async function newItem(edited: EditedPlan, fields: Fields): Promise<FileChange | null> {
	const kinds = new Map(edited.parts.map(({ uri, kind }) => [uri, kind]));
	const last = edited.plan.tasks.findLast(({ range }) => kinds.get(range.uri) === 'one-file');
	const text = last === undefined ? null : await edited.textOf(last.range.uri);
	if (last === undefined || text === null) {
		return null;
	}
	return { kind: 'edit', uri: last.range.uri, edits: [itemAfter(last, text, fields)] };
}

/** A new item of a list behind a task, in the form that the task has. */
function itemAfter({ range }: Task, plain: string, fields: Fields): TextChange {
	const { lines, lineEnd, isJson } = editedText(range.uri, plain) ?? {
		lines: null,
		lineEnd: '\n',
		isJson: false,
	};
	const before = lines?.line(range.start.line).slice(0, range.start.character) ?? '';
	if (isJson || !/^\s*-\s+$/.test(before)) {
		const item = isJson
			? JSON.stringify(fields)
			: `{${Object.entries(fields)
					.map(([key, value]) => `${key}: ${written(value, true)}`)
					.join(', ')}}`;
		return { range: { start: range.end, end: range.end }, newText: `, ${item}` };
	}
	const indent = ' '.repeat(before.length);
	const at = { line: range.end.line, character: lines?.line(range.end.line).length ?? 0 };
	const item = Object.entries(fields)
		.map(
			([key, value], index) => `${lineEnd}${index === 0 ? before : indent}${key}: ${written(value, false)}`,
		)
		.join('');
	return { range: { start: at, end: at }, newText: item };
}

function written(value: FieldValue, isInFlow: boolean): string {
	if (typeof value === 'number') {
		return String(value);
	}
	if (typeof value !== 'string') {
		return `[${value.map((each) => written(each, true)).join(', ')}]`;
	}
	const text = value;
	return isPlain(text, isInFlow) ? text : JSON.stringify(text);
}

/** Edits of one file as one change. */
function mergeEdits(changes: readonly FileChange[]): FileChange[] {
	const merged: FileChange[] = [];
	for (const change of changes) {
		const at = merged.findIndex(
			(each) => each.kind === 'edit' && change.kind === 'edit' && each.uri === change.uri,
		);
		const known = merged[at];
		if (known?.kind === 'edit' && change.kind === 'edit') {
			merged[at] = { ...known, edits: [...known.edits, ...change.edits] };
		} else {
			merged.push(change);
		}
	}
	return merged;
}
