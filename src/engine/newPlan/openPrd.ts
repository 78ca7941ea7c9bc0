import type { AnswerFault } from '../../core/prd/applyAnswers.ts';
import { applyAnswers } from '../../core/prd/applyAnswers.ts';
import { answerQuestion, beginPrd } from '../../core/prd/interview.ts';
import { textOf } from '../../core/prd/prd.ts';
import type { PrdDocument } from '../../core/prd/prdDocument.ts';
import { questionsOf } from '../../core/prd/questions.ts';
import type { PrdFile } from './prdFile.ts';
import { PrdFileError } from './prdFile.ts';

/** What a person gives when a plan is begun. */
export interface Beginning {
	/** Empty: go on with the PRD that is there. */
	readonly goal: string;
	readonly constraints: string;
	/** The day, as `YYYY-MM-DD`. */
	readonly today: string;
}

/**
 * Begins a PRD, or goes on with the one that is there. Throws `PrdFileError` where there is neither a goal nor a PRD, and where
 * the PRD is about something else: nothing is written over.
 */
export async function openPrd(file: PrdFile, beginning: Beginning): Promise<'begun' | 'resumed'> {
	const existing = await file.read();
	const goal = beginning.goal.replace(/\s+/g, ' ').trim();
	if (existing === null) {
		if (goal === '') {
			throw new PrdFileError(
				'Say what is wanted: switchyard new "An e-commerce platform with a catalog, a cart and a checkout".',
			);
		}
		await file.write(beginPrd({ ...beginning, goal }));
		return 'begun';
	}
	const known = goalOf(existing);
	if (goal !== '' && known !== goal) {
		const about = known === '' ? 'is there already' : `is about “${known}”`;
		throw new PrdFileError(
			`${file.path} ${about}. Go on with it by: switchyard new (without a goal). Plan beside it with --feature NAME, or elsewhere with --to DIR.`,
		);
	}
	return 'resumed';
}

function goalOf(document: PrdDocument): string {
	return textOf(document.get(['interview', 'goal']));
}

/** Takes answers from a file of them. Returns what is wrong with it; nothing is taken then. */
export async function takeAnswerFile(file: PrdFile, answers: PrdDocument): Promise<readonly AnswerFault[]> {
	let faults: readonly AnswerFault[] = [];
	await file.update((document) => {
		faults = applyAnswers(document, answers);
		return faults.length === 0 ? null : 'there are faults';
	});
	return faults;
}

/** Takes single answers, `id=text` in the order given. Throws `PrdFileError` for one that cannot be taken; none is then. */
export async function takeAnswers(file: PrdFile, answers: readonly string[]): Promise<void> {
	const reason = await file.update((document) => {
		for (const answer of answers) {
			const fault = takeAnswer(document, answer);
			if (fault !== null) {
				return fault;
			}
		}
		return null;
	});
	if (reason !== null) {
		throw new PrdFileError(reason);
	}
}

function takeAnswer(document: PrdDocument, answer: string): string | null {
	const cut = answer.indexOf('=');
	if (cut < 1) {
		return `--answer takes ID=TEXT, not “${answer}”.`;
	}
	const id = answer.slice(0, cut).trim();
	const questions = questionsOf(document);
	const question = questions.find((one) => one.id === id);
	if (question === undefined) {
		return `There is no question ${id}. Questions are: ${questions.map((one) => one.id).join(', ')}.`;
	}
	const reason = answerQuestion(document, question, answer.slice(cut + 1));
	return reason === null ? null : `${id}: ${reason}`;
}
