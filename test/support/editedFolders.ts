import { readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import fc from 'fast-check';
import { globSync } from 'tinyglobby';
import { heads, plans, sprintLines, taskLines } from './editedPlans.ts';
import type { PlanUnderEdit } from './planUnderEdit.ts';
import type { Step } from './textEdits.ts';
import { oneStep } from './textEdits.ts';

/** The texts of a plan by their paths. */
export type Folder = Readonly<Record<string, string>>;

/** One thing that somebody does to one file of a plan. */
export interface Move {
	/** Which file, from 0 to 1. */
	readonly which: number;
	readonly act: 'edit' | 'open' | 'close' | 'remove' | 'copy';
	readonly step: Step;
}

/** An item of a list as a file of its own. */
function asFile(lines: readonly string[]): string {
	return lines.map((line) => `${line.startsWith('#') ? line : line.slice(2)}\n`).join('');
}

const taskFile = taskLines.map(asFile);
const sprintFile = sprintLines.map(asFile);

const stateFile = fc
	.array(fc.tuple(fc.integer({ min: 1, max: 12 }), fc.constantFrom('completed', 'pending', 'failed')), {
		maxLength: 4,
	})
	.map(
		(tasks) =>
			`version: 1\ntasks:\n${tasks.map(([id, status]) => `  T${id}:\n    status: ${status}\n`).join('')}`,
	);

const summaryFile = fc
	.integer({ min: 1, max: 90 })
	.map(
		(hours) => `# Summary\n\n**Total estimated hours:** ${hours}\n\nCritical path: T1 → T2 (${hours} h)\n`,
	);

/** Small plans in the folder form, with files of every kind. */
const composedFolders: fc.Arbitrary<Folder> = fc
	.record({
		one: taskFile,
		two: taskFile,
		all: plans,
		sprint: sprintFile,
		later: sprintFile,
		head: fc.constantFrom(...heads),
		state: stateFile,
		summary: summaryFile,
		left: fc.subarray(['one', 'two', 'all', 'sprint', 'later', 'head', 'state', 'summary'] as const, {
			minLength: 2,
		}),
	})
	.map((texts) => Object.fromEntries(texts.left.map((name) => [places[name], texts[name]])));

const places = {
	one: 'docs/planning/tasks/T1.yaml',
	two: 'docs/planning/tasks/T2.yml',
	all: 'docs/planning/tasks/all.yaml',
	sprint: 'docs/sprints/S1.yaml',
	later: 'docs/planning/sprints/S2.yaml',
	head: 'docs/planning/switchyard.yaml',
	state: 'docs/planning/.project-state.yaml',
	summary: 'docs/planning/TASK_SUMMARY.md',
} as const;

/** The sample with tracks, as people get it who try it. */
const shop: Folder = folderAt(resolve('samples/shop'));

/** The planning files of a folder on the disk. */
export function folderAt(path: string): Folder {
	const files = globSync(['docs/**/*.{yaml,yml,json,md}'], { cwd: path, absolute: true, dot: true }).sort();
	return Object.fromEntries(
		files.map((file) => [relative(path, file).replaceAll('\\', '/'), readFileSync(join(file), 'utf8')]),
	);
}

export const folders: fc.Arbitrary<Folder> = fc.oneof(
	{ weight: 19, arbitrary: composedFolders },
	{ weight: 1, arbitrary: fc.constant(shop) },
);

/** What somebody does with several files: edits for the most part, in one file and then in another. */
export const moves: fc.Arbitrary<Move[]> = fc.array(
	fc.record({
		which: fc.double({ min: 0, max: 0.999_999, noNaN: true }),
		act: fc.constantFrom<Move['act'][]>(
			...(['edit', 'edit', 'edit', 'edit', 'edit', 'edit', 'edit', 'edit', 'edit', 'edit'] as const),
			...(['open', 'open', 'open', 'close', 'close', 'remove', 'copy'] as const),
		),
		step: oneStep,
	}),
	{ minLength: 1, maxLength: 14 },
);

/** Does one thing to a plan. */
export function take(plan: PlanUnderEdit, { which, act, step }: Move): void {
	const { paths } = plan;
	const path = paths[Math.floor(which * paths.length)];
	if (path === undefined) {
		return;
	}
	switch (act) {
		case 'edit':
			plan.edit(path, step);
			break;
		case 'open':
			plan.open(path);
			break;
		case 'close':
			plan.close(path);
			break;
		case 'remove':
			plan.remove(path);
			break;
		case 'copy':
			plan.copy(path, path.replace(/(\.[^./]+)$/, '-copy$1'));
			break;
	}
}
