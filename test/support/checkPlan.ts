import { expect } from 'vitest';
import type { PlanFile } from '../../src/core/plan/plan.ts';
import type { PlanReading } from '../../src/core/plan/planChecker.ts';
import type { ReadOptions } from '../../src/core/plan/planChecks.ts';
import { groupPlans } from '../../src/core/plan/planFiles.ts';
import type { Problem } from '../../src/core/plan/problem.ts';
import { readPlan } from '../../src/core/plan/readPlan.ts';
import { joinUri } from '../../src/core/plan/uris.ts';

export const root = 'file:///w';

/** One mark under a line: columns, code and a part of the message. */
interface Mark {
	readonly at: string;
	readonly message: string;
}

/**
 * Reads a plan from marked text and compares all its problems with the marks. A mark is a line of carets under the text
 * it speaks of, then the code and, if wanted, a part of the message. `=== path` begins a file; without it the text is
 * `x.plan.yaml`. Problems that a test does not care about are named in `ignore`: by default that nobody does a task.
 */
export function checkPlan(
	marked: string,
	{ ignore = ['SY315'], ...options }: ReadOptions & { ignore?: string[] } = {},
) {
	const { files, marks } = unmark(marked);
	const reading = readFiles(files, options);
	const found = reading.problems.filter(({ code }) => !ignore.includes(code));
	expect(found.map((problem) => placeOf(problem, files))).toEqual(marks.map(({ at }) => at));
	for (const [index, { message }] of marks.entries()) {
		expect(found[index]?.message).toContain(message);
	}
	return { ...reading, problems: found };
}

/** Reads a plan from texts by path; all must belong to one plan. */
export function readFiles(files: Readonly<Record<string, string>>, options: ReadOptions = {}): PlanReading {
	const groups = groupPlans(root, Object.keys(files));
	const group = groups[0];
	if (group === undefined || groups.length > 1) {
		throw new Error(`A test needs one plan, and these are ${groups.length}.`);
	}
	const texts = new Map(Object.entries(files).map(([path, text]) => [joinUri(root, path), text]));
	const planFiles: PlanFile[] = group.files.map((uri) => ({ uri, text: texts.get(uri) ?? '' }));
	return readPlan(group.id, planFiles, options);
}

/** Splits marked text into files and marks. */
export function unmark(marked: string): { files: Record<string, string>; marks: Mark[] } {
	const files: Record<string, string> = {};
	const marks: { file: string; line: number; start: number; at: string; message: string }[] = [];
	let path = 'x.plan.yaml';
	let lines: string[] = [];
	const finish = () => {
		if (lines.length > 0) {
			files[path] = lines.join('\n');
		}
		lines = [];
	};
	for (const line of dedent(marked)) {
		const header = /^=== (\S+)$/.exec(line)?.[1];
		const mark = /^( *)(\^+) (SY\d+) ?(.*)$/.exec(line);
		if (header !== undefined) {
			finish();
			path = header;
		} else if (mark) {
			const [, space = '', carets = '', code = '', message = ''] = mark;
			const start = space.length + 1;
			const at = `${path}:${lines.length}:${start}-${start + carets.length} ${code}`;
			marks.push({ file: path, line: lines.length, start, at, message });
		} else {
			lines.push(line);
		}
	}
	finish();
	marks.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || a.start - b.start));
	return { files, marks };
}

/** A range that goes on in the next line is marked up to the end of its first. */
function placeOf({ range, code }: Problem, files: Readonly<Record<string, string>>): string {
	const path = range.uri.slice(root.length + 1);
	const line = files[path]?.split('\n')[range.start.line] ?? '';
	const end = range.end.line === range.start.line ? range.end.character : line.length;
	return `${path}:${range.start.line + 1}:${range.start.character + 1}-${end + 1} ${code}`;
}

/** Removes the indentation that all lines of a template share, and its first and last empty lines. */
function dedent(text: string): string[] {
	const lines = text
		.replace(/^\n/, '')
		.replace(/\n[\t ]*$/, '')
		.split('\n');
	const indent = Math.min(
		...lines.filter((line) => line.trim() !== '').map((line) => /^\t*/.exec(line)?.[0].length ?? 0),
	);
	return lines.map((line) => line.slice(indent));
}
