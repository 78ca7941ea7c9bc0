import type { ForeignFormat } from './foreignPlan.ts';

/** How much of a text is looked at: enough for the longest preamble, little enough for a folder of large files. */
const window = 200_000;

/**
 * Which other tool wrote a file, from its name and text; null for all that is no plan of one. The name decides between
 * families only: people rename files, so within Markdown and JSON the text counts.
 */
export function detectForeign(path: string, text: string): ForeignFormat | null {
	const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1).toLowerCase();
	const head = text.slice(0, window).replace(/^\uFEFF/, '');
	if (name.endsWith('.jsonl')) {
		return /"id"\s*:/.test(head) && /"(issue_type|depends_on_id|title)"\s*:/.test(head) ? 'beads' : null;
	}
	if (name.endsWith('.json')) {
		return detectJson(head);
	}
	return /\.(md|markdown|mdx|txt)$/.test(name) ? detectMarkdown(head) : null;
}

function detectJson(head: string): ForeignFormat | null {
	// A one-file plan of ours may be written as JSON: what it runs and checks is in fields that no other tool has.
	if (/"plan"\s*:\s*\{|"(run|verify)"\s*:\s*\[/.test(head)) {
		return null;
	}
	const isDevteam =
		/"(acceptanceCriteria|acceptance_criteria|task_type|feature_ref|estimated_complexity|parallelization)"\s*:/.test(
			head,
		) || /"id"\s*:\s*"(TASK|SPRINT|FEATURE|ISSUE)-/.test(head);
	if (isDevteam) {
		return 'devteam';
	}
	const hasTasks =
		/^\s*\[\s*\{/.test(head) || /"tasks"\s*:\s*\[/.test(head) || /^\s*\{\s*"[^"]+"\s*:\s*\[\s*\{/.test(head);
	return hasTasks && /"id"\s*:/.test(head) && /"(title|name|description|dependencies|status)"\s*:/.test(head)
		? 'taskmaster'
		: null;
}

const markdownSigns: readonly (readonly [ForeignFormat, RegExp])[] = [
	['speckit', /^\s*[-*+]\s+\[[ xX]\]\s+\**\[?T\d+[A-Za-z]?\b/m],
	['persona', /^\s*(?:[-*+]\s+)?Task:\s*@[A-Za-z][\w-]*\s+[-–—:]/m],
	[
		'layers',
		/^#{2,4}\s+(?:layer|phase|wave|level|batch)\s+\d+[^\n]*\n(?:(?!#{1,3}\s+task)[^\n]*\n){0,12}?[-*+]?\s*\*{0,2}(?:dependencies|depends on)\*{0,2}:/im,
	],
	['orca', /^#{2,5}\s+(?:\*\*)?task(?:\s+\d+(?:\.\d+)*|[-_][\w.-]*\d)?\s*[:–—-]/im],
	['orca', /^\s*Layer\s+\d+\b[^\n]*\btasks?\b[^\n]*:\s*$/im],
	['orca', /^\*\*(?:Task ID|Priority)\*\*:[^\n]*(?:\|\s*\*\*Duration|`)/im],
	['orca', /^#{2,5}\s[^\n]+\n(?:[^\n]*\n){0,12}?[^\n]*"task_id"\s*:/m],
];

function detectMarkdown(head: string): ForeignFormat | null {
	const text = head.replace(/\r\n?/g, '\n');
	const front = /^---[ \t]*\n([\s\S]*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)/.exec(text)?.[1];
	if (front !== undefined && /^id\s*:/m.test(front) && /^(status|dependencies|assignee)\s*:/m.test(front)) {
		return 'backlog';
	}
	for (const [format, sign] of markdownSigns) {
		if (sign.test(text)) {
			return format;
		}
	}
	const isChecklist = /^\s*\d+[.)]\s+\[[ xX]\]\s+\S/m.test(text) && /\bexecution order\b/i.test(text);
	return isChecklist ? 'checklist' : null;
}
