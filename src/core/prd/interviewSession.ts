import type { NewPrd } from './interview.ts';
import { answerQuestion, beginPrd, openQuestions, questionBefore, skipQuestion } from './interview.ts';
import { textOf } from './prd.ts';
import type { PrdFault } from './prdDocument.ts';
import { PrdDocument } from './prdDocument.ts';
import type { Question } from './questions.ts';
import { questionsOf } from './questions.ts';

/** An interview over the text of a PRD, for hosts that keep the text themselves. Loaded on demand, with its YAML library. */
export class InterviewSession {
	readonly #document: PrdDocument;

	private constructor(document: PrdDocument) {
		this.#document = document;
	}

	static begin(beginning: NewPrd): InterviewSession {
		return new InterviewSession(beginPrd(beginning));
	}

	/** Goes on with a PRD; says where its text is none. */
	static read(text: string): InterviewSession | PrdFault {
		const document = PrdDocument.parse(text);
		return document instanceof PrdDocument ? new InterviewSession(document) : document;
	}

	/** The text of the PRD with all answers. */
	get text(): string {
		return this.#document.toString();
	}

	/** Empty where nobody gave one. */
	get goal(): string {
		return textOf(this.#document.get(['interview', 'goal']));
	}

	get questions(): readonly Question[] {
		return questionsOf(this.#document);
	}

	/** Nobody answered these, and nobody left them open on purpose. */
	get open(): readonly Question[] {
		return openQuestions(this.#document);
	}

	/** The question before another one; null for the first. */
	before(id: string): Question | null {
		return questionBefore(this.#document, id);
	}

	/** Takes an answer. Returns null, or why it cannot be taken. */
	answer(question: Question, input: string): string | null {
		return answerQuestion(this.#document, question, input);
	}

	/** Leaves a question open on purpose. Returns null, or why it must be answered. */
	skip(question: Question): string | null {
		return skipQuestion(this.#document, question);
	}
}
