import { commandLines } from './commandSection.ts';
import type { EvidenceInput } from './evidenceInput.ts';
import { fileLines, gitLine } from './evidenceMarkdown.ts';
import { MarkdownText } from './markdownText.ts';
import { verdictOf } from './validationReport.ts';
import { outcomeText, seconds } from './wording.ts';

/** One integration of a sprint: after a batch, or of the whole, each time it was made. */
export interface IntegrationStep {
	readonly input: EvidenceInput;
	/** `Batch 1`, `Sprint`, and which cycle. */
	readonly title: string;
}

/**
 * The text of `INTEGRATION-REPORT.md` (FORMATS 2.3, origins 3.5), from everything that was recorded of it so far. What
 * nobody measured or said is told as that.
 */
export function renderIntegration(steps: readonly IntegrationStep[], about: string): string {
	const markdown = new MarkdownText(steps.flatMap(({ input }) => input.secrets));
	const last = steps.at(-1)?.input;
	const reports = steps.flatMap(({ input }) => input.report ?? []);
	const sections: readonly (readonly [string, readonly string[]])[] = [
		['Test Execution Summary', summaryLines(steps, markdown)],
		[
			'Deviations Found & Resolved',
			said(
				[
					...steps.flatMap(({ input }) => input.deviations),
					...reports.flatMap((report) => report.discoveries),
				],
				markdown,
			),
		],
		[
			'Bugs Fixed During Integration',
			said(
				reports.flatMap((report) => report.results),
				markdown,
			),
		],
		[
			'Cross-Sprint Compatibility',
			['Not measured apart: the checks of this report ran on everything that is in the workspace.'],
		],
		[
			'Final Build Status',
			[`**${last === undefined ? 'none' : verdictOf(last)}**${reasonOf(last, markdown)}`],
		],
		['Evidence', last === undefined ? ['None.'] : evidenceLines(last, markdown)],
		...steps.map(({ title, input }) => [title, commandLines(input, markdown)] as const),
	];
	return [
		`# Integration Report: ${markdown.inline(about)}`,
		'',
		...sections.flatMap(([heading, lines]) => [`## ${heading}`, '', lines.join('\n').trimEnd(), '']),
	]
		.join('\n')
		.trimEnd()
		.concat('\n');
}

function summaryLines(steps: readonly IntegrationStep[], markdown: MarkdownText): string[] {
	const rows = steps.map(({ title, input }) => {
		const attempt = input.attempts.at(-1)?.attempt;
		const checks = attempt?.checks ?? [];
		const passed = checks.filter((check) => check.passed).length;
		const work =
			input.task.work.kind === 'none'
				? 'none'
				: attempt === undefined
					? 'never started'
					: outcomeText(attempt);
		const declared = input.task.checks.length;
		const checked = declared === 0 ? 'none declared' : `${passed} of ${declared} passed`;
		const ended = checks.at(-1)?.endedAt ?? attempt?.endedAt ?? null;
		const took =
			attempt === undefined || attempt.startedAt === null || ended === null
				? 'unknown'
				: seconds(ended - attempt.startedAt);
		return `| ${markdown.inline(title)} | ${markdown.inline(work)} | ${checked} | ${took} | ${verdictOf(input)} |`;
	});
	const metrics = steps.at(-1)?.input.metrics ?? [];
	const figures = metrics.map(
		({ name, after }) =>
			`- ${markdown.inline(name)}: ${after === null ? 'not measured' : markdown.inline(after)}`,
	);
	return [
		'| integration | work | checks | duration | verdict |',
		'|---|---|---|---|---|',
		...rows,
		'',
		...(figures.length === 0 ? ['Tests: not measured, no report of them was declared.'] : figures),
	];
}

function reasonOf(input: EvidenceInput | undefined, markdown: MarkdownText): string {
	return input === undefined || input.reason === '' ? '' : `: ${markdown.inline(input.reason)}`;
}

function evidenceLines(input: EvidenceInput, markdown: MarkdownText): string[] {
	return [
		'Files created:',
		'',
		...fileLines(input, markdown, 'created'),
		'',
		'Files modified:',
		'',
		...fileLines(input, markdown, 'modified'),
		'',
		`Commit: ${gitLine(input)}`,
	];
}

function said(texts: readonly string[], markdown: MarkdownText): string[] {
	return texts.length === 0
		? ['None recorded.']
		: texts.map((text) => `- Reported, not verified: ${markdown.inline(text)}`);
}
