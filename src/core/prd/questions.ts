import { formatAnswer } from './parseAnswer.ts';
import type { Prd } from './prd.ts';
import { readPrd, textOf } from './prd.ts';
import type { PrdDocument, PrdPath } from './prdDocument.ts';
import type { AnswerKind, FixedQuestion } from './questionTable.ts';
import {
	leastRequirements,
	pathOfId,
	questionTable,
	requirementsFollow,
	requirementTexts,
} from './questionTable.ts';
import { capitalise, readGoal } from './readGoal.ts';

/** A question as it stands for one PRD. */
export interface Question {
	readonly id: string;
	/** From 1 to 7. */
	readonly phase: number;
	readonly text: string;
	readonly help: string;
	readonly kind: AnswerKind;
	/** Of pairs: the names of their two fields. */
	readonly fields: readonly [string, string];
	readonly path: PrdPath;
	readonly isRequired: boolean;
	readonly options: readonly string[];
	/** Taken where nothing else is said; empty where there is none. */
	readonly suggestion: string;
	readonly state: 'answered' | 'open' | 'skipped';
	/** The answer so far, as it would be typed. */
	readonly answer: string;
	/** Part of a single requirement that must be met. */
	readonly requirement: 'description' | 'criteria' | null;
	/** The requirement that is asked about; empty elsewhere. */
	readonly about: string;
}

/** What stands among the skipped questions once there are no more requirements. */
export const moreRequirements = 'requirements.must_have.more';

/** Every question that concerns a PRD, in order. Which ones those are depends on the answers. */
export function questionsOf(document: PrdDocument): Question[] {
	const prd = readPrd(document.value);
	const skipped = skippedOf(document);
	const suggestions = suggestionsFor(prd);
	const questions: Question[] = [];
	for (const fixed of questionTable) {
		if (fixed.when?.(prd) ?? true) {
			questions.push(fixedQuestion(document, fixed, { skipped, suggestions }));
		}
		if (fixed.id === requirementsFollow) {
			questions.push(...requirementQuestions(document, prd, skipped));
		}
	}
	return questions;
}

function fixedQuestion(
	document: PrdDocument,
	fixed: FixedQuestion,
	context: { readonly skipped: ReadonlySet<string>; readonly suggestions: ReadonlyMap<string, string> },
): Question {
	const path = pathOfId(fixed.id);
	const fields = fixed.fields ?? (['name', 'text'] as const);
	const value = document.get(path);
	return {
		...{
			id: fixed.id,
			phase: fixed.phase,
			text: fixed.text,
			help: fixed.help,
			kind: fixed.kind,
			fields,
			path,
		},
		isRequired: fixed.isRequired === true,
		options: fixed.options ?? [],
		suggestion: context.suggestions.get(fixed.id) ?? '',
		state: stateOf(value, fixed, context.skipped),
		answer: formatAnswer(fixed.kind, value, fields),
		requirement: null,
		about: '',
	};
}

/** A list that is there and empty is an answer, except where at least one item is needed. */
function stateOf(value: unknown, fixed: FixedQuestion, skipped: ReadonlySet<string>): Question['state'] {
	const isThere = Array.isArray(value)
		? value.length > 0 || fixed.isRequired !== true
		: value !== undefined && value !== null && value !== '';
	if (isThere) {
		return 'answered';
	}
	return skipped.has(fixed.id) ? 'skipped' : 'open';
}

/** Two questions for each requirement, and one for whether there is another. */
function requirementQuestions(document: PrdDocument, prd: Prd, skipped: ReadonlySet<string>): Question[] {
	const list = document.get(['requirements', 'must_have']);
	const count = Array.isArray(list) ? list.length : 0;
	const questions: Question[] = [];
	for (let index = 0; index < Math.max(count, leastRequirements); index++) {
		questions.push(descriptionQuestion(document, prd, index));
		const description = descriptionOf(document, index);
		if (description !== '') {
			questions.push(criteriaQuestion(document, index, description));
		}
	}
	if (count >= leastRequirements && !skipped.has(moreRequirements)) {
		questions.push(descriptionQuestion(document, prd, count));
	}
	return questions;
}

function descriptionQuestion(document: PrdDocument, prd: Prd, index: number): Question {
	const isRequired = index < leastRequirements;
	const feature = featuresOf(prd)[index];
	const answer = descriptionOf(document, index);
	return {
		...requirementQuestion(index, 'description'),
		text: index === 0 ? requirementTexts.first : isRequired ? requirementTexts.next : requirementTexts.more,
		help: isRequired ? requirementTexts.help : requirementTexts.moreHelp,
		kind: 'text',
		isRequired,
		suggestion: feature === undefined ? '' : capitalise(feature),
		state: answer === '' ? 'open' : 'answered',
		answer,
		about: '',
	};
}

function criteriaQuestion(document: PrdDocument, index: number, about: string): Question {
	const value = document.get(['requirements', 'must_have', index, 'acceptance_criteria']);
	const answer = formatAnswer('texts', value, ['name', 'text']);
	return {
		...requirementQuestion(index, 'criteria'),
		text: requirementTexts.criteria,
		help: requirementTexts.criteriaHelp,
		kind: 'texts',
		isRequired: true,
		suggestion: '',
		state: answer.trim() === '' ? 'open' : 'answered',
		answer,
		about,
	};
}

function requirementQuestion(index: number, part: 'description' | 'criteria') {
	const field = part === 'criteria' ? 'acceptance_criteria' : 'description';
	const path = ['requirements', 'must_have', index, field];
	const common = { phase: 2, fields: ['name', 'text'] as const, options: [] };
	return { ...common, id: path.join('.'), path, requirement: part };
}

function descriptionOf(document: PrdDocument, index: number): string {
	const item = document.get(['requirements', 'must_have', index]);
	return typeof item === 'object' && item !== null && 'description' in item
		? textOf(item.description)
		: textOf(item);
}

function skippedOf(document: PrdDocument): ReadonlySet<string> {
	const skipped = document.get(['interview', 'skipped']);
	return new Set(Array.isArray(skipped) ? skipped.map(String) : []);
}

function suggestionsFor(prd: Prd): ReadonlyMap<string, string> {
	return new Map([
		['solution.overview', prd.goal],
		['solution.key_features', readGoal(prd.goal).features.join('; ')],
		['technology.testing.command', testCommands.get(prd.backend) ?? ''],
	]);
}

function featuresOf(prd: Prd): readonly string[] {
	return prd.features.length > 0 ? prd.features : readGoal(prd.goal).features;
}

/** What runs the tests of most projects in a language. */
const testCommands: ReadonlyMap<string, string> = new Map([
	['typescript', 'npm test'],
	['javascript', 'npm test'],
	['python', 'python -m pytest'],
	['go', 'go test ./...'],
	['rust', 'cargo test'],
	['java', 'mvn -q verify'],
	['c#', 'dotnet test'],
	['ruby', 'bundle exec rake test'],
	['elixir', 'mix test'],
]);
