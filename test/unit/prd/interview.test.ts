import { describe, expect, it } from 'vitest';
import { applyAnswers } from '../../../src/core/prd/applyAnswers.ts';
import {
	answerQuestion,
	beginPrd,
	openQuestions,
	questionBefore,
	skipQuestion,
} from '../../../src/core/prd/interview.ts';
import { readPrd } from '../../../src/core/prd/prd.ts';
import { PrdDocument } from '../../../src/core/prd/prdDocument.ts';
import { questionsOf } from '../../../src/core/prd/questions.ts';
import { phaseNames } from '../../../src/core/prd/questionTable.ts';
import { readConstraints } from '../../../src/core/prd/readConstraints.ts';
import { readGoal } from '../../../src/core/prd/readGoal.ts';
import { splitCommand } from '../../../src/core/prd/splitCommand.ts';
import { documentOf, shopPrd } from './samplePrd.ts';

const goal = 'Build an e-commerce platform with product catalog, shopping cart, and checkout';
const begin = (constraints = '') => beginPrd({ goal, constraints, today: '2026-11-21' });

/** Answers the next question: with these words, or by leaving it open. Returns its id. */
function reply(document: PrdDocument, words: string | null): string {
	const [question] = openQuestions(document);
	if (question === undefined) {
		throw new Error('nothing is open');
	}
	const reason =
		words === null ? skipQuestion(document, question) : answerQuestion(document, question, words);
	expect(reason).toBeNull();
	return question.id;
}

