import type { Command } from '../plan/plan.ts';
import type { Work } from '../run/runPlan.ts';
import type { CheckState } from '../run/runState.ts';
import { commandText } from './commandText.ts';
import type { CapturedOutput, EvidenceAttempt, EvidenceInput } from './evidenceInput.ts';
import type { MarkdownText } from './markdownText.ts';
import { joinSeam, seconds } from './wording.ts';

/** The section on what was run: every attempt's work and checks, each with its output. */
export function commandLines(input: EvidenceInput, markdown: MarkdownText): string[] {
	if (input.attempts.length === 0) {
		return ['No command was run.'];
	}
	return input.attempts.flatMap((attempt) => attemptLines(input, attempt, markdown));
}

function attemptLines(input: EvidenceInput, one: EvidenceAttempt, markdown: MarkdownText): string[] {
	const { attempt } = one;
	const lines = input.task.work.kind === 'none' ? [] : workLines(input, one, markdown);
	for (const check of attempt.checks) {
		const command = input.task.checks[check.index]?.command;
		lines.push(
			`### Attempt ${attempt.number}: check ${check.index + 1}, ${check.passed ? 'passed' : 'failed'}`,
			'',
			...processLines(
				{
					command,
					cwd: input.task.cwd,
					result: check,
					output: one.checkOutputs[check.index] ?? null,
				},
				markdown,
			),
		);
	}
	return lines;
}

function workLines(input: EvidenceInput, one: EvidenceAttempt, markdown: MarkdownText): string[] {
	return [
		`### Attempt ${one.attempt.number}: work`,
		'',
		...processLines(
			{ command: input.task.work.command, cwd: input.task.cwd, result: one.attempt, output: one.output },
			markdown,
		),
		...promptLines(input.task.work, markdown),
	];
}

/** What an agent was told: without it nobody could repeat its work. */
function promptLines(work: Work, markdown: MarkdownText): string[] {
	if (work.kind !== 'agent') {
		return [];
	}
	return work.prompt.kind === 'file'
		? [`Its prompt was the file ${markdown.code(work.prompt.path)}.`, '']
		: ['Its prompt:', '', ...markdown.block(work.prompt.text), ''];
}

interface ProcessRecord {
	/** Undefined where the plan has changed since and no longer has this check. */
	readonly command: Command | undefined;
	readonly cwd: string;
	readonly result: Pick<CheckState, 'exit' | 'reason'> & {
		readonly startedAt: number | null;
		readonly endedAt: number | null;
		readonly outputHash: string;
		readonly outputBytes: number;
	};
	readonly output: CapturedOutput | null;
}

function processLines(record: ProcessRecord, markdown: MarkdownText): string[] {
	const { command, result, output } = record;
	const took =
		result.startedAt === null || result.endedAt === null
			? 'unknown'
			: seconds(result.endedAt - result.startedAt);
	const lines = [
		`- Command: ${command === undefined ? 'no longer in the plan' : markdown.code(commandText(command))}`,
		`- Folder: ${markdown.code(record.cwd)}`,
		`- Exit code: ${result.exit ?? 'none'}`,
		`- Duration: ${took}`,
	];
	if (result.reason !== '') {
		lines.push(`- Reason: ${markdown.inline(result.reason)}`);
	}
	return [...lines, ...outputLines(result.outputHash, output, markdown), ''];
}

function outputLines(hash: string, output: CapturedOutput | null, markdown: MarkdownText): string[] {
	if (output === null) {
		return ['- Output: not kept'];
	}
	const log =
		output.log === null
			? 'the complete log is not part of the evidence'
			: `[complete log](${markdown.target(output.log)})`;
	const size = `${output.bytes} bytes, SHA-256 \`${output.hash || hash}\``;
	if (output.bytes === 0) {
		return ['- Output: none'];
	}
	const partial = output.omittedBytes > 0 ? `, the middle is left out here: ${log}` : '';
	return [`- Output: ${size}${partial}`, '', ...markdown.block(joinSeam(output))];
}
