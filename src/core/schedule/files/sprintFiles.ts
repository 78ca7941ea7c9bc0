import type { Document, Node } from 'yaml';
import { isSeq, stringify } from 'yaml';
import type { Plan, Sprint } from '../../plan/plan.ts';
import { baseName, joinUri } from '../../plan/uris.ts';
import type { PairEdit } from './editPairs.ts';
import { editPairs } from './editPairs.ts';
import type { FileChange } from './fileChange.ts';
import { changeOf } from './fileChange.ts';
import { isUntouched, withPlanMark } from './planMark.ts';
import type { SprintRow } from './planTable.ts';
import { hoursOf, isSameSprint } from './planTable.ts';

/**
 * The files of the planned sprints, one each (FORMATS 1.1), and the end of those that are no longer planned. A sprint
 * that already says the same is left as it is; of one that a person wrote or changed only what differs is edited.
 */
export function sprintFileChanges(
	plan: Plan,
	rows: readonly SprintRow[],
	texts: ReadonlyMap<string, string>,
): FileChange[] {
	const existing = new Map(plan.sprints.map((sprint) => [sprint.id, sprint]));
	const planned = new Set(rows.map(({ id }) => id));
	const gone = plan.sprints.filter(({ id }) => !planned.has(id)).map(({ idRange }) => idRange.uri);
	const kept = new Set(plan.sprints.filter(({ id }) => planned.has(id)).map(({ idRange }) => idRange.uri));
	return [
		...rows.flatMap((row) => changeOfRow(row, { plan, sprint: existing.get(row.id), texts })),
		...[...new Set(gone)].filter((uri) => !kept.has(uri)).flatMap((uri) => removal(uri, texts.get(uri))),
	];
}

interface RowContext {
	readonly plan: Plan;
	readonly sprint: Sprint | undefined;
	readonly texts: ReadonlyMap<string, string>;
}

function changeOfRow(row: SprintRow, { plan, sprint, texts }: RowContext): FileChange[] {
	const uri = sprint?.idRange.uri ?? joinUri(plan.id.rootUri, `docs/sprints/${row.id}.yaml`);
	const before = texts.get(uri) ?? null;
	if (before === null) {
		return [{ uri, kind: 'new', before, after: sprintFile(row) }];
	}
	if (sprint !== undefined && isSameSprint(sprint, row)) {
		return [];
	}
	if (isUntouched(before, 'yaml')) {
		return changeOf({ uri, kind: 'update', before, after: sprintFile(row) });
	}
	return changeOf({ uri, kind: 'overwrite', before, after: editedSprint(before, row, uri) });
}

function removal(uri: string, before: string | undefined): FileChange[] {
	return before === undefined
		? []
		: [{ uri, kind: isUntouched(before, 'yaml') ? 'update' : 'overwrite', before, after: null }];
}

/** A sprint file as planning writes it. */
function sprintFile(row: SprintRow): string {
	const value = {
		id: row.id,
		name: row.name,
		track: row.track,
		sprint_number: row.number,
		duration_hours: hoursOf(row.minutes),
		tasks: row.tasks,
		dependencies: row.dependencies.length === 0 ? ['none'] : row.dependencies,
	};
	return withPlanMark(stringify(value, { lineWidth: 110 }), 'yaml');
}

/** A hand-written sprint with the values that planning decides; everything else stays. */
function editedSprint(text: string, row: SprintRow, uri: string): string {
	if (/\.json$/i.test(baseName(uri))) {
		return editedJson(text, row) ?? sprintFile(row);
	}
	return editPairs(text, sprintEdits(row)) ?? sprintFile(row);
}

function sprintEdits(row: SprintRow): Record<string, PairEdit> {
	return {
		track: () => row.track,
		sprint_number: () => row.number,
		tasks: (document, value) => idList(document, value, row.tasks),
		dependencies: (document, value) =>
			idList(document, value, row.dependencies.length === 0 ? ['none'] : row.dependencies),
		// Hours that are stated are kept true; a sprint without them needs none.
		...Object.fromEntries(
			['duration_hours', 'estimated_hours'].map((key): [string, PairEdit] => [
				key,
				(_document, value) => (value === null ? undefined : hoursOf(row.minutes)),
			]),
		),
	};
}

/** A list of ids in a new order: entries that stay keep their quotes and comments, and the list its form. */
export function idList(document: Document, value: Node | null, ids: readonly string[]): unknown {
	if (!isSeq(value)) {
		return [...ids];
	}
	const known = new Map(value.items.map((item) => [textOf(item), item]));
	value.items = ids.map((id) => known.get(id) ?? document.createNode(id));
	return value;
}

function textOf(item: unknown): string {
	return typeof item === 'object' && item !== null && 'value' in item ? String(item.value) : '';
}

function editedJson(text: string, row: SprintRow): string | null {
	try {
		const value: unknown = JSON.parse(text);
		if (typeof value !== 'object' || value === null || Array.isArray(value)) {
			return null;
		}
		const hours = 'duration_hours' in value ? 'duration_hours' : 'estimated_hours';
		const edited = {
			...value,
			track: row.track,
			sprint_number: row.number,
			...(hours in value && { [hours]: hoursOf(row.minutes) }),
			tasks: row.tasks,
			dependencies: row.dependencies,
		};
		return `${JSON.stringify(edited, null, 2)}\n`;
	} catch {
		return null;
	}
}
