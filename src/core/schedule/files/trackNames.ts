import type { Node } from 'yaml';
import { isMap, isScalar } from 'yaml';
import type { Plan } from '../../plan/plan.ts';
import { joinUri } from '../../plan/uris.ts';
import type { PlannedTrack } from '../trackPlan.ts';
import type { PairEdit } from './editPairs.ts';
import { editPairs } from './editPairs.ts';
import type { FileChange } from './fileChange.ts';
import { changeOf } from './fileChange.ts';

/** Tracks that a plan declares and that are planned no more, and planned ones that nobody declared. */
export function trackDifference(plan: Plan, tracks: readonly PlannedTrack[]) {
	const declared = new Set(
		plan.tracks.filter(({ range }) => range !== undefined).map(({ number }) => number),
	);
	const planned = new Set(tracks.map(({ number }) => number));
	return {
		added: tracks.filter(({ number }) => !declared.has(number)),
		removed: [...declared].filter((number) => !planned.has(number)),
	};
}

/** The edit of a `tracks:` mapping: names of new tracks come, tracks without a task go. */
export function tracksEdit(plan: Plan, tracks: readonly PlannedTrack[]): PairEdit {
	const { added, removed } = trackDifference(plan, tracks);
	return (document, value: Node | null) => {
		const map = value === null ? document.createNode({}) : value;
		if (!isMap(map)) {
			// A list of tracks, or a slip: written anew.
			return Object.fromEntries(tracks.map(({ number, name }) => [number, { name }]));
		}
		map.items = map.items.filter(({ key }) => !removed.includes(numberOf(key)));
		for (const { number, name } of added) {
			const fields = document.createNode({ name });
			if (isMap(fields)) {
				fields.flow = true;
			}
			map.add(document.createPair(number, fields));
		}
		return map.items.length === 0 ? undefined : map;
	};
}

/** The number of a track as its key says it: `1`, `"01"`, `track_1`. */
function numberOf(key: unknown): number {
	return isScalar(key) ? Number(String(key.value).replace(/\D+/g, '')) : Number.NaN;
}

/** The change of `docs/planning/switchyard.yaml` that the names of tracks need; none where all are declared. */
export function trackNameChanges(
	plan: Plan,
	tracks: readonly PlannedTrack[],
	texts: ReadonlyMap<string, string>,
): FileChange[] {
	const { added, removed } = trackDifference(plan, tracks);
	if (added.length === 0 && removed.length === 0) {
		return [];
	}
	const uri = joinUri(plan.id.rootUri, 'docs/planning/switchyard.yaml');
	const before = texts.get(uri) ?? null;
	const after = editPairs(before ?? '', { tracks: tracksEdit(plan, tracks) });
	const kind = before === null ? 'new' : removed.length > 0 ? 'overwrite' : 'addition';
	return after === null ? [] : changeOf({ uri, kind, before, after });
}
