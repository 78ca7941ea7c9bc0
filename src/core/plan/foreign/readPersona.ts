import type { Located, PlanFile } from '../plan.ts';
import { SourceFile } from '../sourceFile.ts';
import type { ForeignGroup, ForeignPlan, ForeignTask } from './foreignPlan.ts';
import type { MarkdownLine } from './markdownLines.ts';
import { locate, markdownLines, plainText, rangeIn, rangeOfLines, titleOf } from './markdownLines.ts';
import type { Named } from './matchName.ts';
import { matchName, splitNames, withoutBrackets } from './matchName.ts';
import { slugOf, UniqueIds } from './slug.ts';

interface Draft extends Named {
	readonly line: MarkdownLine;
	readonly persona: string;
	readonly text: string;
	readonly needs: string | null;
}

interface Batch {
	readonly id: string;
	readonly name: string;
	readonly line: MarkdownLine;
	readonly drafts: Draft[];
}

const taskLine = /^\s*(?:[-*+]\s+)?Task:\s*@([A-Za-z][\w-]*)\s+[-–—:]\s*(\S.*)$/;

/**
 * The persona notation: `Task: @persona-N - text (needs A + B)` below batch headings. Batches follow each other; `needs`
 * names tasks in words. "Wait for …, then:" begins a batch of its own. What stands below a heading that calls it the
 * wrong way is an example of what not to do, and no plan.
 */
export function readPersona({ uri, text }: PlanFile): ForeignPlan {
	const file = new SourceFile(uri, text);
	const lines = markdownLines(file);
	const batches = readBatches(lines);
	const drafts = batches.flatMap((batch) => batch.drafts);
	return {
		format: 'persona',
		name: titleOf(lines, 'Plan').replace(/^example:\s*/i, ''),
		tasks: drafts.map((draft, index) => taskOf(file, draft, drafts.slice(0, index))),
		groups: batches.map((batch) => groupOf(file, batch)),
		problems: file.problems(),
	};
}

function readBatches(lines: readonly MarkdownLine[]): Batch[] {
	const reader = new BatchReader();
	for (const line of lines) {
		reader.take(line);
	}
	return reader.batches.filter((batch) => batch.drafts.length > 0);
}

class BatchReader {
	readonly batches: Batch[] = [];
	readonly #ids = new UniqueIds();
	readonly #groupIds = new UniqueIds();
	#sprint: string | null = null;
	#open: Batch | null = null;
	#wrongLevel: number | null = null;

	take(line: MarkdownLine): void {
		if (line.heading !== undefined) {
			this.#heading(line, line.heading);
			return;
		}
		if (!line.fenced && /^\W*(wait for|after)\b.*\bthen\W*$/i.test(line.text)) {
			const name = this.#open?.name ?? 'Batch';
			this.#begin(`${name} (${plainText(line.text).replace(/,?\s*then:?$/i, '')})`, line);
		}
		const match = this.#wrongLevel === null ? taskLine.exec(line.text) : null;
		if (match !== null) {
			this.#open ??= this.#begin('Tasks', line);
			this.#open.drafts.push(this.#draft(line, match[1] ?? '', (match[2] ?? '').trimEnd()));
		}
	}

	#heading(line: MarkdownLine, { level, text }: { readonly level: number; readonly text: string }): void {
		if (this.#wrongLevel !== null && level <= this.#wrongLevel) {
			this.#wrongLevel = null;
		}
		if (/\b(wrong|mistakes?|avoid|bad)\b/i.test(text)) {
			this.#wrongLevel = level;
		}
		this.#sprint = /\bsprint\s+(\d+)/i.exec(text)?.[1] ?? this.#sprint;
		if (/\b(batch\s+\d+|integration step|validation step)/i.test(text)) {
			this.#begin(plainText(text), line);
		}
	}

	#begin(name: string, line: MarkdownLine): Batch {
		const number = /\bbatch\s+(\d+)/i.exec(name)?.[1];
		const base = number === undefined ? slugOf(withoutBrackets(name)) || 'batch' : `batch-${number}`;
		const id = this.#groupIds.take(base);
		const sprint = this.#sprint === null || /\bsprint\b/i.test(name) ? '' : `Sprint ${this.#sprint}: `;
		this.#open = { id, name: `${sprint}${name}`, line, drafts: [] };
		this.batches.push(this.#open);
		return this.#open;
	}

	#draft(line: MarkdownLine, persona: string, text: string): Draft {
		const needs = /\((?:needs|requires|depends on|after)\s+([^()]+)\)/i.exec(plainText(text))?.[1] ?? null;
		const name = withoutBrackets(text);
		const role = persona.replace(/-\d+$/, '').toLowerCase();
		return {
			line,
			persona: role,
			text,
			needs,
			name,
			id: this.#ids.take(slugOf(name) || role),
			isSecondary: role === 'sdet' || role.startsWith('test'),
		};
	}
}

function taskOf(file: SourceFile, draft: Draft, earlier: readonly Draft[]): ForeignTask {
	const unknown: string[] = [];
	const dependencies: Located<string>[] = [];
	for (const words of splitNames(draft.needs ?? '')) {
		const found = matchName(words, earlier);
		if (found === null) {
			unknown.push(words);
			const message = `\`${draft.id}\` needs "${words}", and no task before it has that name. The order of the batches still holds.`;
			file.report('SY601', rangeIn(file, draft.line, words), message);
		} else if (!dependencies.some(({ value }) => value === found.id)) {
			dependencies.push({ value: found.id, range: rangeIn(file, draft.line, words) });
		}
	}
	return {
		id: draft.id,
		name: draft.name,
		...(draft.text !== draft.name && { description: draft.text }),
		persona: draft.persona,
		acceptanceCriteria: [],
		dependencies,
		notes: unknown.length > 0 ? { needs: unknown } : {},
		range: rangeOfLines(file, draft.line, draft.line),
		idRange: rangeIn(file, draft.line, draft.text),
	};
}

function groupOf(file: SourceFile, { id, name, line, drafts }: Batch): ForeignGroup {
	return {
		id,
		name,
		track: 1,
		tasks: drafts.map((draft) => ({ ...locate(file, draft.line, draft.text), value: draft.id })),
		dependencies: [],
		range: rangeOfLines(file, line, line),
	};
}
