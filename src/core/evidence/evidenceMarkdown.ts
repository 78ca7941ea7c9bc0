import type { RunCheck } from '../run/runPlan.ts';
import { commandLines } from './commandSection.ts';
import { commandText } from './commandText.ts';
import { judgeCriteria } from './criteria.ts';
import type { EvidenceFile, EvidenceInput } from './evidenceInput.ts';
import { knownIssues } from './knownIssues.ts';
import { MarkdownText } from './markdownText.ts';
import { outcomeText, seconds, utc, validationText } from './wording.ts';

/** The text of `EVIDENCE.md` (FORMATS 2.3). Says of everything that was not measured or verified that it was not. */
export function renderEvidence(input: EvidenceInput): string {
	const markdown = new MarkdownText(input.secrets);
	const sections: readonly (readonly [string, string[]])[] = [
		['Summary', summaryLines(input, markdown)],
		['Commands', commandLines(input, markdown)],
		['Files Created', fileLines(input, markdown, 'created')],
		['Files Modified', fileLines(input, markdown, 'modified')],
		['Metrics', metricLines(input, markdown)],
		['Acceptance Criteria', criteriaLines(input, markdown)],
		['Reproduction Steps', reproductionLines(input, markdown)],
		['Git Commit', [gitLine(input)]],
		['Known Issues', listOr(knownIssues(input), markdown, 'None recorded.')],
		['Deviations', listOr(input.deviations, markdown, 'None recorded.')],
	];
	const title = `# Evidence: ${markdown.inline(input.task.id)} ${markdown.inline(input.task.name)}`;
	const body = sections.flatMap(([heading, lines]) => [`## ${heading}`, '', lines.join('\n').trimEnd(), '']);
	return `${[title, '', ...headerLines(input, markdown), '', ...body].join('\n').trimEnd()}\n`;
}

function headerLines(input: EvidenceInput, markdown: MarkdownText): string[] {
	const { task } = input;
	const started = input.attempts[0]?.attempt.startedAt ?? null;
	const ended = endOf(input);
	const took = started === null || ended === null ? 'unknown' : seconds(ended - started);
	const rows: readonly (readonly [string, string])[] = [
		['Plan', markdown.inline(input.planName)],
		['Run', markdown.cell(input.run)],
		['Sprint', task.sprint === null ? 'none' : markdown.cell(task.sprint)],
		['Task', markdown.cell(task.id)],
		['Done by', doneBy(input, markdown)],
		['Started', utc(started)],
		['Ended', utc(ended)],
		['Duration', task.estimateMinutes === null ? took : `${took} (estimate: ${task.estimateMinutes} min)`],
		['Attempts', String(input.attempts.length)],
		['Iterations', iterationText(input)],
		['Status', input.status],
		['Validation', validationText(input)],
	];
	return ['| | |', '|---|---|', ...rows.map(([name, value]) => `| ${name} | ${value} |`)];
}

function doneBy({ task, attempts }: EvidenceInput, markdown: MarkdownText): string {
	const last = attempts.at(-1)?.attempt;
	const agents =
		last === undefined ? [] : last.steps.length > 0 ? last.steps.map(({ agent }) => agent) : [last.agent];
	const named = [...new Set(agents.flatMap((agent) => agent ?? []))];
	const fallback = task.work.kind === 'agent' ? [task.work.agent] : [];
	const names = named.length > 0 ? named : fallback;
	return names.length === 0 ? 'command' : `agent ${names.map((name) => markdown.cell(name)).join(', ')}`;
}

/** How often it was worked on and checked, and on which tiers (T2). */
function iterationText({ attempts }: EvidenceInput): string {
	const counted = attempts.map(({ attempt }) => attempt).filter(({ counts }) => counts);
	const on = (tier: string) => counted.filter((attempt) => attempt.tier === tier).length;
	return counted.length === 0 ? '0' : `${counted.length} (T1: ${on('T1')}, T2: ${on('T2')})`;
}

/** When the last thing ended that the evidence speaks of: a check, else the work. */
function endOf(input: EvidenceInput): number | null {
	const last = input.attempts.at(-1)?.attempt;
	return last?.checks.at(-1)?.endedAt ?? last?.endedAt ?? null;
}

function summaryLines(input: EvidenceInput, markdown: MarkdownText): string[] {
	const { task } = input;
	const lines: string[] = [];
	if (task.description.trim() !== '') {
		lines.push(markdown.inline(task.description), '');
	}
	const last = input.attempts.at(-1);
	const checks = last?.attempt.checks ?? [];
	const passed = checks.filter((check) => check.passed).length;
	lines.push(
		`- Work: ${last === undefined ? 'never started' : markdown.inline(outcomeText(last.attempt))}`,
		`- Checks: ${task.checks.length === 0 ? 'none declared' : `${passed} of ${task.checks.length} passed`}`,
	);
	if (input.reason !== '') {
		lines.push(`- Reason: ${markdown.inline(input.reason)}`);
	}
	if (input.report !== null) {
		const said = [input.report.status, ...input.report.results].filter((text) => text !== '');
		lines.push(`- The worker reports (not verified): ${markdown.inline(said.join('; ')) || 'nothing'}`);
	}
	return lines;
}

