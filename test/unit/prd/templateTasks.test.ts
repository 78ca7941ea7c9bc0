import { describe, expect, it } from 'vitest';
import { assess } from '../../../src/core/prd/assess.ts';
import type { DraftTask } from '../../../src/core/prd/draftTask.ts';
import { isGenerated } from '../../../src/core/prd/generatedMark.ts';
import { beginPrd } from '../../../src/core/prd/interview.ts';
import { linkRequirements } from '../../../src/core/prd/linkRequirements.ts';
import { checkNewFiles, headerFile, taskFiles } from '../../../src/core/prd/newPlanFiles.ts';
import type { Prd, Requirement } from '../../../src/core/prd/prd.ts';
import { readPrd } from '../../../src/core/prd/prd.ts';
import {
	assessmentDocument,
	discoveryDocument,
	requirementsDocument,
} from '../../../src/core/prd/prdDocuments.ts';
import { templateTasks } from '../../../src/core/prd/templateTasks.ts';
import { Chance } from '../../support/chance.ts';
import { documentOf, shopPrd } from './samplePrd.ts';

const shop = readPrd(documentOf(shopPrd).value);

function tasksOf(prd: Prd): readonly DraftTask[] {
	return templateTasks(prd, { prefix: 'TASK' }).tasks;
}

function named(tasks: readonly DraftTask[], name: string): DraftTask {
	const found = tasks.find((task) => task.name === name);
	expect(found, `${name} among ${tasks.map((task) => task.name).join(', ')}`).toBeDefined();
	return found!;
}

/** What must hold for the tasks of any PRD. */
function checkPlan(prd: Prd, tasks: readonly DraftTask[]): void {
	const seen = new Set<string>();
	for (const task of tasks) {
		expect(
			task.dependencies.every((id) => seen.has(id)),
			`${task.id} comes after what it needs`,
		).toBe(true);
		expect(seen.has(task.id)).toBe(false);
		seen.add(task.id);
		expect(task.hours).toBeGreaterThanOrEqual(4);
		expect(task.hours).toBeLessThanOrEqual(16);
		expect([task.acceptanceCriteria.length > 0, task.type !== '']).toEqual([true, true]);
	}
	const covered = new Set(tasks.flatMap(({ requirements }) => requirements));
	expect(prd.requirements.filter(({ id }) => !covered.has(id))).toEqual([]);
	const header = headerFile('docs/planning/switchyard.yaml', { name: prd.name, agent: null, declared: null });
	expect(checkNewFiles([header, ...taskFiles('docs/planning/tasks', { drafts: tasks })], [])).toEqual([]);
}

describe('tasks by templates', () => {
	it('go from the ground up: tools, schema, service, pages, tests, and then the whole', () => {
		const tasks = tasksOf(shop);
		checkPlan(shop, tasks);
		const chain = ['Project structure and tools', 'Database schema', 'Products can be browsed: service'];
		const rest = ['Products can be browsed: pages', 'Products can be browsed: tests', 'End-to-end tests'];
		const ids = [...chain, ...rest, 'Deployment on Docker'].map((name) => named(tasks, name).id);
		for (const [index, id] of ids.slice(1).entries()) {
			expect(tasks.find((task) => task.id === id)?.dependencies).toContain(ids[index]);
		}
		expect(named(tasks, 'Products can be browsed: pages').acceptanceCriteria).toEqual([
			'Every product has a page',
		]);
		expect(named(tasks, 'Products can be browsed: service').acceptanceCriteria).toEqual([
			'Search finds a name',
		]);
		expect(named(tasks, 'Performance').acceptanceCriteria).toEqual(['API response time: below 200 ms']);
		expect(named(tasks, 'A backup is made every night').type).toBe('infrastructure');
		expect(named(tasks, 'A manual explains the shop').type).toBe('documentation');
	});

	it('let the cart come after the products, and the checkout after cart and payment (seed 000)', () => {
		const tasks = tasksOf(shop);
		const service = (name: string) => named(tasks, `${name}: service`);
		const [products, cart] = [service('Products can be browsed'), service('A cart holds products')];
		const checkout = service('The checkout turns the cart into an order paid by Stripe');
		expect(cart.dependencies).toContain(products.id);
		expect(cart.because).toEqual(['REQ-002 speaks of “product”, which REQ-001 brings.']);
		expect(checkout.dependencies).toEqual(
			expect.arrayContaining([cart.id, named(tasks, 'Connect Stripe').id]),
		);
		expect(products.dependencies).not.toContain(cart.id);
	});

	it('verify by the command of the project, where there is one that says something', () => {
		const checked = (prd: Prd) => tasksOf(prd).filter(({ verify }) => verify !== null);
		expect(checked(shop).every(({ verify }) => verify?.join(' ') === 'npm test')).toBe(true);
		expect(checked({ ...shop, testCommand: '' })).toEqual([]);
		expect(readPrd({ technology: { testing: { command: 'none' } } }).testCommand).toBe('');
		const python = checked({ ...shop, backend: 'python', testCommand: 'python -m pytest' });
		expect(python.map(({ type }) => type)).not.toContain('frontend');
	});

	it('hold for any PRD: no circle, every requirement covered, no error in the plan', () => {
		const chance = new Chance('templates');
		const words = 'cart order product checkout invoice report login backup manual page payment mail'.split(
			' ',
		);
		const word = () => words[chance.below(words.length)] ?? '';
		const pick = (options: readonly string[]) => options[chance.below(options.length)] ?? '';
		for (let round = 0; round < 12; round++) {
			const requirements = Array.from({ length: 1 + chance.below(8) }, (_, index): Requirement => {
				const criteria = Array.from(
					{ length: chance.below(15) },
					() => `the ${word()}: is "${word()}" # shown`,
				);
				const dependsOn = chance.below(3) === 0 ? [`REQ-${chance.below(14)}`] : [];
				const level = chance.below(2) === 0 ? 'must' : 'should';
				const description = `A ${word()} has a ${word()}`;
				return {
					id: `REQ-${index}`,
					description,
					acceptanceCriteria: criteria,
					priority: 'high',
					dependsOn,
					level,
				};
			});
			const prd = {
				...shop,
				requirements,
				backend: pick(['', 'go']),
				frontend: pick(['', 'vue']),
				database: pick(['', 'sqlite']),
			};
			checkPlan(prd, tasksOf(prd));
		}
	});

	it('are the same for the same PRD', () => {
		expect(tasksOf(shop)).toEqual(tasksOf(readPrd(documentOf(shopPrd).value)));
	});
});

