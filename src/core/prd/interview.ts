import { parseAnswer } from './parseAnswer.ts';
import { readPrd, requirementId, textOf } from './prd.ts';
import { PrdDocument } from './prdDocument.ts';
import type { Question } from './questions.ts';
import { moreRequirements, questionsOf } from './questions.ts';
import { refusals } from './questionTable.ts';
import { readConstraints } from './readConstraints.ts';
import { readGoal } from './readGoal.ts';

/** What a new PRD begins with. */
export interface NewPrd {
	readonly goal: string;
	readonly constraints: string;
	/** The day, as `YYYY-MM-DD`. */
	readonly today: string;
}

const heading =
	'# Written by `switchyard new`, one answer at a time. Change it as you like: only what is missing is asked.\n';

/** The PRD that a goal and its constraints make by themselves: what they say is answered already. */
export function beginPrd({ goal, constraints, today }: NewPrd): PrdDocument {
	const document = parsed(`${heading}project: {}\n`);
	const { name } = readGoal(goal);
	document.set(['project'], { name: name === '' ? 'New project' : name, version: '0.1.0', created: today });
	document.set(['interview', 'goal'], goal.replace(/\s+/g, ' ').trim());
	if (constraints.trim() !== '') {
		document.set(['constraints', 'notes'], constraints.replace(/\s+/g, ' ').trim());
	}
	for (const { path, value, words } of readConstraints(constraints)) {
		document.set(path, value);
		const isNamed = typeof value === 'string' && path.at(-1) !== 'framework';
		if (isNamed && words !== '') {
			document.set([...path.slice(0, -1), 'reasoning'], `Given at the start: ${words}`);
		}
	}
	return document;
}

/** Questions without an answer that were not left open on purpose, in the order in which they are asked. */
export function openQuestions(document: PrdDocument): Question[] {
	return questionsOf(document).filter(({ state }) => state === 'open');
}

/** The question before another one, answered or not; null for the first. */
export function questionBefore(document: PrdDocument, id: string): Question | null {
	const all = questionsOf(document);
	const at = all.findIndex((question) => question.id === id);
	return all[at < 0 ? all.length - 1 : at - 1] ?? null;
}

/** Writes an answer into the PRD. Returns null, or a sentence that says why it cannot be taken. */
export function answerQuestion(document: PrdDocument, question: Question, input: string): string | null {
	const answer = parseAnswer(question, input);
	if ('problem' in answer) {
		return answer.problem;
	}
	if (question.kind === 'requirements') {
		document.set(question.path, withIds(document, answer.value));
	} else {
		if (question.requirement !== null) {
			prepareRequirement(document, question);
		}
		document.set(question.path, answer.value);
	}
	unskip(document, question.id);
	return null;
}

/** Leaves an optional question open on purpose. Returns null, or why it must be answered. */
export function skipQuestion(document: PrdDocument, question: Question): string | null {
	if (question.isRequired) {
		return refusals.needed;
	}
	const skipped = skippedOf(document);
	const id = question.requirement === null ? question.id : moreRequirements;
	if (!skipped.includes(id)) {
		document.set(['interview', 'skipped'], [...skipped, id]);
	}
	return null;
}

function unskip(document: PrdDocument, id: string): void {
	const rest = skippedOf(document).filter((one) => one !== id);
	if (rest.length < skippedOf(document).length) {
		document.set(['interview', 'skipped'], rest);
	}
}

function skippedOf(document: PrdDocument): string[] {
	const skipped = document.get(['interview', 'skipped']);
	return Array.isArray(skipped) ? skipped.filter((one) => typeof one === 'string') : [];
}

/** Gives a requirement that has no fields yet its id and its priority, so that the next answers have a place. */
function prepareRequirement(document: PrdDocument, question: Question): void {
	const item = question.path.slice(0, -1);
	const existing = document.get(item);
	if (typeof existing !== 'object' || existing === null) {
		const description = textOf(existing);
		const known = readPrd(document.value).requirements.find((one) => one.description === description);
		const id = description === '' ? freeIds(document, 1)[0] : known?.id;
		document.set(item, { id, description, priority: 'critical' });
	}
}

function withIds(document: PrdDocument, texts: unknown): unknown[] {
	document.remove(['requirements', 'should_have']);
	const list = Array.isArray(texts) ? texts : [texts];
	const ids = freeIds(document, list.length);
	return list.map((description, index) => ({ id: ids[index], description, priority: 'high' }));
}

function freeIds(document: PrdDocument, count: number): string[] {
	const used = new Set(readPrd(document.value).requirements.map(({ id }) => id));
	const ids: string[] = [];
	for (let index = 0; ids.length < count; index++) {
		const id = requirementId(index);
		if (!used.has(id)) {
			ids.push(id);
		}
	}
	return ids;
}

function parsed(text: string): PrdDocument {
	const document = PrdDocument.parse(text);
	if (!(document instanceof PrdDocument)) {
		throw new Error(`a text of ours is no PRD: ${document.message}`);
	}
	return document;
}