/** The files of one kind as a table, and what is known of the others. */
export function fileLines(
	input: EvidenceInput,
	markdown: MarkdownText,
	kind: 'created' | 'modified',
): string[] {
	const files = input.files.filter(({ change }) => change === kind);
	const rows = files.map(
		(file) => `| ${markdown.cell(file.path)} | ${file.bytes ?? 'unknown'} | \`${file.hash ?? 'none'}\` |`,
	);
	const table = rows.length === 0 ? ['None.'] : ['| file | bytes | SHA-256 |', '|---|---|---|', ...rows];
	if (kind === 'created') {
		return table;
	}
	const rest = input.files.filter(({ change }) => change !== 'created' && change !== 'modified');
	return [...table, '', ...otherFiles(rest, markdown), scopeNote(input)];
}

function otherFiles(files: readonly EvidenceFile[], markdown: MarkdownText): string[] {
	const lines = files.map((file) => `- ${file.change}: ${markdown.code(file.path)}`);
	return lines.length === 0 ? [] : [...lines, ''];
}

function scopeNote(input: EvidenceInput): string {
	const { produces, touches } = input.task;
	return produces.length + touches.length === 0
		? 'The task names neither `produces` nor `touches`: no file was looked at.'
		: 'The work was done in place: only the files that `produces` and `touches` name were looked at.';
}

function metricLines(input: EvidenceInput, markdown: MarkdownText): string[] {
	const named = new Set(input.metrics.map(({ name }) => name.toLowerCase()));
	const usual = ['Tests', 'Coverage', 'Build'].filter((name) => !named.has(name.toLowerCase()));
	const rows = [...input.metrics, ...usual.map((name) => ({ name, before: null, after: null }))];
	const show = (value: string | null) => (value === null ? 'not measured' : markdown.inline(value));
	return [
		'| metric | before | after |',
		'|---|---|---|',
		...rows.map(
			({ name, before, after }) => `| ${markdown.inline(name)} | ${show(before)} | ${show(after)} |`,
		),
	];
}

function criteriaLines(input: EvidenceInput, markdown: MarkdownText): string[] {
	const verdicts = judgeCriteria(input.task, input.attempts.at(-1));
	if (verdicts.length === 0) {
		return ['The task states none.'];
	}
	const rows = verdicts.map(({ criterion, verdict, checks, findings }) => {
		const by = checks.length === 0 ? '' : `, checked by: check ${checks.join(', ')}`;
		const seen = findings.length === 0 ? '' : `: ${markdown.inline(findings.join(' '))}`;
		return `| ${markdown.inline(criterion)} | ${verdict}${by}${seen} |`;
	});
	return ['| criterion | verdict |', '|---|---|', ...rows];
}

/** How anybody can see the same: commit, folder, commands. */
export function reproductionLines(input: EvidenceInput, markdown: MarkdownText): string[] {
	const { task, git } = input;
	const steps = ['Begin in the root of the plan, where the tasks it depends on are done.'];
	if (git.kind === 'repository' && git.head !== null) {
		steps.unshift(`Check out ${markdown.code(git.head)}.`);
	}
	if (task.cwd !== '.') {
		steps.push(`Change into ${markdown.code(task.cwd)}.`);
	}
	for (const { work } of task.steps ?? [task]) {
		const prompt = work.kind === 'agent' ? ', with the prompt of the task on stdin' : '';
		if (work.kind !== 'none') {
			steps.push(`Run ${markdown.code(commandText(work.command))}${prompt}.`);
		}
	}
	for (const check of task.checks) {
		steps.push(checkStep(check, markdown));
	}
	return steps.map((step, index) => `${index + 1}. ${step}`);
}

function checkStep(check: RunCheck, markdown: MarkdownText): string {
	switch (check.kind) {
		case 'agent':
			return `Have ${markdown.inline(check.work.agent)} judge as ${markdown.inline(check.persona)}, in a session of its own.`;
		case 'approval':
			return `Ask a person: ${markdown.inline(check.what)}.`;
		default:
			return `Run ${markdown.code(commandText(check.command))} and expect exit code ${check.expectExit}.`;
	}
}

/** Which commit it holds for. */
export function gitLine({ git }: EvidenceInput): string {
	if (git.kind === 'none') {
		return 'None: the workspace is not a git repository.';
	}
	if (git.head === null) {
		return 'None: the repository has no commit yet.';
	}
	const state = git.dirty ? 'with uncommitted changes, this work among them' : 'without other changes';
	return `\`${git.head}\`, ${state}.`;
}

function listOr(items: readonly string[], markdown: MarkdownText, none: string): string[] {
	return items.length === 0 ? [none] : items.map((item) => `- ${markdown.inline(item)}`);
}
