import type { Located, PlanFile } from '../plan.ts';
import { parseMinutes } from '../readEstimate.ts';
import { present } from '../readValues.ts';
import { SourceFile } from '../sourceFile.ts';
import type { ForeignGroup, ForeignPlan, ForeignTask } from './foreignPlan.ts';
import type { MarkdownLine } from './markdownLines.ts';
import { markdownLines, plainText, rangeIn, rangeOfLines, titleOf } from './markdownLines.ts';
import { matchName, splitNames, withoutBrackets } from './matchName.ts';
import type { OrcaField } from './orcaFields.ts';
import { listOf, orcaFields, textOf } from './orcaFields.ts';
import type { OrcaSection } from './orcaSections.ts';
import { idOfSection, orcaSections } from './orcaSections.ts';
import { readOrcaPreview } from './readOrcaPreview.ts';

interface Draft {
	readonly section: OrcaSection;
	readonly fields: ReadonlyMap<string, OrcaField>;
	/** The JSON of "Complete Task Context", empty when there is none. */
	readonly context: Readonly<Record<string, unknown>>;
	readonly id: string;
	readonly name: string;
}

/**
 * Orca's `plan.md` in its variants: `### Task: slug` with **Dependencies** and **Duration**, the team template with **Task
 * ID**, implementation tasks with a JSON context; without any of these, the layers of an execution preview. Phases are
 * groups without an order of their own: dependencies alone give the layers there.
 */
export function readOrca({ uri, text }: PlanFile): ForeignPlan {
	const file = new SourceFile(uri, text);
	const lines = markdownLines(file);
	const drafts = orcaSections(lines).flatMap(draftOf);
	if (drafts.length === 0) {
		return readOrcaPreview(file, lines);
	}
	const names = namesOf(drafts);
	return {
		format: 'orca',
		name: titleOf(lines, 'Plan'),
		tasks: drafts.map((draft) => taskOf(file, draft, names)),
		groups: groupsOf(file, drafts),
		problems: file.problems(),
	};
}

const taskSigns = ['task id', 'dependencies', 'duration', 'estimated duration', 'estimated effort', 'effort'];

function draftOf(section: OrcaSection): Draft[] {
	const fields = orcaFields(section.body);
	const context = contextOf(section.body);
	const isTask = section.isTask || 'task_id' in context || taskSigns.some((name) => fields.has(name));
	if (!isTask) {
		return [];
	}
	const written = plainText(fields.get('task id')?.value ?? '') || wordOf(context['task_id']);
	const title = plainText(fields.get('title')?.value ?? '') || wordOf(context['title']) || section.title;
	return [{ section, fields, context, id: written || idOfSection(section), name: title }];
}

