import type { Document, Node, YAMLMap } from 'yaml';
import { isMap, isSeq } from 'yaml';
import { checksum } from '../../plan/checksum.ts';
import type { Plan } from '../../plan/plan.ts';
import type { PlannedTrack } from '../trackPlan.ts';
import { editPairs } from './editPairs.ts';
import type { FileChange } from './fileChange.ts';
import { changeOf } from './fileChange.ts';
import type { SprintRow } from './planTable.ts';
import { hoursOf, isSameSprint } from './planTable.ts';
import { idList } from './sprintFiles.ts';
import { trackDifference, tracksEdit } from './trackNames.ts';

/** Comment above planned sprints, with a checksum that tells whether a hand changed them since. */
const mark = /^ ?Planned by Switchyard \(checksum ([0-9a-f]{8})\)\.?$/m;

/** The tracks and sprints of a plan in one file (FORMATS 1.2), edited into it; comments and order of the rest stay. */
export function oneFileChange(
	plan: Plan,
	planned: { readonly tracks: readonly PlannedTrack[]; readonly rows: readonly SprintRow[] },
	file: { readonly uri: string; readonly text: string },
): FileChange[] {
	const { rows, tracks } = planned;
	const { added, removed } = trackDifference(plan, tracks);
	const existing = new Map(plan.sprints.map((sprint) => [sprint.id, sprint]));
	const isSame =
		plan.sprints.length === rows.length &&
		rows.every((row) => {
			const sprint = existing.get(row.id);
			return sprint !== undefined && isSameSprint(sprint, row);
		});
	if (isSame && added.length === 0 && removed.length === 0) {
		return [];
	}
	const state = stateOf(plan, file.text);
	const after = editPairs(
		file.text,
		{
			tracks: tracksEdit(plan, tracks),
			sprints: (document, value) => sprintList(document, value, rows),
		},
		{ before: ['sprints', 'tasks'] },
	);
	if (after === null) {
		return [];
	}
	return changeOf({ uri: file.uri, kind: state, before: file.text, after });
}

/** Whether the sprints of the file are none, planned and untouched, or somebody's own. */
function stateOf(plan: Plan, text: string): FileChange['kind'] {
	if (plan.sprints.length === 0) {
		return 'addition';
	}
	const stated = mark.exec(text.replace(/^\s*#/gm, ''))?.[1];
	const rows = plan.sprints.map(({ id, name, track, tasks }) => ({
		id,
		name,
		track: track ?? 0,
		tasks: tasks.map(({ value }) => value),
	}));
	return stated === fingerprint(rows) ? 'update' : 'overwrite';
}

/** What a person might have changed of planned sprints. */
function fingerprint(rows: readonly Pick<SprintRow, 'id' | 'name' | 'track' | 'tasks'>[]): string {
	const sorted = [...rows].sort((a, b) => (a.id < b.id ? -1 : 1));
	return checksum(
		sorted.map(({ id, name, track, tasks }) => [id, name, track, ...tasks].join(' ')).join('\n'),
	);
}

/** Sprints that stay keep their place, their comments and all fields that planning does not decide. */
function sprintList(document: Document, value: Node | null, rows: readonly SprintRow[]): unknown {
	const list = isSeq(value) ? value : document.createNode([]);
	if (!isSeq(list)) {
		return list;
	}
	list.flow = false;
	const byId = new Map(rows.map((row) => [row.id, row]));
	const kept = list.items.filter(isMap).flatMap((item) => {
		const row = byId.get(String(item.get('id')));
		if (row === undefined) {
			return [];
		}
		byId.delete(row.id);
		fill(document, item, row);
		return [item];
	});
	const fresh = [...byId.values()].map((row) => freshSprint(document, row));
	list.items = [...kept, ...fresh];
	const own = (list.commentBefore ?? '').split('\n').filter((line) => line !== '' && !mark.test(line));
	list.commentBefore = [...own, ` Planned by Switchyard (checksum ${fingerprint(rows)}).`].join('\n');
	return list;
}

function fill(document: Document, item: YAMLMap, row: SprintRow): void {
	const list = (key: string, ids: readonly string[]) => {
		const found = item.get(key, true);
		item.set(key, document.createNode(idList(document, (found as Node | undefined) ?? null, ids)));
	};
	item.set('track', row.track);
	item.set('sprint_number', row.number);
	list('tasks', row.tasks);
	if (row.dependencies.length > 0 || item.has('dependencies')) {
		list('dependencies', row.dependencies.length === 0 ? ['none'] : row.dependencies);
	}
	for (const key of ['duration_hours', 'estimated_hours']) {
		if (item.has(key)) {
			item.set(key, hoursOf(row.minutes));
		}
	}
}

function freshSprint(document: Document, row: SprintRow): unknown {
	const node = document.createNode({
		id: row.id,
		name: row.name,
		track: row.track,
		sprint_number: row.number,
		tasks: row.tasks,
		...(row.dependencies.length > 0 && { dependencies: row.dependencies }),
	});
	if (isMap(node)) {
		node.flow = true;
	}
	return node;
}
