import { MarkdownText } from './markdownText.ts';
import type { Secret } from './redact.ts';
import { utc } from './wording.ts';

/** Everything that the document of one replan says. */
export interface ReplanDocumentInput {
	readonly plan: string;
	readonly number: number;
	readonly version: { readonly before: number; readonly after: number };
	/** Milliseconds since the epoch. */
	readonly at: number;
	readonly by: string;
	readonly trigger: readonly string[];
	readonly reason: string;
	readonly minutes: { readonly before: number; readonly after: number } | null;
	readonly done: readonly { readonly task: string; readonly text: string; readonly discovery: string }[];
	readonly unplaced: readonly { readonly title: string; readonly reason: string }[];
	readonly notes: readonly { readonly text: string }[];
	/** Unified diff of the plan files. */
	readonly diff: string;
	readonly secrets: readonly Secret[];
}

/** The text of `replans/NNN.md` (R3, FORMATS 2.3): what a replan changed, why, and what could not be placed. */
export function renderReplan(input: ReplanDocumentInput): string {
	const markdown = new MarkdownText(input.secrets);
	const { version, minutes } = input;
	const rows = input.done.map(
		({ task, text, discovery }) =>
			`| ${markdown.cell(task)} | ${markdown.inline(text)} | ${markdown.cell(discovery)} |`,
	);
	const lines = [
		`# Replan ${input.number} of ${markdown.inline(input.plan)}`,
		'',
		`- **Version**: ${version.before} → ${version.after}`,
		`- **When**: ${utc(input.at)}`,
		`- **Decided by**: ${markdown.inline(input.by)}`,
		`- **Trigger**: ${input.trigger.map((id) => markdown.code(id)).join(', ') || 'unknown'}`,
		`- **Reason**: ${markdown.inline(input.reason)}`,
		`- **Timeline**: ${minutes === null ? 'unknown, no task has an estimate' : `${round(minutes.before)} min → ${round(minutes.after)} min`}`,
		'',
		'## Changes',
		'',
		...(rows.length === 0 ? ['None.'] : ['| task | change | discovery |', '|---|---|---|', ...rows]),
		'',
		'## Not placed',
		'',
		...listOr(
			input.unplaced.map((each) => `- ${markdown.inline(each.title)}: ${markdown.inline(each.reason)}`),
		),
		'',
		'## Notes of workers',
		'',
		...listOr(input.notes.map((each) => `- ${markdown.inline(each.text)}`)),
		'',
		'## Diff',
		'',
		...(input.diff === '' ? ['None.'] : markdown.block(input.diff)),
	];
	return `${lines.join('\n')}\n`;
}

/** The name of the document of a replan. */
export function replanFile(number: number): string {
	return `${String(number).padStart(3, '0')}.md`;
}

function listOr(lines: readonly string[]): readonly string[] {
	return lines.length === 0 ? ['None.'] : lines;
}

function round(minutes: number): number {
	return Math.round(minutes * 10) / 10;
}
