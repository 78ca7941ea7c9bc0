import type { Prd } from './prd.ts';
import type { PrdPath } from './prdDocument.ts';

/** What an answer is: one text, several, or several pairs such as `metric: target`. */
export type AnswerKind = 'text' | 'texts' | 'pairs' | 'requirements';

/** A question whose place in the PRD is fixed. */
export interface FixedQuestion {
	/** The place in the PRD, with points: also what flags and messages call it. */
	readonly id: string;
	/** Counts from 1: an index into `phaseNames`. */
	readonly phase: number;
	readonly text: string;
	/** An example, or what happens without an answer. */
	readonly help: string;
	readonly kind: AnswerKind;
	/** Of `pairs`: the names of the two fields. */
	readonly fields?: readonly [string, string];
	readonly isRequired?: true;
	/** Frequent answers; any other is taken as well. */
	readonly options?: readonly string[];
	/** Only asked while this holds. */
	readonly when?: (prd: Prd) => boolean;
}

/** The seven phases of an interview, in order. */
export const phaseNames: readonly string[] = [
	'Stack and integrations',
	'Problem and solution',
	'Users',
	'Technical needs',
	'Success',
	'Constraints',
	'Details',
];

/** How many requirements a project must have to be worth planning. */
export const leastRequirements = 3;

/** Where the questions about single requirements stand among the others: behind this one. */
export const requirementsFollow = 'solution.key_features';

