import type { Located, PlanFile } from '../plan.ts';
import { SourceFile } from '../sourceFile.ts';
import type { ForeignGroup, ForeignPlan, ForeignTask } from './foreignPlan.ts';
import type { MarkdownLine } from './markdownLines.ts';
import { markdownLines, plainText, rangeIn, rangeOfLines, titleOf } from './markdownLines.ts';
import type { Named } from './matchName.ts';
import { matchName, splitNames, withoutBrackets } from './matchName.ts';

interface Item extends Named {
	readonly line: MarkdownLine;
	readonly text: string;
	readonly isDone: boolean;
}

interface Step {
	readonly line: MarkdownLine;
	readonly text: string;
	readonly items: Item[];
	/** What its brackets say that it depends on. */
	readonly needs: readonly Item[];
}

/**
 * A numbered list of check boxes with an "Execution Order": `1. Parallel: A + B`, `2. Then: C (depends on both)`. The steps
 * follow each other. A later list with the same numbers updates the earlier one; `A: … (blocks B …)` adds a dependency.
 */
export function readChecklist({ uri, text }: PlanFile): ForeignPlan {
	const file = new SourceFile(uri, text);
	const lines = markdownLines(file);
	const items = readItems(lines);
	const steps = readSteps(file, lines, items);
	const blocks = readBlocks(lines, items);
	return {
		format: 'checklist',
		name: titleOf(lines, 'Checklist'),
		tasks: items.map((item) => taskOf(file, item, { steps, blocks })),
		groups: steps.map((step, index) => groupOf(file, step, index)),
		problems: file.problems(),
	};
}

function readItems(lines: readonly MarkdownLine[]): Item[] {
	const items = new Map<string, Item>();
	for (const line of lines) {
		const match = /^\s*(\d+)[.)]\s+\[([ xX])\]\s+(\S.*)$/.exec(line.text);
		if (match === null) {
			continue;
		}
		const text = plainText(match[3] ?? '').replace(/^NEW:?\s+/, '');
		const id = `task-${match[1] ?? ''}`;
		items.set(id, {
			id,
			name: withoutBrackets(text).replace(/\s+-\s+.*$/, ''),
			line,
			text,
			isDone: match[2] !== ' ',
		});
	}
	return [...items.values()];
}

function readSteps(file: SourceFile, lines: readonly MarkdownLine[], items: readonly Item[]): Step[] {
	const steps: Step[] = [];
	for (const line of orderLines(lines)) {
		const match =
			/^\s*\d+[.)]\s+(?:(?:parallel|then|final(?:ly)?|first|next|sequential(?:ly)?):\s*)?(\S.*)$/i.exec(
				line.text,
			);
		const text = plainText(match?.[1] ?? '');
		if (match === null || text === '') {
			continue;
		}
		const members: Item[] = [];
		for (const words of splitNames(withoutBrackets(text))) {
			const placed = new Set([...steps.flatMap((step) => step.items), ...members]);
			const free = items.filter((one) => !placed.has(one));
			const item = matchName(words, free) ?? matchName(words, items);
			if (item === null) {
				const message = `"${words}" is no item of the list above, so the order says nothing about it. Write it as it is in the list.`;
				file.report('SY601', rangeIn(file, line, words), message);
			} else if (!placed.has(item)) {
				members.push(item);
			}
		}
		steps.push({ line, text, items: members, needs: needsOf(text, { steps, items, members }) });
	}
	return steps.filter((step) => step.items.length > 0);
}

/** The lines of the last "Execution Order" up to the next heading; the seed writes them within a fence. */
function orderLines(lines: readonly MarkdownLine[]): MarkdownLine[] {
	const start = lines.findLastIndex(({ text }) => /^\s*(#{1,6}\s+|\*\*)?execution order\b/i.test(text));
	if (start === -1) {
		return [];
	}
	const rest = lines.slice(start + 1);
	const end = rest.findIndex(({ text }) => /^\s*#{1,6}\s/.test(text));
	return rest.slice(0, end === -1 ? rest.length : end);
}

function needsOf(
	text: string,
	{
		steps,
		items,
		members,
	}: { readonly steps: readonly Step[]; readonly items: readonly Item[]; readonly members: readonly Item[] },
): Item[] {
	const words = /\((?:depends on|needs|requires|after)\s+([^()]+)\)/i.exec(text)?.[1];
	if (words === undefined) {
		return [];
	}
	if (/^(both|all)\b/i.test(words)) {
		return [...(steps.at(-1)?.items ?? [])];
	}
	const others = items.filter((item) => !members.includes(item));
	return splitNames(words).flatMap((name) => matchName(name, others) ?? []);
}

interface Block {
	readonly from: Item;
	readonly to: Item;
	readonly line: MarkdownLine;
}

/** `- Email Service: … (blocks User Service completion)`. */
function readBlocks(lines: readonly MarkdownLine[], items: readonly Item[]): Block[] {
	return lines.flatMap((line) => {
		const match = /^[-*+] ([^:]+):.*\(blocks ([^()]+)\)/i.exec(plainText(line.text));
		const from = matchName(plainText(match?.[1] ?? ''), items);
		const to = matchName(plainText(match?.[2] ?? ''), items);
		return from !== null && to !== null && from !== to ? [{ from, to, line }] : [];
	});
}

function taskOf(
	file: SourceFile,
	item: Item,
	{ steps, blocks }: { readonly steps: readonly Step[]; readonly blocks: readonly Block[] },
): ForeignTask {
	const found = new Map<string, Located<string>>();
	const step = steps.find((one) => one.items.includes(item));
	for (const { id } of step?.needs ?? []) {
		found.set(id, { value: id, range: rangeOfLines(file, step?.line ?? item.line, step?.line ?? item.line) });
	}
	for (const { from, to, line } of blocks) {
		if (to === item) {
			found.set(from.id, { value: from.id, range: rangeOfLines(file, line, line) });
		}
	}
	return {
		id: item.id,
		name: item.name,
		...(item.text !== item.name && { description: item.text }),
		status: item.isDone ? 'done' : 'pending',
		acceptanceCriteria: [],
		dependencies: [...found.values()],
		notes: {},
		range: rangeOfLines(file, item.line, item.line),
		idRange: rangeIn(file, item.line, item.text),
	};
}

function groupOf(file: SourceFile, { line, text, items }: Step, index: number): ForeignGroup {
	return {
		id: `step-${index + 1}`,
		name: text,
		track: 1,
		tasks: items.map(({ id }) => ({ value: id, range: rangeOfLines(file, line, line) })),
		dependencies: [],
		range: rangeOfLines(file, line, line),
	};
}
