import type { Located, PlanFile } from '../plan.ts';
import { SourceFile } from '../sourceFile.ts';
import type { ForeignGroup, ForeignPlan, ForeignTask } from './foreignPlan.ts';
import type { MarkdownLine } from './markdownLines.ts';
import { locate, markdownLines, plainText, rangeIn, rangeOfLines, titleOf } from './markdownLines.ts';

interface Draft {
	readonly line: MarkdownLine;
	readonly id: string;
	readonly isDone: boolean;
	readonly isParallel: boolean;
	readonly story: string | null;
	readonly text: string;
}

interface Phase {
	readonly name: string;
	readonly line: MarkdownLine;
	readonly drafts: Draft[];
}

/**
 * spec-kit's `tasks.md`: `- [ ] T001 [P] [US1] text`, in phases that follow each other. Within a phase a task without
 * `[P]` waits for all before it, and one with `[P]` for the last without: that is what the mark means there. Check boxes
 * without an id of a task are no tasks.
 */
export function readSpeckit({ uri, text }: PlanFile): ForeignPlan {
	const file = new SourceFile(uri, text);
	const lines = markdownLines(file);
	const phases = readPhases(lines);
	const tasks = phases.flatMap((phase) => readTasks(file, phase));
	return {
		format: 'speckit',
		name: titleOf(lines, 'Tasks').replace(/^(implementation )?tasks:\s*/i, ''),
		tasks,
		groups: phases.map((phase, index) => groupOf(file, phase, index)),
		problems: file.problems(),
	};
}

function readPhases(lines: readonly MarkdownLine[]): Phase[] {
	const phases: Phase[] = [];
	let heading: { readonly name: string; readonly line: MarkdownLine } | null = null;
	let open: Phase | null = null;
	for (const line of lines) {
		if (line.heading?.level === 2) {
			heading = { name: plainText(line.heading.text), line };
			open = null;
		}
		const draft = line.fenced ? null : readDraft(line);
		if (draft === null) {
			continue;
		}
		if (open === null) {
			open = { ...(heading ?? { name: 'Tasks', line }), drafts: [] };
			phases.push(open);
		}
		open.drafts.push(draft);
	}
	return phases;
}

/** Ids may stand in brackets or bold, and have a letter behind: `T024a`. */
const taskLine = /^\s*[-*+]\s+\[([ xX])\]\s+\**\[?(T\d+[A-Za-z]?)\]?\**(?![\w-])[:.]?\s*(.*)$/;

function readDraft(line: MarkdownLine): Draft | null {
	const match = taskLine.exec(line.text);
	if (match === null) {
		return null;
	}
	let text = match[3] ?? '';
	let isParallel = false;
	let story: string | null = null;
	for (let mark = /^\[([^\]]*)\]\s*/.exec(text); mark !== null; mark = /^\[([^\]]*)\]\s*/.exec(text)) {
		const word = (mark[1] ?? '').trim();
		if (word.toUpperCase() === 'P') {
			isParallel = true;
		} else if (/^US\d+$/i.test(word)) {
			story = word.toUpperCase();
		} else {
			break;
		}
		text = text.slice(mark[0].length);
	}
	return { line, id: match[2] ?? '', isDone: match[1] !== ' ', isParallel, story, text: plainText(text) };
}

function readTasks(file: SourceFile, { drafts }: Phase): ForeignTask[] {
	let barrier: Draft | null = null;
	let sinceBarrier: Draft[] = [];
	return drafts.map((draft) => {
		const before: Draft[] =
			draft.isParallel || sinceBarrier.length === 0 ? (barrier === null ? [] : [barrier]) : sinceBarrier;
		if (draft.isParallel) {
			sinceBarrier.push(draft);
		} else {
			barrier = draft;
			sinceBarrier = [];
		}
		return taskOf(file, draft, before);
	});
}

function taskOf(file: SourceFile, draft: Draft, before: readonly Draft[]): ForeignTask {
	const named = namedDependencies(file, draft);
	const dependencies = [
		...before.map(({ id }): Located<string> => ({ value: id, range: rangeIn(file, draft.line, draft.id) })),
		...named,
	].filter(
		({ value }, index, all) => value !== draft.id && all.findIndex((one) => one.value === value) === index,
	);
	return {
		id: draft.id,
		name: draft.text === '' ? draft.id : draft.text,
		status: draft.isDone ? 'done' : 'pending',
		acceptanceCriteria: [],
		dependencies,
		notes: {
			...(draft.story !== null && { story: draft.story }),
			...(draft.isParallel && { parallel: true }),
		},
		range: rangeOfLines(file, draft.line, draft.line),
		idRange: rangeIn(file, draft.line, draft.id),
	};
}

/** `(depends on T001, T002)`. */
function namedDependencies(file: SourceFile, { line, id }: Draft): Located<string>[] {
	const listed =
		/\(?\b(?:depends? on|requires|blocked by|after)\b:?\s*((?:T\d+[a-z]?\b[\s,&]*(?:and\s+)?)+)/i.exec(
			line.text,
		);
	const ids = listed?.[1]?.match(/T\d+[a-z]?/g) ?? [];
	return ids.filter((one) => one !== id).map((one) => locate(file, line, one));
}

function groupOf(file: SourceFile, { name, line, drafts }: Phase, index: number): ForeignGroup {
	const number = /^phase\s+(\d+)/i.exec(name)?.[1] ?? `${index + 1}`;
	return {
		id: `phase-${number}`,
		name,
		track: 1,
		tasks: drafts.map((draft) => locate(file, draft.line, draft.id)),
		dependencies: [],
		range: rangeOfLines(file, line, line),
	};
}
