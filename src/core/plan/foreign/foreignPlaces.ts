import type { PlanFile, PlanForm, PlanId } from '../plan.ts';
import { compareNames } from '../planFiles.ts';
import { baseName, parentUri } from '../uris.ts';
import { backlogFolders } from './collectForeign.ts';
import { detectForeign } from './detectForeign.ts';
import type { ForeignFormat } from './foreignPlan.ts';

/** A plan of another tool in its place: the files that are read as one. */
export interface ForeignSet {
	readonly format: ForeignFormat;
	readonly id: PlanId;
	readonly form: PlanForm;
	readonly files: readonly PlanFile[];
}

/** Folders with a dot that other tools keep plans in, and where in them: all other dot folders are left alone. */
export const hiddenPlaces: ReadonlyMap<string, readonly string[]> = new Map([
	['.taskmaster', ['.taskmaster/tasks']],
	['.beads', ['.beads']],
	['.backlog', backlogFolders.map((name) => `.backlog/${name}`)],
	['.work', ['.work/foundation/architecture']],
]);

/** Where other tools keep their plans, relative to a workspace folder: for watchers. */
export const foreignGlobs: readonly string[] = [
	'**/tasks/tasks.json',
	'**/.beads/issues.jsonl',
	'**/specs/*/tasks.md',
	'**/{backlog,.backlog}/{tasks,completed,drafts}/*.md',
	'**/{plan,DEPENDENCIES}.md',
];

const markdownPlans: readonly ForeignFormat[] = ['orca', 'persona', 'layers', 'checklist'];

const places: readonly (readonly [RegExp, readonly ForeignFormat[]])[] = [
	[/(^|\/)tasks\/tasks\.json$/, ['taskmaster']],
	[/(^|\/)\.beads\/issues\.jsonl$/, ['beads']],
	[/(^|\/)specs\/[^/]+\/tasks\.md$/, ['speckit']],
	[/(^|\/)\.?backlog\/(tasks|completed|drafts)\/[^/]+\.md$/, ['backlog']],
	[/(^|\/)plan\.md$/, markdownPlans],
	[/(^|\/)DEPENDENCIES\.md$/, ['layers']],
];

/** True for a path where a tool keeps its plan; only the text says whether it is one (`foreignAt`). */
export function isForeignPlace(path: string): boolean {
	return places.some(([pattern]) => pattern.test(path));
}

/** Which tool wrote the file in its own place; null where place and text do not agree. */
export function foreignAt(path: string, text: string): ForeignFormat | null {
	const format = detectForeign(path, text);
	const isMeant = places.some(
		([pattern, formats]) => format !== null && formats.includes(format) && pattern.test(path),
	);
	return isMeant ? format : null;
}

/**
 * Sorts files of other tools into plans, by their content alone: the tasks of one Backlog.md become one plan, every other
 * file is one of its own. Files of no tool are left out.
 */
export function groupForeign(files: readonly PlanFile[]): ForeignSet[] {
	const sets: ForeignSet[] = [];
	const backlogs = new Map<string, PlanFile[]>();
	for (const file of files) {
		const format = file.fault === undefined ? detectForeign(baseName(file.uri), file.text) : null;
		if (format === 'backlog') {
			const root = backlogRoot(file.uri);
			backlogs.set(root, [...(backlogs.get(root) ?? []), file]);
		} else if (format !== null) {
			const id = { rootUri: parentUri(file.uri), key: baseName(file.uri) };
			sets.push({ format, id, form: 'file', files: [file] });
		}
	}
	for (const [rootUri, members] of backlogs) {
		const sorted = members.sort((a, b) => compareNames(a.uri, b.uri));
		sets.push({ format: 'backlog', id: { rootUri, key: baseName(rootUri) }, form: 'folder', files: sorted });
	}
	return sets;
}

/** The folder that holds `tasks` and `completed`, or the folder of the file where it is in neither. */
function backlogRoot(uri: string): string {
	const folder = parentUri(uri);
	return backlogFolders.includes(baseName(folder)) ? parentUri(folder) : folder;
}
