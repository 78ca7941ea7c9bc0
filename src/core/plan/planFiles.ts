import type { PlanForm, PlanId } from './plan.ts';
import { joinUri } from './uris.ts';

/** What a file is within a plan, known from its place and name alone (FORMATS 1.1, 1.2). */
export type PlanFileKind = 'prd' | 'task' | 'sprint' | 'header' | 'one-file' | 'state' | 'summary';

/** The files of one plan in a folder. */
export interface PlanGroup {
	readonly id: PlanId;
	readonly form: PlanForm;
	/** URIs, sorted by name: folder form PRD and header first, then tasks, then sprints. */
	readonly files: readonly string[];
}

/** Where plans may lie, relative to a workspace folder: for watchers, activation and searches. */
export const planGlobs: readonly string[] = [
	'**/docs/planning/{PROJECT,FEATURE_*,ISSUE_*}_PRD.{yaml,yml,json}',
	'**/docs/planning/switchyard.yaml',
	'**/docs/planning/tasks/*.{yaml,yml,json}',
	'**/docs/planning/sprints/*.{yaml,yml,json}',
	'**/docs/sprints/*.{yaml,yml,json}',
	'**/docs/planning/.{project,feature-*,issue-*}-state.yaml',
	'**/*.plan.yaml',
	'**/plan.yaml',
	'**/switchyard.yaml',
];

const folderPatterns: readonly (readonly [RegExp, PlanFileKind])[] = [
	[/(^|\/)docs\/planning\/(PROJECT|FEATURE_[^/]+|ISSUE_[^/]+)_PRD\.(yaml|yml|json)$/, 'prd'],
	[/(^|\/)docs\/planning\/switchyard\.yaml$/, 'header'],
	[/(^|\/)docs\/planning\/tasks\/[^/.][^/]*\.(yaml|yml|json)$/, 'task'],
	[/(^|\/)docs\/(planning\/)?sprints\/[^/.][^/]*\.(yaml|yml|json)$/, 'sprint'],
	[/(^|\/)docs\/planning\/\.(project|feature-[^/]+|issue-[^/]+)-state\.yaml$/, 'state'],
	[/(^|\/)docs\/(planning\/(TASK_SUMMARY|task-dependency-graph)|sprints\/SPRINT_OVERVIEW)\.md$/, 'summary'],
];

const oneFilePattern = /(^|\/)([^/.][^/]*\.plan\.yaml|plan\.yaml|switchyard\.yaml)$/;

/** Overviews of a plan for people in Markdown: their figures are checked as they are typed, and nothing else of them. */
export const summaryGlobs: readonly string[] = [
	'**/docs/planning/{TASK_SUMMARY,task-dependency-graph}.md',
	'**/docs/sprints/SPRINT_OVERVIEW.md',
];

/** What a file with this path (relative to a workspace folder, with `/`) would be; null for all that is not a plan's. */
export function classify(path: string): PlanFileKind | null {
	for (const [pattern, kind] of folderPatterns) {
		if (pattern.test(path)) {
			return kind;
		}
	}
	return oneFilePattern.test(path) ? 'one-file' : null;
}

/**
 * `plan.yaml` is a name that other tools use too: such a file is a plan only when it has a `plan:` mapping or a `tasks:`
 * list at the top level. Every other planning path is claimed by its name alone, so that an empty one can be reported.
 */
