import { MarkdownText } from '../evidence/markdownText.ts';
import type { Assessment } from './assess.ts';
import type { DraftTask } from './draftTask.ts';
import { withGeneratedMark } from './generatedMark.ts';
import type { Pair, Prd, Requirement } from './prd.ts';
import type { Question } from './questions.ts';

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
			openLines(unknown, ({ text, about, isRequired }) => {
				const what = about === '' ? '' : ` (${about})`;
				return `${text}${what}${isRequired ? ' – needed' : ''}`;
			}),
			'Nothing: every question is answered.',
		),
	]);
}

/** The discovery: problem, users, surroundings, and what stands on assumptions. */
export function discoveryDocument({ prd, assessment }: DocumentInput): string {
	const empty = new EmptyWords(assessment);
	const { backend, backendFramework: framework, frontend, database, deployment, testCommand } = prd;
	const part = (name: string, id: string, ...values: readonly string[]): Pair => ({
		name,
		text: values.filter((value) => value !== '').join(', ') || empty.part(id),
	});
	const stack = [
		part('Backend', 'technology.backend.language', backend, framework),
		part('Frontend', 'technology.frontend.framework', frontend),
		part('Database', 'technology.database.system', database),
		part('Runs on', 'technical.deployment', ...deployment),
		part('Tests', 'technology.testing.command', testCommand),
	];
	const limits = [
		prd.constraints,
		prd.deadline && `Deadline: ${prd.deadline}`,
		prd.budget && `Budget: ${prd.budget}`,
	];
	return document(`Discovery: ${prd.name}`, [
		['## Goal', '', md.inline(prd.goal)],
		section('Constraints', limits, empty.of('constraints.timeline.mvp_deadline', 'constraints.budget.limit')),
		paragraph('Problem', prd.problem, empty.of('problem.statement')),
		paragraph('Today', prd.currentSolutions, empty.of('problem.current_solutions')),
		paragraph('Solution', prd.overview, empty.of('solution.overview')),
		section('Users', pairs(prd.users), empty.of('users.primary')),
		section('Stack', pairs(stack)),
		section('Other systems', pairs(prd.integrations), empty.of('technical.integrations')),
		section('Assumptions', prd.assumptions, empty.of('assumptions')),
		section('Risks', pairs(prd.risks), empty.of('risks')),
		section(
			'Open',
			openLines(assessment.unknown, ({ text }) => text),
			'Nothing.',
		),
	]);
}

/** The requirements, each with how it is recognised and the tasks that bring it about. */
export function requirementsDocument({ prd, assessment, tasks }: DocumentInput): string {
	const empty = new EmptyWords(assessment);
	const all = (level: Requirement['level'], otherwise: string) => {
		const lines = prd.requirements
			.filter((one) => one.level === level)
			.flatMap((one) => requirement(one, tasks));
		return lines.length === 0 ? ['', otherwise] : lines;
	};
	const quality = pairs([...prd.performance, ...prd.metrics]);
	const rules = [...prd.security, ...prd.standards];
	return document(`Requirements: ${prd.name}`, [
		['## Must have', ...all('must', nothingKnown)],
		['## Should have', ...all('should', empty.of('requirements.should_have'))],
		section('Out of scope', prd.outOfScope, empty.of('requirements.out_of_scope')),
		section('Figures to reach', quality, empty.of('technical.performance', 'success_criteria.metrics')),
		section(
			'Security and compliance',
			rules,
			empty.of('constraints.security.requirements', 'constraints.compliance.standards'),
		),
		section('Complete when', prd.completeWhen, empty.of('success_criteria.mvp_complete_when')),
	]);
}

const nothingKnown = 'Nothing is known yet.';

/** Tells what nobody was asked or answered yet from what somebody said there is none of. */
class EmptyWords {
	readonly #open: ReadonlySet<string>;

	constructor({ unknown }: Assessment) {
		this.#open = new Set(unknown.map(({ id }) => id));
	}

	/** Of a section that these questions fill. */
	of(...questions: readonly string[]): string {
		return questions.some((id) => this.#open.has(id)) ? nothingKnown : 'None.';
	}

	/** Of one part in a list. */
	part(question: string): string {
		return this.#open.has(question) ? 'not known yet' : 'none';
	}
}

/** One line a question; what is asked several times in the same words stands there once. */
function openLines(unknown: Assessment['unknown'], lineOf: (question: Question) => string): string[] {
	return [...new Set(unknown.map(lineOf))];
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

function section(title: string, items: readonly string[], otherwise = nothingKnown): string[] {
	const lines = items.filter((item) => item !== '').map((item) => `- ${md.inline(item)}`);
	return [`## ${title}`, '', ...(lines.length === 0 ? [otherwise] : lines)];
}

function paragraph(title: string, text: string, otherwise: string): string[] {
	return [`## ${title}`, '', text === '' ? otherwise : md.inline(text)];
}

function pairs(items: readonly Pair[]): string[] {
	return items.map(({ name, text }) => (text === '' ? name : `${name}: ${text}`));
}