/** The first JSON object of a section: a broken one says nothing. */
function contextOf(body: readonly MarkdownLine[]): Readonly<Record<string, unknown>> {
	const start = body.findIndex(({ fenced, text }) => fenced && text.trim().startsWith('{'));
	if (start === -1) {
		return {};
	}
	const rest = body.slice(start);
	const end = rest.findIndex(({ fenced }) => !fenced);
	const text = rest.slice(0, end === -1 ? rest.length : end).map((line) => line.text);
	try {
		const value: unknown = JSON.parse(text.join('\n'));
		const context = recordOf(value);
		return { ...recordOf(context['complete_context']), ...context };
	} catch {
		return {};
	}
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function wordOf(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}

interface Names {
	/** Ids by everything that a task is called, in small letters. */
	readonly byWord: ReadonlyMap<string, string>;
	readonly all: readonly { readonly id: string; readonly name: string }[];
}

function namesOf(drafts: readonly Draft[]): Names {
	const byWord = new Map<string, string>();
	for (const { id, name, section } of drafts) {
		for (const word of [id, section.mark ?? '', name, section.title]) {
			if (word !== '' && !byWord.has(word.toLowerCase())) {
				byWord.set(word.toLowerCase(), id);
			}
		}
	}
	return { byWord, all: drafts.map(({ id, name }) => ({ id, name })) };
}

function taskOf(file: SourceFile, draft: Draft, names: Names): ForeignTask {
	const { section, fields, context, id, name } = draft;
	const duration = firstOf(fields, ['duration', 'estimated duration', 'estimated effort', 'effort'])?.value;
	const description = textOf(fields.get('description')) || textOf(fields.get(''));
	const criteria = listOf(fields.get('acceptance criteria'));
	return {
		id,
		name,
		...(description !== '' && { description }),
		...present('priority', plainText(fields.get('priority')?.value ?? '').toLowerCase() || undefined),
		...present('estimateMinutes', duration === undefined ? undefined : minutesOf(duration)),
		acceptanceCriteria: criteria.length > 0 ? criteria : textsOf(context['acceptance_criteria']),
		dependencies: dependenciesOf(file, draft, names),
		notes: notesOf(fields, context),
		range: rangeOfLines(file, section.line, section.body.at(-1) ?? section.line),
		idRange: rangeIn(file, section.line, section.mark ?? section.title),
	};
}

function firstOf(fields: ReadonlyMap<string, OrcaField>, names: readonly string[]): OrcaField | undefined {
	return names.map((name) => fields.get(name)).find((field) => field !== undefined);
}

/** The first duration of `2-3 hours (estimated)`: of a range the larger end. */
function minutesOf(text: string): number | undefined {
	const plain = withoutBrackets(plainText(text))
		.replace(/^[~≈]\s*/, '')
		.replace(/^\d+(?:\.\d+)?\s*[-–]\s*(?=\d)/, '');
	return parseMinutes(plain, 'm') ?? undefined;
}

function textsOf(value: unknown): string[] {
	return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

function dependenciesOf(
	file: SourceFile,
	{ section, fields, context, id }: Draft,
	names: Names,
): Located<string>[] {
	const field = firstOf(fields, ['dependencies', 'depends on', 'dependency']);
	const inContext = textsOf(context['dependencies']);
	const sources =
		field === undefined
			? inContext.map((text) => ({ text, line: placeOf(section, text) }))
			: namesIn(field).map((text) => ({ text, line: placeOf(section, text) }));
	const found = new Map<string, Located<string>>();
	for (const { text, line } of sources) {
		if (/^all (previous|other|earlier|prior|above)\b/i.test(text)) {
			const range = rangeIn(file, line, text);
			const earlier = names.all.slice(
				0,
				Math.max(
					0,
					names.all.findIndex((one) => one.id === id),
				),
			);
			earlier.forEach((one) => {
				found.set(one.id, { value: one.id, range });
			});
			continue;
		}
		const value = resolve(text, names);
		if (value !== id || text === id) {
			found.set(value, { value, range: rangeIn(file, line, text) });
		}
	}
	return [...found.values()];
}

function namesIn(field: OrcaField): string[] {
	const inLine = splitNames(plainText(field.value));
	return inLine.length > 0 || field.value !== ''
		? inLine
		: listOf(field).flatMap((item) => splitNames(item).slice(0, 1));
}

function placeOf(section: OrcaSection, text: string): MarkdownLine {
	return section.body.find((line) => line.text.includes(text)) ?? section.line;
}

/** `Task 1: Models` is task 1, `Embedding (US-1.2)` is US-1.2; what is neither stays as it is written. */
function resolve(text: string, { byWord, all }: Names): string {
	const marks = [
		text,
		text.replace(/^task:\s*/i, ''),
		/^[^:]+(?=:)/.exec(text)?.[0],
		/\(([^()]+)\)\s*$/.exec(text)?.[1],
		withoutBrackets(text),
	];
	for (const mark of marks) {
		const id = byWord.get(mark?.trim().toLowerCase() ?? '');
		if (id !== undefined) {
			return id;
		}
	}
	return matchName(withoutBrackets(text), all)?.id ?? text;
}

const read = new Set([
	...[
		'',
		'task id',
		'title',
		'description',
		'priority',
		'duration',
		'estimated duration',
		'estimated effort',
	],
	...['effort', 'dependencies', 'depends on', 'dependency', 'acceptance criteria', 'complete task context'],
]);

function notesOf(
	fields: ReadonlyMap<string, OrcaField>,
	context: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
	const notes: [string, unknown][] = [...fields]
		.filter(([name]) => !read.has(name))
		.map(([name, field]) => [name, textOf(field)]);
	return { ...Object.fromEntries(notes), ...(Object.keys(context).length > 0 && { context }) };
}

function groupsOf(file: SourceFile, drafts: readonly Draft[]): ForeignGroup[] {
	const groups = new Map<MarkdownLine, Draft[]>();
	for (const draft of drafts) {
		const line = draft.section.phase?.line;
		if (line !== undefined) {
			groups.set(line, [...(groups.get(line) ?? []), draft]);
		}
	}
	return [...groups].map(([line, members]) => {
		const name = members[0]?.section.phase?.name ?? '';
		const id = (/^\w+\s+\d+/.exec(name)?.[0] ?? name).toLowerCase().replace(/\s+/g, '-');
		const tasks = members.map((member) => ({
			value: member.id,
			range: rangeIn(file, member.section.line, member.section.title),
		}));
		return { id, name, tasks, dependencies: [], range: rangeOfLines(file, line, line) };
	});
}
