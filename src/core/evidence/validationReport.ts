import { commandLines } from './commandSection.ts';
import type { EvidenceInput } from './evidenceInput.ts';
import { gitLine, reproductionLines } from './evidenceMarkdown.ts';
import { MarkdownText } from './markdownText.ts';
import { seconds, utc } from './wording.ts';

/**
 * The report of one who judged at a gate: `pm-signoff.md`, `security-audit.md` … (FORMATS 2.3). PASS is said only of
 * checks that all ran and passed.
 */
export function renderValidation(input: EvidenceInput): string {
	const markdown = new MarkdownText(input.secrets);
	const { task } = input;
	const checks = input.attempts.at(-1)?.attempt.checks ?? [];
	const sections: readonly (readonly [string, readonly string[]])[] = [
		['Verdict', [verdictLine(input, markdown)]],
		['Findings', findingLines(input, markdown)],
		['Checks', commandLines(input, markdown)],
		['Criteria', criteriaLines(input, markdown)],
		['Reproduction Steps', reproductionLines(input, markdown)],
		['Git Commit', [gitLine(input)]],
	];
	const started = checks[0]?.startedAt ?? null;
	const ended = checks.at(-1)?.endedAt ?? null;
	const rows: readonly (readonly [string, string])[] = [
		['Plan', markdown.inline(input.planName)],
		['Run', markdown.cell(input.run)],
		['Sprint', task.sprint === null ? 'none' : markdown.cell(task.sprint)],
		['Cycle', String(task.unit?.cycle ?? 1)],
		['Started', utc(started)],
		['Ended', utc(ended)],
		['Duration', started === null || ended === null ? 'unknown' : seconds(ended - started)],
		['Counts', task.unit?.advisory === true ? 'no, it only advises' : 'yes'],
		['Verdict', verdictOf(input)],
	];
	return [
		`# ${markdown.inline(task.name)}`,
		'',
		'| | |',
		'|---|---|',
		...rows.map(([name, value]) => `| ${name} | ${value} |`),
		'',
		...sections.flatMap(([heading, lines]) => [`## ${heading}`, '', lines.join('\n').trimEnd(), '']),
	]
		.join('\n')
		.trimEnd()
		.concat('\n');
}

/** `PASS`, `FAIL`, or `none` where no verdict was recorded. */
export function verdictOf({ status }: Pick<EvidenceInput, 'status'>): 'PASS' | 'FAIL' | 'none' {
	return status === 'completed' ? 'PASS' : status === 'failed' ? 'FAIL' : 'none';
}

function verdictLine(input: EvidenceInput, markdown: MarkdownText): string {
	const { task, attempts, reason } = input;
	const checks = attempts.at(-1)?.attempt.checks ?? [];
	const passed = checks.filter((check) => check.passed).length;
	const count = `${passed} of ${task.checks.length} checks passed`;
	return `**${verdictOf(input)}**: ${count}.${reason === '' ? '' : ` ${markdown.inline(reason)}`}`;
}

function findingLines({ attempts }: EvidenceInput, markdown: MarkdownText): string[] {
	const failed = attempts.at(-1)?.attempt.checks.filter(({ passed }) => !passed) ?? [];
	return failed.length === 0
		? ['None.']
		: failed.map(({ index, reason }) => `- Check ${index + 1}: ${markdown.inline(reason) || 'failed'}`);
}

function criteriaLines(input: EvidenceInput, markdown: MarkdownText): string[] {
	const checks = input.attempts.at(-1)?.attempt.checks ?? [];
	const lines = checks.flatMap(({ index, criteria }) =>
		criteria.map(({ criterion, passed, finding }) => {
			const seen = finding === '' ? 'nothing said' : markdown.inline(finding);
			return `| ${markdown.inline(criterion)} | ${passed ? 'PASS' : 'FAIL'} | ${seen} | check ${index + 1} |`;
		}),
	);
	return lines.length === 0
		? ['None was judged by name: the checks above are the verdict.']
		: ['| Criterion | Verdict | Finding | Judged by |', '|---|---|---|---|', ...lines];
}
