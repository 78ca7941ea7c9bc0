import * as vscode from 'vscode';
import type { InterviewSession } from '../../core/prd/interviewSession.ts';
import type { Question } from '../../core/prd/questions.ts';
import { phaseNames } from '../../core/prd/questionTable.ts';
import { askStep } from './askStep.ts';
import type { PrdEditor } from './prdEditor.ts';

/** Answers that were given with the command, by the id of their question. */
export type GivenAnswers = Readonly<Record<string, string>>;

/**
 * Asks what is open, one question at a time; each answer is in the saved PRD before the next question. `later` when the
 * person left before the needed ones were answered.
 */
export async function askQuestions(editor: PrdEditor, given: GivenAnswers): Promise<'done' | 'later'> {
	await takeGiven(editor, given);
	let wanted: string | null = null;
	let problem = '';
	for (;;) {
		const session = await editor.read();
		const question = questionToAsk(session, wanted);
		if (question === null) {
			return 'done';
		}
		const reply = await askStep(stepOf(session, question, problem));
		problem = '';
		switch (reply.kind) {
			case 'back':
				wanted = session.before(question.id)?.id ?? question.id;
				break;
			case 'answer': {
				const reason = await settle(editor, question, reply.text);
				problem = reason ?? '';
				wanted = reason === null ? null : question.id;
				break;
			}
			case 'finish':
				return 'done';
			case 'left':
				return 'later';
		}
	}
}

/** In the order of the questions: some are only there once others are answered. */
async function takeGiven(editor: PrdEditor, given: GivenAnswers): Promise<void> {
	const taken = new Set<string>();
	await editor.update((session) => {
		for (;;) {
			const question = session.questions.find(({ id }) => !taken.has(id) && Object.hasOwn(given, id));
			if (question === undefined) {
				return null;
			}
			taken.add(question.id);
			const reason = session.answer(question, given[question.id] ?? '');
			if (reason !== null) {
				throw new Error(`${question.id}: ${vscode.l10n.t(reason)}`);
			}
		}
	});
}

function questionToAsk(session: InterviewSession, wanted: string | null): Question | null {
	const found = wanted === null ? undefined : session.questions.find(({ id }) => id === wanted);
	return found ?? session.open[0] ?? null;
}

function stepOf(session: InterviewSession, question: Question, problem: string) {
	const { questions } = session;
	const at = questions.findIndex(({ id }) => id === question.id);
	const phase = phaseNames[question.phase - 1] ?? '';
	const text = vscode.l10n.t(question.text);
	return {
		title: vscode.l10n.t('New Plan: {0}', vscode.l10n.t(phase)),
		prompt: question.about === '' ? text : `${question.about} – ${text}`,
		placeholder: vscode.l10n.t(question.help),
		value: question.answer === '' ? question.suggestion : question.answer,
		number: { step: at + 1, of: questions.length },
		options: question.options,
		canGoBack: at > 0,
		canFinish: session.open.every(({ isRequired }) => !isRequired),
		problem: problem === '' ? '' : vscode.l10n.t(problem),
	};
}

function settle(editor: PrdEditor, question: Question, text: string): Promise<string | null> {
	return editor.update((session) =>
		text.trim() === '' ? session.skip(question) : session.answer(question, text),
	);
}
