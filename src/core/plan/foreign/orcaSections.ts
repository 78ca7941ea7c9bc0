import type { MarkdownLine } from './markdownLines.ts';
import { plainText } from './markdownLines.ts';
import { slugOf } from './slug.ts';

/** A heading that may be a task, with everything up to the next heading of its level or above. */
export interface OrcaSection {
	readonly line: MarkdownLine;
	/** What the heading itself says: `Task 2`, `TASK-1.1`, `1.2`, or nothing. */
	readonly mark: string | null;
	readonly title: string;
	/** True when the heading says "Task": others count only when their text has fields of a task. */
	readonly isTask: boolean;
	readonly body: MarkdownLine[];
	readonly phase: OrcaPhase | null;
}

/** A heading "Phase N: …" or "Layer N: …". */
export interface OrcaPhase {
	readonly name: string;
	readonly line: MarkdownLine;
	readonly level: number;
}

const headings: readonly { readonly pattern: RegExp; readonly isTask: boolean }[] = [
	// `Task 2: Title`, `Task: slug`, `Task 2.1 - Title`
	{ pattern: /^(?<mark>task\s+\d+(?:\.\d+)*)\s*[:–—-]\s*(?<title>.+)$/i, isTask: true },
	{ pattern: /^task\s*:\s*(?<title>.+)$/i, isTask: true },
	{ pattern: /^(?<mark>task[-_][\w.-]*\d)\s*[:–—-]\s*(?<title>.+)$/i, isTask: true },
	// `US-1.1: Title`, `1.2 Title`
	{ pattern: /^(?<mark>[A-Z][A-Z0-9]*-\d[\w.]*)\s*:\s*(?<title>.+)$/, isTask: false },
	{ pattern: /^(?<mark>\d+\.\d+(?:\.\d+)*)[.:]?\s+(?<title>.+)$/, isTask: false },
];

/** The sections of a text whose headings are, or may be, tasks. */
export function orcaSections(lines: readonly MarkdownLine[]): OrcaSection[] {
	const sections: OrcaSection[] = [];
	let phase: OrcaPhase | null = null;
	let open: OrcaSection | null = null;
	let level = 0;
	for (const line of lines) {
		if (line.heading === undefined) {
			open?.body.push(line);
			continue;
		}
		const text = plainText(line.heading.text);
		if (phase !== null && line.heading.level <= phase.level) {
			phase = null;
		}
		if (/^(phase|layer|week|batch)\s+\d+/i.test(text)) {
			phase = { name: text, line, level: line.heading.level };
			open = null;
			continue;
		}
		const next = sectionOf(line, text, phase);
		if (next !== null) {
			open = next;
			level = line.heading.level;
			sections.push(next);
		} else if (open !== null && line.heading.level > level) {
			open.body.push(line);
		} else {
			open = null;
		}
	}
	return sections;
}

function sectionOf(line: MarkdownLine, text: string, phase: OrcaPhase | null): OrcaSection | null {
	if ((line.heading?.level ?? 1) === 1) {
		return null;
	}
	for (const { pattern, isTask } of headings) {
		const groups = pattern.exec(text)?.groups;
		if (groups !== undefined) {
			const title = (groups['title'] ?? '').trim();
			return { line, mark: groups['mark']?.trim() ?? null, title, isTask, body: [], phase };
		}
	}
	return null;
}

/** The id that a heading gives when no field does. */
export function idOfSection({ mark, title }: OrcaSection): string {
	if (mark !== null) {
		return /^task\s/i.test(mark)
			? mark.toLowerCase().replace(/\s+/g, '-')
			: /^\d/.test(mark)
				? `task-${mark}`
				: mark;
	}
	return /^[A-Za-z0-9][\w-]*$/.test(title) ? title : slugOf(title) || 'task';
}