describe('an interview', () => {
	it('has seven phases, and asks in their order', () => {
		const phases = questionsOf(begin()).map(({ phase }) => phase);
		expect(phases).toEqual([...phases].sort((a, b) => a - b));
		expect(new Set(phases)).toEqual(new Set([1, 2, 3, 4, 5, 6, 7]));
		expect(phaseNames).toHaveLength(7);
	});

	it('goes on where it was after every single answer, when all that is left is the text of the PRD', () => {
		let document = begin();
		const asked: string[] = [];
		for (;;) {
			const [question] = openQuestions(document);
			if (question === undefined) {
				break;
			}
			asked.push(reply(document, question.isRequired ? `Answer ${asked.length}` : null));
			// A killed session: the text on disk is everything there is.
			document = documentOf(document.toString());
		}
		expect(new Set(asked).size).toBe(asked.length);
		expect(readPrd(document.value).requirements).toHaveLength(3);
		expect(questionsOf(document).filter(({ state }) => state === 'open')).toEqual([]);
	});

	it('is not over with two requirements, and asks each for its criteria', () => {
		const document = documentOf(shopPrd.replace(/ {4}- \{id: REQ-003.*\n/, ''));
		const open = openQuestions(document).filter(({ isRequired }) => isRequired);
		expect(open.map(({ id }) => id)).toEqual(['requirements.must_have.2.description']);
		expect(skipQuestion(document, open[0]!)).toContain('has to be answered');
		expect(answerQuestion(document, open[0]!, 'Orders can be followed')).toBeNull();
		const [criteria] = openQuestions(document).filter(({ isRequired }) => isRequired);
		expect([criteria?.id, criteria?.about]).toEqual([
			'requirements.must_have.2.acceptance_criteria',
			'Orders can be followed',
		]);
		expect(readPrd(document.value).requirements.map(({ id }) => id)).toEqual([
			'REQ-001',
			'REQ-002',
			'REQ-003',
			'REQ-004',
			'REQ-005',
		]);
	});

	it('asks for another requirement until there is none', () => {
		const document = documentOf(shopPrd);
		const more = () => openQuestions(document).find(({ requirement }) => requirement === 'description');
		expect(answerQuestion(document, more()!, 'Orders can be followed')).toBeNull();
		expect(
			answerQuestion(document, openQuestions(document).find((one) => one.about !== '')!, 'a; b'),
		).toBeNull();
		expect(more()?.id).toBe('requirements.must_have.4.description');
		skipQuestion(document, more()!);
		expect(more()).toBeUndefined();
		expect(readPrd(document.value).requirements.at(3)).toMatchObject({
			id: 'REQ-006',
			level: 'must',
			acceptanceCriteria: ['a', 'b'],
		});
	});

	it('goes back one question, also to one that was answered or left open', () => {
		const document = begin();
		reply(document, 'go');
		const second = reply(document, null);
		const before = questionBefore(document, openQuestions(document)[0]!.id);
		expect(before).toMatchObject({ id: second, state: 'skipped' });
		expect(questionBefore(document, second)).toMatchObject({ answer: 'go', state: 'answered' });
		expect(questionBefore(document, questionsOf(document)[0]!.id)).toBeNull();
		expect(answerQuestion(document, before!, 'gin')).toBeNull();
		expect(questionsOf(document).find(({ id }) => id === second)?.state).toBe('answered');
	});

	it('keeps what its author wrote: comments, quotes, order, fields of their own', () => {
		const text = `# mine\nrequirements:\n  # the list\n  must_have: []\nproject: {name: "Shop"}   # ours\nown: [1, 2]\n`;
		const document = documentOf(text);
		reply(document, 'python');
		expect(document.toString()).toBe(
			`${text.replace('   # ours', ' # ours')}technology:\n  backend:\n    language: python\n`,
		);
	});

	it('takes lists and pairs as they are typed, and none for an answer', () => {
		const check = (id: string, words: string, expected: unknown) => {
			const document = begin();
			const question = questionsOf(document).find((one) => one.id === id)!;
			expect(answerQuestion(document, question, words)).toBeNull();
			expect(document.get(question.path)).toEqual(expected);
			const again = questionsOf(document).find((one) => one.id === id);
			expect(again?.state).toBe('answered');
		};
		check('solution.key_features', ' a b ;c;; d\n- e ', ['a b', 'c', 'd', 'e']);
		check('technical.integrations', 'Stripe: card payments; Redis', [
			{ name: 'Stripe', purpose: 'card payments' },
			{ name: 'Redis' },
		]);
		check('technical.integrations', 'none', []);
		check('requirements.should_have', 'A; B', [
			{ id: 'REQ-001', description: 'A', priority: 'high' },
			{ id: 'REQ-002', description: 'B', priority: 'high' },
		]);
	});

	it('refuses a command that only a shell understands', () => {
		const document = documentOf(shopPrd);
		const question = questionsOf(document).find(({ id }) => id === 'technology.testing.command')!;
		expect(answerQuestion(document, question, 'npm test && rm -rf /')).toContain('a line for a shell');
		expect(splitCommand('npm run "test: all" -- --bail')).toEqual([
			'npm',
			'run',
			'test: all',
			'--',
			'--bail',
		]);
		for (const line of ['a | b', 'a > b', '"a', 'a"b"', '$(x)', '', 'a\nb']) {
			expect([line, splitCommand(line)]).toEqual([line, null]);
		}
	});
});

describe('a goal and its constraints', () => {
	it('name the project and its features', () => {
		const check = (text: string, name: string, features: string[]) =>
			expect(readGoal(text)).toEqual({ name, features });
		check(goal, 'E-commerce platform', ['product catalog', 'shopping cart', 'checkout']);
		check('E-commerce REST API with user management, products, cart, and orders', 'E-commerce REST API', [
			'user management',
			'products',
			'cart',
			'orders',
		]);
		check('Add a dark mode.', 'Dark mode', []);
		check('', '', []);
	});

	it('settle what they say (seed 002), and nothing else', () => {
		const facts = (text: string) => readConstraints(text).map(({ path, value }) => [path.at(-1), value]);
		expect(facts('Python, FastAPI, PostgreSQL, Docker, solo developer')).toEqual([
			['language', 'python'],
			['framework', 'fastapi'],
			['system', 'postgresql'],
			['deployment', ['Docker']],
		]);
		expect(facts('go, no database, backend only')).toEqual([
			['language', 'go'],
			['framework', 'none'],
			['system', 'none'],
		]);
		expect(facts('Laravel')).toEqual([
			['language', 'php'],
			['framework', 'laravel'],
		]);
		expect(facts('must go live in May')).toEqual([]);
	});

	it('are known from the beginning: their questions are not asked', () => {
		const open = openQuestions(begin('Python, FastAPI, PostgreSQL')).map(({ id }) => id);
		expect(open[0]).toBe('technology.frontend.framework');
		expect(open).not.toContain('technology.database.system');
	});
});

describe('answers from a file', () => {
	const fill = (text: string) => {
		const document = begin();
		return { document, faults: applyAnswers(document, documentOf(text)) };
	};

	it('fill what is open and change nothing that was answered', () => {
		const document = begin('Python');
		expect(applyAnswers(document, documentOf(shopPrd))).toEqual([]);
		expect(readPrd(document.value)).toMatchObject({
			backend: 'python',
			frontend: 'react',
			database: 'postgresql',
		});
		expect(openQuestions(document).filter(({ isRequired }) => isRequired)).toEqual([]);
	});

	it('give ids to requirements without one', () => {
		const { document, faults } = fill(
			'requirements: {must_have: [A works, {description: B works, acceptance_criteria: [b]}], should_have: [C]}',
		);
		expect(faults).toEqual([]);
		expect(readPrd(document.value).requirements.map(({ id, description }) => `${id} ${description}`)).toEqual(
			['REQ-001 A works', 'REQ-002 B works', 'REQ-003 C'],
		);
	});

	it('are refused as a whole, with the place, when one cannot be taken', () => {
		const check = (text: string, line: number, message: RegExp) => {
			const { document, faults } = fill(`problem: {statement: p}\n${text}`);
			expect(faults.map((fault) => fault.line)).toEqual([line]);
			expect(faults[0]?.message).toMatch(message);
			expect(readPrd(document.value).problem).toBe('');
		};
		check('technolgy: {}', 2, /no answer `technolgy`\. Did you mean `technology`/);
		check('technology:\n  backend: python', 3, /`technology\.backend` holds language/);
		check('assumptions: [{a: 1}]', 2, /list of texts/);
		check('project:\n  name: [a]', 3, /one text/);
		check('risks: [[x]]', 2, /list of entries with risk, mitigation/);
	});
});

describe('the text of a PRD', () => {
	it('that cannot be read is told with its place, and never throws', () => {
		const check = (text: string, line: number, message: RegExp) => {
			const fault = PrdDocument.parse(text);
			expect(fault).not.toBeInstanceOf(PrdDocument);
			expect(fault).toMatchObject({ line, message: expect.stringMatching(message) });
		};
		check('project:\n  name: "x\n', 3, /quote/i);
		check('- a\n', 1, /list of fields/);
		check(
			`a: &a [1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c]`,
			1,
			/alias/i,
		);
		check('['.repeat(20_000), 1, /./);
		expect(PrdDocument.parse('')).toBeInstanceOf(PrdDocument);
	});

	it('keeps a requirement that is written as a text when its criteria are answered', () => {
		const document = documentOf('requirements: {must_have: [A works]}');
		const question = questionsOf(document).find(({ about }) => about === 'A works')!;
		expect(answerQuestion(document, question, 'a')).toBeNull();
		expect(document.get(question.path.slice(0, -1))).toEqual({
			id: 'REQ-001',
			description: 'A works',
			priority: 'critical',
			acceptance_criteria: ['a'],
		});
	});

	it('of any shape still leads to questions', () => {
		for (const text of [
			'project: 1',
			'technology: [a]',
			'requirements: {must_have: {a: 1}}',
			'interview: x',
			'{}',
		]) {
			const document = documentOf(text);
			while (openQuestions(document).length > 0) {
				const [question] = openQuestions(document);
				reply(document, question!.isRequired ? 'yes' : null);
			}
			expect(readPrd(document.value).requirements.length, text).toBeGreaterThanOrEqual(3);
		}
	});
});
