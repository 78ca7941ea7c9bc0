import { MarkdownText } from '../evidence/markdownText.ts';
import type { Assessment } from './assess.ts';
import type { DraftTask } from './draftTask.ts';
import { withGeneratedMark } from './generatedMark.ts';
import type { Pair, Prd, Requirement } from './prd.ts';

/** What the documents are made of. */
export interface DocumentInput {
	readonly prd: Prd;
	readonly assessment: Assessment;
	/** Tasks that were made of the requirements; empty as long as there are none. */
	readonly tasks: readonly Pick<DraftTask, 'id' | 'name' | 'requirements'>[];
}

const levels = { low: 'Low', medium: 'Medium', high: 'High' } as const;

const kinds = {
	'open-ended': 'Open-ended, most answers are missing',
	'partially defined': 'Partially defined, some answers are missing',
	'well defined': 'Well defined, every needed answer is there',
} as const;

// The documents hold what people answered, which their authors see anyway: there are no secrets to look for.
const md = new MarkdownText([]);

/** The assessment: complexity with its reasons, what is known, and what is to be found out (seed 001). */
export function assessmentDocument({ prd, assessment }: DocumentInput): string {
	const { complexity, level, kind, factors, known, unknown } = assessment;
	return document(`Assessment: ${prd.name}`, [
		[
			`- **Goal**: ${md.inline(prd.goal)}`,
			`- **Complexity**: ${complexity.toFixed(2)} (${levels[level]})`,
			`- **Type**: ${kinds[kind]}`,
		],
		[
			'## Complexity',
			'',
			'| factor | value | weight | because |',
			'|---|---|---|---|',
			...factors.map(
				({ name, value, weight, reason }) =>
					`| ${name} | ${value.toFixed(2)} | ${weight.toFixed(2)} | ${md.inline(reason)} |`,
			),
		],
		section('Known', known),
		section(
			'To find out',
			unknown.map(
				({ text, about, isRequired }) =>
					`${text}${about === '' ? '' : ` (${about})`}${isRequired ? ' – needed' : ''}`,
			),
			'Nothing: every question is answered.',
		),
	]);
}

/** The discovery: problem, users, surroundings, and what stands on assumptions. */
export function discoveryDocument({ prd, assessment }: DocumentInput): string {
	const stack: readonly Pair[] = [
		{ name: 'Backend', text: [prd.backend, prd.backendFramework].filter((one) => one !== '').join(', ') },
		{ name: 'Frontend', text: prd.frontend },
		{ name: 'Database', text: prd.database },
		{ name: 'Runs on', text: prd.deployment.join(', ') },
		{ name: 'Tests', text: prd.testCommand },
	];
	return document(`Discovery: ${prd.name}`, [
		['## Goal', '', md.inline(prd.goal)],
		section('Constraints', [
			...[
				prd.constraints,
				prd.deadline && `Deadline: ${prd.deadline}`,
				prd.budget && `Budget: ${prd.budget}`,
			],
		]),
		['## Problem', '', orUnknown(prd.problem)],
		['## Today', '', orUnknown(prd.currentSolutions)],
		['## Solution', '', orUnknown(prd.overview)],
		section('Users', pairs(prd.users)),
		section('Stack', pairs(stack.map(({ name, text }) => ({ name, text: text === '' ? 'none' : text })))),
		section('Other systems', pairs(prd.integrations)),
		section('Assumptions', prd.assumptions),
		section('Risks', pairs(prd.risks)),
		section(
			'Open',
			assessment.unknown.map(({ text }) => text),
			'Nothing.',
		),
	]);
}

/** The requirements, each with how it is recognised and the tasks that bring it about. */
export function requirementsDocument({ prd, tasks }: DocumentInput): string {
	const of = (level: Requirement['level']) => prd.requirements.filter((one) => one.level === level);
	const quality = [...prd.performance, ...prd.metrics];
	return document(`Requirements: ${prd.name}`, [
		['## Must have', ...of('must').flatMap((one) => requirement(one, tasks))],
		['## Should have', ...orNone(of('should').flatMap((one) => requirement(one, tasks)))],
		section('Out of scope', prd.outOfScope),
		section('Figures to reach', pairs(quality)),
		section('Security and compliance', [...prd.security, ...prd.standards]),
		section('Complete when', prd.completeWhen),
	]);
}

function requirement(
	{ id, description, priority, acceptanceCriteria }: Requirement,
	tasks: DocumentInput['tasks'],
): string[] {
	const names = tasks.filter(({ requirements }) => requirements.includes(id));
	return [
		'',
		`### ${md.inline(id)}: ${md.inline(description)}`,
		'',
		`Priority: ${md.inline(priority)}`,
		'',
		...acceptanceCriteria.map((criterion) => `- ${md.inline(criterion)}`),
		...(names.length === 0
			? []
			: [
					'',
					`Tasks: ${names.map(({ id: task, name }) => `${md.code(task)} ${md.inline(name)}`).join(', ')}`,
				]),
	];
}

function document(title: string, sections: readonly (readonly string[])[]): string {
	const body = sections.map((lines) => lines.join('\n')).join('\n\n');
	return withGeneratedMark(`\n# ${md.inline(title)}\n\n${body}\n`);
}

function section(title: string, items: readonly string[], otherwise = 'Nothing is known yet.'): string[] {
	const lines = items.filter((item) => item !== '').map((item) => `- ${md.inline(item)}`);
	return [`## ${title}`, '', ...(lines.length === 0 ? [otherwise] : lines)];
}

function pairs(items: readonly Pair[]): string[] {
	return items.map(({ name, text }) => (text === '' ? name : `${name}: ${text}`));
}

function orNone(lines: readonly string[]): readonly string[] {
	return lines.length === 0 ? ['', 'None.'] : lines;
}

function orUnknown(text: string): string {
	return text === '' ? 'Nothing is known yet.' : md.inline(text);
}
