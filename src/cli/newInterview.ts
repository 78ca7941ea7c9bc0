import { answerQuestion, openQuestions, questionBefore, skipQuestion } from '../core/prd/interview.ts';
import type { PrdDocument } from '../core/prd/prdDocument.ts';
import type { Question } from '../core/prd/questions.ts';
import { questionsOf } from '../core/prd/questions.ts';
import { phaseNames } from '../core/prd/questionTable.ts';
import type { PrdFile } from '../engine/newPlan/prdFile.ts';

/** How questions reach a person. */
export interface Conversation {
	readonly say: (text: string) => void;
	/** Null when the person is gone. */
	readonly ask: (prompt: string, initial: string) => Promise<string | null>;
}

const help =
	'One question at a time. Enter alone takes what stands in [brackets], or leaves an optional question open; < goes back; Ctrl+D stops: everything answered is saved.\n';

/**
 * Asks what is open, one question at a time, and saves each answer before the next. `later` when the person left with
 * questions open.
 */
export async function holdInterview(file: PrdFile, conversation: Conversation): Promise<'done' | 'later'> {
	let wanted: string | null = null;
	let phase = 0;
	conversation.say(help);
	for (;;) {
		const document = await file.read();
		const question: Question | null = document === null ? null : questionToAsk(document, wanted);
		if (document === null || question === null) {
			return 'done';
		}
		if (question.phase !== phase) {
			phase = question.phase;
			conversation.say(`\n${phase}/${phaseNames.length} ${phaseNames[phase - 1] ?? ''}\n`);
		}
		const line = await askOne(question, conversation);
		if (line === null) {
			return 'later';
		}
		wanted =
			line === '<'
				? (questionBefore(document, question.id)?.id ?? question.id)
				: await nextAfter(file, question, { line, say: conversation.say });
	}
}

async function askOne(question: Question, { say, ask }: Conversation): Promise<string | null> {
	say(wording(question));
	const line = await ask('> ', question.answer);
	return line === null ? null : line.trim();
}

/** Saves an answer; the same question comes again where it could not be taken, else whatever is open. */
async function nextAfter(
	file: PrdFile,
	question: Question,
	{ line, say }: { readonly line: string; readonly say: Conversation['say'] },
): Promise<string | null> {
	const reason = await settle(file, question, line);
	if (reason !== null) {
		say(`${reason}\n`);
	}
	return reason === null ? null : question.id;
}

function questionToAsk(document: PrdDocument, wanted: string | null): Question | null {
	const found = wanted === null ? undefined : questionsOf(document).find(({ id }) => id === wanted);
	return found ?? openQuestions(document)[0] ?? null;
}

function wording({ text, help: example, about, options, suggestion, answer }: Question): string {
	const preset = answer === '' ? suggestion : answer;
	return [
		...(about === '' ? [] : [`\nAbout: ${about}`]),
		`${about === '' ? '\n' : ''}${text}${preset === '' ? '' : ` [${preset}]`}`,
		`  ${example}${options.length === 0 ? '' : ` (${options.join(', ')})`}`,
		'',
	].join('\n');
}

/** Saves what a line means for a question. Returns null, or why it cannot be taken. */
async function settle(file: PrdFile, question: Question, line: string): Promise<string | null> {
	if (line === '' && question.answer !== '') {
		return null;
	}
	const input = line === '' ? question.suggestion : line;
	return file.update((document) =>
		input === '' ? skipQuestion(document, question) : answerQuestion(document, question, input),
	);
}
