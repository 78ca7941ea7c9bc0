import type { PlanFile } from '../plan.ts';
import type { Problem } from '../problem.ts';
import { present } from '../readValues.ts';
import { SourceFile } from '../sourceFile.ts';
import { baseName } from '../uris.ts';
import type { ForeignPlan, ForeignTask } from './foreignPlan.ts';
import { type JsonValue, parseJson } from './jsonValue.ts';
import type { MarkdownLine } from './markdownLines.ts';
import { markdownLines } from './markdownLines.ts';
import { notesOf } from './notesOf.ts';

const known = new Set([...['id', 'title', 'status', 'priority', 'dependencies', 'parent_task_id', 'parent']]);

/** Backlog.md: one Markdown file a task, with front matter. Ids compare without regard to case, as the tool does. */
export function readBacklog(files: readonly PlanFile[]): ForeignPlan {
	const problems: Problem[] = [];
	const tasks = files.flatMap((file) => readOne(file, problems));
	const spelling = new Map(tasks.map(({ id }) => [id.toLowerCase(), id]));
	const spell = (id: string) => spelling.get(id.toLowerCase()) ?? id;
	return {
		format: 'backlog',
		name: 'Backlog',
		tasks: tasks.map((task) => ({
			...task,
			...(task.parent !== undefined && { parent: spell(task.parent) }),
			dependencies: task.dependencies.map(({ value, range }) => ({ value: spell(value), range })),
		})),
		groups: [],
		problems,
	};
}

function readOne({ uri, text }: PlanFile, problems: Problem[]): ForeignTask[] {
	const file = new SourceFile(uri, text);
	const front = /^---[ \t]*\r?\n[\s\S]*?\r?\n(?=(---|\.\.\.)[ \t]*(\r?\n|$))/.exec(file.text)?.[0];
	if (front === undefined) {
		const message =
			'A task of Backlog.md begins with `---`, its fields, and `---`. This file does not, so it is left out.';
		file.report('SY600', file.range(0, 1), message);
		problems.push(...file.problems());
		return [];
	}
	// The front matter starts where the file does, so its ranges are those of the file.
	const head = new SourceFile(uri, front);
	const fields = parseJson(head);
	const task = taskOf(
		file,
		fields,
		markdownLines(new SourceFile(uri, blank(front) + file.text.slice(front.length))),
	);
	problems.push(...head.problems(), ...file.problems());
	return task;
}

/** Spaces of the same length and the same lines, so that places in the body stay right. */
function blank(text: string): string {
	return text.replace(/[^\r\n]/g, ' ');
}

function taskOf(file: SourceFile, fields: JsonValue, body: readonly MarkdownLine[]): ForeignTask[] {
	const fromName = /^([a-z]+-\d+(?:\.\d+)*)/i.exec(baseName(file.uri))?.[1];
	const idValue = fields.get('id');
	const id = idValue?.text() ?? fromName;
	if (id === undefined) {
		file.report(
			'SY600',
			file.range(0, 3),
			'This task has no `id`, so nothing can speak of it. It is left out.',
		);
		return [];
	}
	const description = sectionOf(body, 'description');
	return [
		{
			id,
			name: fields.get('title')?.text() ?? id,
			...(description !== '' && { description }),
			...present('status', fields.get('status')?.text()),
			...present('priority', fields.get('priority')?.text()?.toLowerCase()),
			...present('parent', fields.get('parent_task_id', 'parent')?.text()),
			acceptanceCriteria: criteriaOf(body),
			dependencies: fields.get('dependencies')?.texts() ?? [],
			notes: notesOf(fields, known),
			range: file.range(0, file.text.length),
			idRange: idValue?.range ?? file.range(0, 3),
		},
	];
}

/** The text below a heading, without the comments that mark sections. */
function sectionOf(lines: readonly MarkdownLine[], name: string): string {
	const start = lines.findIndex(({ heading }) => heading?.text.toLowerCase() === name);
	if (start === -1) {
		return '';
	}
	const level = lines[start]?.heading?.level ?? 1;
	const rest = lines.slice(start + 1);
	const end = rest.findIndex(({ heading }) => heading !== undefined && heading.level <= level);
	return rest
		.slice(0, end === -1 ? rest.length : end)
		.map(({ text }) => text)
		.filter((text) => !/^<!--.*-->$/.test(text.trim()))
		.join('\n')
		.trim();
}

function criteriaOf(lines: readonly MarkdownLine[]): string[] {
	return sectionOf(lines, 'acceptance criteria')
		.split('\n')
		.flatMap((line) => /^\s*[-*]\s+\[.\]\s+(?:#\d+\s+)?(.+)$/.exec(line)?.[1]?.trim() ?? []);
}
