import type { Located, PlanFile } from '../plan.ts';
import { present } from '../readValues.ts';
import { SourceFile } from '../sourceFile.ts';
import type { ForeignPlan, ForeignTask } from './foreignPlan.ts';

/** A line of `issues.jsonl` with its place. */
interface Line {
	readonly file: SourceFile;
	readonly text: string;
	readonly offset: number;
}

const known = new Set([
	...['id', 'title', 'description', 'status', 'priority', 'issue_type', 'dependencies', 'estimated_minutes'],
	'acceptance_criteria',
]);

/**
 * beads `issues.jsonl`, one issue a line. `blocks` edges are dependencies, `parent-child` edges name the epic that an
 * issue is part of, other kinds are kept as notes. A line that is no JSON is reported and left out.
 */
export function readBeads({ uri, text }: PlanFile): ForeignPlan {
	const file = new SourceFile(uri, text);
	const tasks: ForeignTask[] = [];
	for (const match of file.text.matchAll(/[^\r\n]+/g)) {
		const line = { file, text: match[0], offset: match.index };
		const issue = line.text.trim() === '' ? null : parseLine(line);
		const task = issue === null ? null : readIssue(line, issue);
		if (task !== null) {
			tasks.push(task);
		}
	}
	return { format: 'beads', name: 'beads', tasks, groups: [], problems: file.problems() };
}

function parseLine(line: Line): Record<string, unknown> | null {
	try {
		const value: unknown = JSON.parse(line.text);
		if (isRecord(value)) {
			return value;
		}
		reportLine(line, 'This line is no issue: an issue is `{"id": …}`. It is left out.');
	} catch {
		reportLine(line, 'This line is not valid JSON, so the issue is left out. Each line must be one `{…}`.');
	}
	return null;
}

function reportLine({ file, text, offset }: Line, message: string): void {
	file.report('SY600', file.range(offset, offset + text.length), message);
}

function readIssue(line: Line, issue: Readonly<Record<string, unknown>>): ForeignTask | null {
	const id = textOf(issue['id']);
	if (id === undefined) {
		reportLine(line, 'This issue has no `id`, so nothing can speak of it. It is left out.');
		return null;
	}
	const edges = Array.isArray(issue['dependencies']) ? issue['dependencies'].filter(isRecord) : [];
	const targets = (isOf: (type: string) => boolean) =>
		edges
			.filter((edge) => isOf(textOf(edge['type']) ?? 'blocks'))
			.flatMap((edge) => textOf(edge['depends_on_id']) ?? []);
	const minutes = Number(issue['estimated_minutes'] ?? Number.NaN);
	const related = targets((type) => type !== 'blocks' && type !== 'parent-child');
	const criteria = textOf(issue['acceptance_criteria']);
	return {
		id,
		name: textOf(issue['title']) ?? id,
		...present('description', textOf(issue['description'])),
		...present('type', textOf(issue['issue_type'])),
		...present('priority', priorityOf(issue['priority'])),
		...present('status', textOf(issue['status'])),
		...(Number.isFinite(minutes) && minutes >= 0 && { estimateMinutes: minutes }),
		...present('parent', targets((type) => type === 'parent-child')[0]),
		acceptanceCriteria:
			criteria === undefined ? [] : criteria.split(/\r?\n/).filter((one) => one.trim() !== ''),
		dependencies: targets((type) => type === 'blocks').map((target) => place(line, target)),
		notes: { ...notesOf(issue), ...(related.length > 0 && { related }) },
		range: line.file.range(line.offset, line.offset + line.text.length),
		idRange: place(line, id).range,
	};
}

/** beads count from 0, the most urgent, to 4. */
function priorityOf(value: unknown): string | undefined {
	return typeof value === 'number' ? ['critical', 'high', 'medium', 'low', 'lowest'][value] : textOf(value);
}

/** The last mention of an id in its line: issues name themselves first and what they wait for later. */
function place(line: Line, id: string): Located<string> {
	const quoted = JSON.stringify(id);
	const before = id === textOf(safeId(line.text)) ? line.text.indexOf(quoted) : line.text.lastIndexOf(quoted);
	const start = line.offset + Math.max(0, before);
	return { value: id, range: line.file.range(start, start + quoted.length) };
}

function safeId(text: string): unknown {
	return /^\s*\{\s*"id"\s*:\s*"([^"]*)"/.exec(text)?.[1];
}

function notesOf(issue: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
	return Object.fromEntries(
		Object.entries(issue).filter(([key, value]) => !known.has(key) && value !== null && value !== ''),
	);
}

function textOf(value: unknown): string | undefined {
	const text = typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';
	return text === '' ? undefined : text;
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
