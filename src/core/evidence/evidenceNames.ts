import type { RunPlan, RunTask } from '../run/runPlan.ts';

/** Names that Windows keeps for devices, with or without an extension. */
const reservedOnWindows = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/** Paths have to stay below 260 characters on an ordinary Windows, with a root and a file name around them. */
const longestId = 40;
const longestSlug = 32;

/** Words of a name as they may stand in a file name: lower case, joined by `-`, without accents; may be empty. */
export function slugify(name: string, longest = longestSlug): string {
	const words = name
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.match(/[\p{L}\p{N}]+/gu);
	return cutAtWord((words ?? []).join('-'), longest);
}

function cutAtWord(slug: string, longest: number): string {
	if (slug.length <= longest) {
		return slug;
	}
	const cut = Array.from(slug).slice(0, longest).join('');
	const lastWord = cut.lastIndexOf('-');
	return lastWord > 0 ? cut.slice(0, lastWord) : cut;
}

/**
 * A file name for an id. Ids of well-formed plans stay as they are; others lose what a file system could read as
 * something else and get a hash instead, so that two ids never share a name.
 */
export function safeName(id: string): string {
	if (/^[\p{L}\p{N}][\p{L}\p{N}_-]*$/u.test(id) && id.length <= longestId && !reservedOnWindows.test(id)) {
		return id;
	}
	const kept = slugify(id, longestId - 9);
	return kept === '' ? hash(id) : `${kept}-${hash(id)}`;
}

/** FNV-1a over UTF-16 units: only has to tell apart the few ids of one plan that cannot stand for themselves. */
function hash(text: string): string {
	let value = 0x811c9dc5;
	for (let index = 0; index < text.length; index++) {
		value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
	}
	return (value >>> 0).toString(16).padStart(8, '0');
}

/** Which run it is about; its time in milliseconds since the epoch. */
export interface EvidencePlace {
	readonly run: string;
	readonly createdAt: number;
}

/**
 * The folder of one run's evidence: `<evidence>/milestones/<YYYYMMDD>-<plan>` (FORMATS 2.3), relative to the root, or
 * `<evidence>/sprints` in the older layout of seed 003, where every run writes over the one before. A
 * run id `exec-YYYYMMDD-<slug>[-n]` already has date, name and what tells apart two runs of one day.
 */
export function milestoneFolder(plan: RunPlan, options: EvidencePlace): string {
	const evidence = plan.evidence.replace(/\/+$/, '');
	if (plan.evidenceLayout === 'sprints') {
		return `${evidence}/sprints`;
	}
	const fromRun = /^exec-(\d{8}-.+)$/.exec(options.run)?.[1];
	const day = new Date(options.createdAt).toISOString().slice(0, 10).replaceAll('-', '');
	const name = fromRun ?? `${day}-${slugify(plan.name) || safeName(plan.key)}`;
	return `${evidence}/milestones/${safeName(name)}`;
}

/**
 * The evidence folder of each task, relative to the root, with `/`. Ids that differ in case only would meet on many
 * file systems: those get a hash.
 */
export function evidenceFolders(plan: RunPlan, options: EvidencePlace): ReadonlyMap<string, string> {
	const milestone = milestoneFolder(plan, options);
	const folders = new Map<string, string>();
	const taken = new Map<string, number>();
	for (const task of plan.tasks) {
		const folder = `${milestone}/${sprintFolder(task.sprint)}/implementation/${taskFolder(task)}`;
		folders.set(task.id, folder);
		taken.set(folder.toLowerCase(), (taken.get(folder.toLowerCase()) ?? 0) + 1);
	}
	for (const [id, folder] of folders) {
		if ((taken.get(folder.toLowerCase()) ?? 0) > 1) {
			folders.set(id, `${folder}-${hash(id)}`);
		}
	}
	return folders;
}

/** `sprint-001-01`; tasks in no sprint are `unscheduled`. */
export function sprintFolder(sprint: string | null): string {
	return sprint === null ? 'unscheduled' : safeName(sprint).toLowerCase();
}

/** `TASK-001-login-form`, or the id alone where the name says no more. */
export function taskFolder(task: RunTask): string {
	const id = safeName(task.id);
	const slug = slugify(task.name);
	return slug === '' || slug === id.toLowerCase() ? id : `${id}-${slug}`;
}