/** Every question with a fixed place, in the order in which they are asked. */
export const questionTable: readonly FixedQuestion[] = [
	{
		...{ id: 'technology.backend.language', phase: 1, kind: 'text', isRequired: true },
		text: 'Which language is the backend written in?',
		help: 'Answer none where nothing runs on a server.',
		options: ['typescript', 'python', 'go', 'java', 'none'],
	},
	{
		...{ id: 'technology.backend.framework', phase: 1, kind: 'text' },
		text: 'Which framework does the backend use?',
		help: 'Such as fastapi, express or none.',
		when: ({ backend }) => backend !== '',
	},
	{
		...{ id: 'technology.frontend.framework', phase: 1, kind: 'text', isRequired: true },
		text: 'What is the frontend built with?',
		help: 'Answer none where there is nothing to look at.',
		options: ['react', 'vue', 'svelte', 'none'],
	},
	{
		...{ id: 'technology.database.system', phase: 1, kind: 'text', isRequired: true },
		text: 'Which database keeps the data?',
		help: 'Answer none where nothing is kept.',
		options: ['postgresql', 'sqlite', 'mysql', 'mongodb', 'none'],
	},
	{
		...{ id: 'technology.testing.command', phase: 1, kind: 'text' },
		text: 'Which command runs all tests?',
		help: 'A program and its arguments, such as npm test. Tasks are verified by it; without it they stay unverified.',
	},
	{
		...{ id: 'technical.integrations', phase: 1, kind: 'pairs', fields: ['name', 'purpose'] },
		text: 'Which other systems does it work with?',
		help: 'Each with its purpose: Stripe: card payments; SendGrid: mails to customers',
	},
	{
		...{ id: 'problem.statement', phase: 2, kind: 'text', isRequired: true },
		text: 'Which problem does it solve?',
		help: 'A sentence or two: who cannot do what today?',
	},
	{
		...{ id: 'problem.current_solutions', phase: 2, kind: 'text' },
		text: 'What do people do about it now?',
		help: 'A spreadsheet, another product, nothing.',
	},
	{
		...{ id: 'solution.overview', phase: 2, kind: 'text', isRequired: true },
		text: 'What is the solution, in a sentence or two?',
		help: 'What will be there that is not there now?',
	},
	{
		...{ id: 'solution.key_features', phase: 2, kind: 'texts' },
		text: 'What are its features?',
		help: 'A few words each: product catalog; shopping cart; checkout',
	},
	{
		...{ id: 'users.primary', phase: 3, kind: 'pairs', fields: ['persona', 'needs'], isRequired: true },
		text: 'Who uses it, and what do they need?',
		help: 'Each group with its needs: Customer: find a product and buy it; Shopkeeper: see stock and orders',
	},
	{
		...{ id: 'technical.performance', phase: 4, kind: 'pairs', fields: ['metric', 'target'] },
		text: 'How fast must it be?',
		help: 'Each figure with its target: API response time: below 200 ms',
	},
	{
		...{ id: 'technical.scale', phase: 4, kind: 'pairs', fields: ['users', 'requests'] },
		text: 'How many users must it bear?',
		help: 'A number, with requests where they are known: 5000: 50 a second',
	},
	{
		...{ id: 'technical.deployment', phase: 4, kind: 'texts' },
		text: 'Where does it run?',
		help: 'Such as Docker; Kubernetes. Without an answer nothing is planned for it.',
	},
	{
		...{ id: 'success_criteria.mvp_complete_when', phase: 5, kind: 'texts', isRequired: true },
		text: 'When is the first version complete?',
		help: 'Sentences that can be checked: a customer can order and pay; every page passes the checks',
	},
	{
		...{ id: 'success_criteria.metrics', phase: 5, kind: 'pairs', fields: ['metric', 'target'] },
		text: 'By which figures is success measured?',
		help: 'Each figure with its target: orders without a telephone call: 90 %',
	},
	{
		...{ id: 'constraints.timeline.mvp_deadline', phase: 6, kind: 'text' },
		text: 'When must the first version be there?',
		help: 'A date, if there is one.',
	},
	{
		...{ id: 'constraints.budget.limit', phase: 6, kind: 'text' },
		text: 'How much may it cost?',
		help: 'Money, or hours, if there is a limit.',
	},
	{
		...{ id: 'constraints.security.requirements', phase: 6, kind: 'texts' },
		text: 'What must be kept safe, and how?',
		help: 'Such as: no secrets in the code; passwords are stored as hashes',
	},
	{
		...{ id: 'constraints.compliance.standards', phase: 6, kind: 'texts' },
		text: 'Which laws and standards hold?',
		help: 'Such as GDPR; WCAG 2.2 AA',
	},
	{
		...{ id: 'requirements.should_have', phase: 7, kind: 'requirements' },
		text: 'What would make it better, without being a must?',
		help: 'Each becomes a requirement of lower priority.',
	},
	{
		...{ id: 'requirements.out_of_scope', phase: 7, kind: 'texts' },
		text: 'What will it not do?',
		help: 'What somebody might expect and will not get.',
	},
	{
		...{ id: 'assumptions', phase: 7, kind: 'texts' },
		text: 'What is taken for granted?',
		help: 'Such as: the payment provider offers a sandbox',
	},
	{
		...{ id: 'risks', phase: 7, kind: 'pairs', fields: ['risk', 'mitigation'] },
		text: 'What may go wrong, and what is done about it?',
		help: 'Each risk with what helps: two buy the last one: reserve in the database',
	},
];

/** Texts of the questions about single requirements. */
export const requirementTexts = {
	first: 'What must it be able to do first of all?',
	next: 'What else must it be able to do?',
	more: 'Is there another thing that it must be able to do?',
	help: 'One thing, as a sentence: customers can pay for what is in their cart',
	moreHelp: 'Leave it empty when that is all.',
	criteria: 'How can anybody tell that it does this?',
	criteriaHelp: 'Sentences that can be checked: a payment can be started; a failed payment is shown',
} as const;

/** Why an answer cannot be taken. */
export const refusals = {
	empty: 'An answer needs some words.',
	needed: 'This one has to be answered before there can be tasks.',
	shell:
		'This is a line for a shell. Give a program and its arguments, such as npm test, or put it into a script.',
} as const;

/** The path that an id means. */
export function pathOfId(id: string): PrdPath {
	return id.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}