describe('the order of requirements', () => {
	const requirement = (id: string, description: string, dependsOn: string[] = []): Requirement => ({
		...{ id, description, dependsOn, acceptanceCriteria: [], priority: 'high', level: 'must' },
	});

	it('follows what is stated, whatever the order in the PRD', () => {
		const { order, links } = linkRequirements([requirement('A', 'x', ['B']), requirement('B', 'y')]);
		expect(order.map(({ id }) => id)).toEqual(['B', 'A']);
		expect(links.get('A')?.map(({ on }) => on)).toEqual(['B']);
	});

	it('breaks circles and says so', () => {
		const { order, warnings } = linkRequirements([
			requirement('A', 'x', ['B', 'Z']),
			requirement('B', 'y', ['A']),
		]);
		expect(order).toHaveLength(2);
		expect(warnings).toEqual([
			'A depends on Z, which is no requirement. That was left out.',
			'B and A wait for each other. That A comes first was left out.',
		]);
	});

	it('takes no word that most of them use for a thing', () => {
		const { links } = linkRequirements(
			['A', 'B', 'C', 'D', 'E'].map((id) => requirement(id, `A tenant has ${id.repeat(5)}`)),
		);
		expect([...links.values()].flat()).toEqual([]);
	});
});

describe('the assessment', () => {
	it('says that seed 001’s project is complex as long as most of it is unknown, and less so later', () => {
		const goal = 'Build an e-commerce platform with product catalog, shopping cart, and checkout';
		const begun = beginPrd({ goal, constraints: '', today: '2026-11-21' });
		const first = assess(begun, readPrd(begun.value));
		expect(first).toMatchObject({ level: 'high', kind: 'open-ended' });
		expect(first.known).toEqual(['product catalog', 'shopping cart', 'checkout']);
		expect(first.factors.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 10);
		const document = documentOf(shopPrd);
		const later = assess(document, readPrd(document.value));
		expect(later.kind).toBe('well defined');
		expect(later.factors.find(({ name }) => name === 'risk')?.value).toBe(0);
		const small = documentOf('interview: {goal: Rename a button}');
		expect(assess(small, readPrd(small.value)).level).not.toBe('high');
	});

	it('is written so that no answer can change the structure of the document', () => {
		const document = documentOf(
			shopPrd.replace('name: Shop', 'name: "# Evil\\n\\n## Heading <b>x</b> [a](b)"'),
		);
		const prd = readPrd(document.value);
		const input = { prd, assessment: assess(document, prd), tasks: tasksOf(prd) };
		const text = assessmentDocument(input) + requirementsDocument(input);
		expect(text.match(/^# .*$/gm)).toHaveLength(2);
		expect(text).not.toContain('<b>');
		expect(text).toContain('Tasks: `TASK-002` Database schema,');
	});

	it('tells what nobody knows yet from what somebody said there is none of, and asks for nothing twice', () => {
		const documents = (text: string) => {
			const document = documentOf(text);
			const prd = readPrd(document.value);
			const input = { prd, assessment: assess(document, prd), tasks: [] };
			return assessmentDocument(input) + discoveryDocument(input) + requirementsDocument(input);
		};
		const begun = documents('interview: {goal: A shop}\ntechnology: {frontend: {framework: none}}');
		expect(begun).toContain('- Backend: not known yet\n- Frontend: none\n- Database: not known yet\n');
		expect(begun).toContain('## Must have\n\nNothing is known yet.\n');
		expect(begun).toContain('| 2 parts are not known yet |');
		expect(begun.match(/^- What else must it be able to do\? – needed$/gm)).toHaveLength(1);
		const others = shopPrd.trimEnd().replace(/^assumptions:.*\n/m, '');
		const settled = documents(`${others}\nassumptions: []\n`);
		expect(settled).toContain('## Assumptions\n\nNone.\n');
	});

	it('can be told from one that a hand changed', () => {
		const document = documentOf(shopPrd);
		const prd = readPrd(document.value);
		const text = assessmentDocument({ prd, assessment: assess(document, prd), tasks: [] });
		expect(isGenerated(text)).toBe(true);
		expect(isGenerated(text.replaceAll('\n', '\r\n'))).toBe(true);
		expect(isGenerated(`${text}mine\n`)).toBe(false);
		expect(isGenerated('# Mine\n')).toBe(false);
	});
});
