import { languagesOf } from '../run/languages.ts';
import type { GateSummary, UnitSummary } from '../run/summariseGate.ts';
import { MarkdownText } from './markdownText.ts';
import { sprintsDone } from './summaryFigures.ts';
import type { SummaryInput } from './summaryInput.ts';
import { utc } from './wording.ts';

/** The text of `PROJECT-REVIEW.md` (seed 004, G2): what the review at the end judged, repaired and found. */
export function renderReview(input: SummaryInput, review: GateSummary): string {
	const markdown = new MarkdownText(input.secrets);
	const sprints = sprintsDone(input);
	const { totals } = input.report;
	const rounds = review.cycle - 1;
	const sections: readonly (readonly [string, readonly string[]])[] = [
		[
			'Status',
			[`**${statusOf(review)}**${review.reason === '' ? '' : `: ${markdown.inline(review.reason)}`}`],
		],
		['Languages', languageLines(input)],
		['Verdicts', verdictLines(review, markdown)],
		[
			'Repairs',
			[
				rounds === 0
					? 'None were needed.'
					: `${rounds} ${rounds === 1 ? 'round' : 'rounds'}; see \`project-review/fixes\`.`,
			],
		],
		[
			'Not Reviewed',
			review.unconfigured.length === 0
				? ['Nothing that was asked for.']
				: review.unconfigured.map((slot) => `- ${markdown.inline(slot)}: not configured`),
		],
		[
			'Overall Statistics',
			[
				`- Tasks: ${totals.completed}/${totals.total} completed, ${totals.unverified} of them unverified`,
				`- Sprints: ${sprints.done}/${sprints.total}`,
				`- Attempts: ${input.report.attempts}`,
				`- Gates passed: ${input.gates.filter(({ status }) => status === 'passed').length}/${input.gates.length}`,
			],
		],
	];
	return [
		`# Project Review: ${markdown.inline(input.plan.name)}`,
		'',
		`- Run: ${markdown.code(input.run)}`,
		`- Reviewed: ${utc(review.passedAt)}`,
		'',
		...sections.flatMap(([heading, lines]) => [`## ${heading}`, '', lines.join('\n').trimEnd(), '']),
	]
		.join('\n')
		.trimEnd()
		.concat('\n');
}

/** The words of the format; what has not ended is neither. */
function statusOf({ status }: GateSummary): string {
	switch (status) {
		case 'passed':
			return 'COMPLETE';
		case 'failed':
		case 'blocked':
			return 'NEEDS_WORK';
		case 'skipped':
			return 'SKIPPED by a person';
		default:
			return 'not finished';
	}
}

function languageLines({ records }: SummaryInput): string[] {
	const paths = records
		.flatMap(({ files }) => files)
		.filter(({ change }) => change !== 'deleted' && change !== 'missing')
		.map(({ path }) => path);
	const found = languagesOf(paths);
	return found.length === 0
		? ['Unknown: no task names its files with `produces` or `touches`.']
		: found.map(
				({ language, files }) => `- ${language.name}: ${files} recorded ${files === 1 ? 'file' : 'files'}`,
			);
}

function verdictLines({ units }: GateSummary, markdown: MarkdownText): string[] {
	const rows = units
		.filter(({ role }) => role === 'validation' || role === 'integration')
		.map(
			(unit) =>
				`| ${markdown.inline(unit.name)} | ${unit.cycle} | ${verdictOf(unit)} | ${markdown.inline(unit.reason)} |`,
		);
	return rows.length === 0
		? ['None.']
		: ['| step | round | verdict | reason |', '|---|---|---|---|', ...rows];
}

function verdictOf({ status, advisory }: UnitSummary): string {
	const word = status === 'completed' ? 'PASS' : status === 'failed' ? 'FAIL' : status;
	return advisory ? `${word} (advice)` : word;
}