export function isClaimed(path: string, text: string): boolean {
	if (!/(^|\/)plan\.yaml$/.test(path)) {
		return true;
	}
	return (
		/^["']?plan["']?[ \t]*:[ \t]*(\{|$|#|\r|&)/m.test(text) ||
		/^["']?tasks["']?[ \t]*:[ \t]*(\[|(#.*)?(\r?\n([ \t]*(#.*)?\r?\n)*[ \t]*-[ \t\r\n]))/m.test(text)
	);
}

/** True for a path that discovery leaves out: dot folders (.git, .switchyard, .work, worktrees) and node_modules. */
export function isSkippedFolder(name: string): boolean {
	return name.startsWith('.') || name === 'node_modules';
}

/** True when any folder on the way to a file (path relative to a workspace folder) is one that discovery leaves out. */
export function isSkippedPath(path: string): boolean {
	return path.split('/').slice(0, -1).some(isSkippedFolder);
}

/** Sorts the paths of planning files (relative to one folder) into plans. Other paths are ignored. */
export function groupPlans(folderUri: string, paths: readonly string[]): readonly PlanGroup[] {
	const groups = new Map<string, { id: PlanId; form: PlanForm; paths: string[]; hasPlan: boolean }>();
	for (const path of paths) {
		const place = planOf(folderUri, path);
		if (place === null) {
			continue;
		}
		const name = `${place.id.rootUri} ${place.id.key}`;
		const group = groups.get(name) ?? { ...place, paths: [], hasPlan: false };
		group.paths.push(path);
		// Sprints in docs/sprints and a state file alone do not make a plan: other tools may use that folder as well.
		group.hasPlan ||= !['state', 'summary'].includes(place.kind) && !/(^|\/)docs\/sprints\/[^/]*$/.test(path);
		groups.set(name, group);
	}
	return [...groups.values()]
		.filter((group) => group.hasPlan)
		.map(({ id, form, paths: members }) => ({
			id,
			form,
			files: members.sort(comparePaths).map((path) => joinUri(folderUri, path)),
		}));
}

/** The plan that a planning file belongs to, and what it is in it; null for other files. */
export function planOf(
	folderUri: string,
	path: string,
): { readonly id: PlanId; readonly form: PlanForm; readonly kind: PlanFileKind } | null {
	const kind = classify(path);
	if (kind === null) {
		return null;
	}
	if (kind === 'one-file') {
		const at = path.lastIndexOf('/');
		const rootUri = joinUri(folderUri, path.slice(0, Math.max(0, at)));
		return { id: { rootUri, key: oneFileKey(path.slice(at + 1)) }, form: 'file', kind };
	}
	const root = path.slice(0, Math.max(0, path.search(/(^|\/)docs\/(planning|sprints)\/[^/]+(\/[^/]+)?$/)));
	return { id: { rootUri: joinUri(folderUri, root), key: 'planning' }, form: 'folder', kind };
}

/** The key of a one-file plan: its name without `.plan.yaml`/`.yaml`, never one that another file of the folder can have. */
export function oneFileKey(fileName: string): string {
	const plain = /^(plan|switchyard)\.yaml$/.exec(fileName)?.[1];
	if (plain !== undefined) {
		return plain;
	}
	const name = fileName.replace(/\.(plan\.yaml|yaml|yml|json)$/, '');
	return ['planning', 'plan', 'switchyard'].includes(name) ? `${name}.plan` : name;
}

const kindOrder: readonly PlanFileKind[] = [
	'prd',
	'header',
	'task',
	'sprint',
	'state',
	'summary',
	'one-file',
];

/** Document order of the folder form: by kind, then by name, with numbers compared as numbers. */
function comparePaths(a: string, b: string): number {
	const byKind = kindOrder.indexOf(classify(a) ?? 'one-file') - kindOrder.indexOf(classify(b) ?? 'one-file');
	return byKind !== 0 ? byKind : compareNames(a, b);
}

/** Compares names the way people count: `TASK-2` before `TASK-10`; the same on every machine. */
export function compareNames(a: string, b: string): number {
	const left = a.match(/\d+|\D+/g) ?? [];
	const right = b.match(/\d+|\D+/g) ?? [];
	for (let i = 0; i < Math.min(left.length, right.length); i++) {
		const order = compareParts(left[i] ?? '', right[i] ?? '');
		if (order !== 0) {
			return order;
		}
	}
	return left.length - right.length || (a < b ? -1 : a > b ? 1 : 0);
}

function compareParts(a: string, b: string): number {
	const byNumber = /^\d/.test(a) && /^\d/.test(b) ? Number(a) - Number(b) : 0;
	return byNumber !== 0 ? byNumber : a < b ? -1 : a > b ? 1 : 0;
}
