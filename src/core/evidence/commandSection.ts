import type { RunCheck, Work } from '../run/runPlan.ts';
import type { CheckState, StepState } from '../run/runState.ts';
import { workOf } from '../run/workOf.ts';
import { checkText, commandText } from './commandText.ts';
import type { CapturedOutput, EvidenceAttempt, EvidenceInput, StepOutputs } from './evidenceInput.ts';
import { figureTexts } from './figureTexts.ts';
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
	const { task } = input;
	const title = `Attempt ${attempt.number}`;
	const lines: string[] = [];
	if (attempt.imported === true) {
		lines.push(
			`### ${title}: judged only`,
			'',
			'The work was done before this run: its checks were made here.',
			'',
		);
	} else if (attempt.steps.length === 0 && task.work.kind !== 'none') {
		const work = workOf(task, attempt);
		const record = { text: commandText(work.command), cwd: task.cwd, result: attempt, output: one.output };
		lines.push(`### ${title}: work`, '', ...processLines(record, markdown), ...promptLines(work, markdown));
	}
	for (const step of attempt.steps) {
		lines.push(...stepLines(input, { step, title, outputs: one.stepOutputs?.[step.index] }, markdown));
	}
	for (const check of attempt.checks) {
		const declared = task.checks[check.index];
		const output = one.checkOutputs[check.index] ?? null;
		lines.push(...checkLines(`${title}: check`, { check, declared, cwd: task.cwd, output }, markdown));
	}
	return lines;
}

function stepLines(
	{ task }: EvidenceInput,
	{ step, title, outputs }: { step: StepState; title: string; outputs: StepOutputs | undefined },
	markdown: MarkdownText,
): string[] {
	const declared = task.steps?.[step.index];
	const name = `${title}: step ${step.index + 1}${declared === undefined ? '' : `, ${markdown.inline(declared.name)}`}`;
	const lines: string[] = [];
	if (step.redo && declared !== undefined) {
		const work = workOf(declared, step);
		const output = outputs?.output ?? null;
		const record = { text: commandText(work.command), cwd: task.cwd, result: step, output };
		lines.push(`### ${name}`, '', ...processLines(record, markdown), ...promptLines(work, markdown));
	} else {
		lines.push(`### ${name}: not done again`, '');
	}
	for (const check of step.checks) {
		const output = outputs?.checkOutputs[check.index] ?? null;
		const one = { check, declared: declared?.checks[check.index], cwd: task.cwd, output };
		lines.push(...checkLines(`${title}: check of step ${step.index + 1},`, one, markdown));
	}
	return lines;
}

function checkLines(
	title: string,
	one: { check: CheckState; declared: RunCheck | undefined; cwd: string; output: CapturedOutput | null },
	markdown: MarkdownText,
): string[] {
	const { check, declared, cwd, output } = one;
	const text = declared === undefined ? null : checkText(declared);
	return [
		`### ${title} ${check.index + 1}, ${check.passed ? 'passed' : 'failed'}${check.advisory ? ' (advice)' : ''}`,
		'',
		...processLines({ text, cwd, result: check, output }, markdown),
		...figureLines(check, markdown),
	];
}

/** What its reports say in numbers, and what was to be repaired. */
function figureLines({ figures, findings, known, criteria }: CheckState, markdown: MarkdownText): string[] {
	const lines = figureTexts(figures).map(([name, value]) => `- ${name}: ${value}`);
	if (known.length > 0) {
		lines.push(`- Failed before the task began: ${markdown.inline(known.join(', '))}`);
	}
	lines.push(
		...criteria.map(
			({ criterion, passed, finding }) =>
				`- ${passed ? 'PASS' : 'FAIL'}: ${markdown.inline(criterion)}${finding === '' ? '' : ` – ${markdown.inline(finding)}`}`,
		),
	);
	// What a validator found is said with its criterion already.
	lines.push(
		...(criteria.length > 0 ? [] : findings).map(
			({ text, file }) =>
				`- Finding: ${file === undefined ? '' : `${markdown.code(file)} `}${markdown.inline(text)}`,
		),
	);
	return lines.length === 0 ? [] : [...lines, ''];
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
	/** Null where the plan has changed since and no longer has this check. */
	readonly text: string | null;
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
	const { text, result, output } = record;
	const took =
		result.startedAt === null || result.endedAt === null
			? 'unknown'
			: seconds(result.endedAt - result.startedAt);
	const lines = [
		`- Command: ${text === null ? 'no longer in the plan' : markdown.code(text)}`,
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
