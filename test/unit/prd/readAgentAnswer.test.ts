import { describe, expect, it } from 'vitest';
import { planPrompt } from '../../../src/core/prd/agentPrompt.ts';
import { checkNewFiles, taskFiles } from '../../../src/core/prd/newPlanFiles.ts';
import { readPrd } from '../../../src/core/prd/prd.ts';
import { readAgentAnswer } from '../../../src/core/prd/readAgentAnswer.ts';
import { documentOf, shopPrd } from './samplePrd.ts';

const prd = readPrd(documentOf(shopPrd).value);

/** A task that nothing is wrong with, but for what is replaced. */
const task = (id: string, more = '') =>
	`  - {id: ${id}, name: N, type: backend, estimated_hours: 4, acceptance_criteria: [a], requirements: [REQ-001, REQ-002, REQ-003]${more}}\n`;
const good = `tasks:\n${task('TASK-001')}${task('TASK-002', ', dependencies: [TASK-001]')}`;

function read(text: string) {
	return readAgentAnswer(text, { prd, prefix: 'TASK', agents: ['coder'] });
}

describe('an answer of an agent', () => {
	it('is found in whatever stands around it', () => {
		const check = (text: string) => {
			const { tasks, problems } = read(text);
			expect([tasks.map(({ id }) => id), problems]).toEqual([['TASK-001', 'TASK-002'], []]);
		};
		check(good);
		check(`Here is the plan:\n\n\`\`\`yaml\n${good}\`\`\`\nGood luck!\n`);
		check(`\`\`\`sh\nls\n\`\`\`\n~~~~\n${good}~~~~\n`);
		check(`First try:\n\`\`\`yaml\ntasks: []\n\`\`\`\nBetter:\n\`\`\`yaml\n${good}\`\`\`\n`);
		check(`\u001b[1mPlan\u001b[0m\r\n\`\`\`yaml\r\n${good.replaceAll('\n', '\r\n')}\`\`\`\r\n`);
		check(`\`\`\`yaml\n${good}`);
		check(`Thinking...\n${good}`);
	});

	it('is refused with every reason, in lines of the answer', () => {
		const check = (text: string, ...expected: RegExp[]) => {
			const { tasks, problems } = read(text);
			expect(tasks).toEqual([]);
			expect(problems).toEqual(expected.map((message) => expect.stringMatching(message)));
		};
		check('I cannot do that.', /no YAML document/);
		check('tasks: {a: 1}', /SY202|SY214|list/, /`tasks` is a list/);
		check('tasks: []\n', /There are no tasks/);
		check(`${good}agents: {x: {run: [rm]}}\n`, /Only `tasks` is taken\. Leave out: agents/);
		check(good.replace('[TASK-001]', '[TASK-009]'), /^Line 3: SY302 .*TASK-009/);
		check(good.replace('TASK-001,', 'TASK-002,'), /^Line 2: SY300/, /^Line 3: SY300/);
		check(`tasks:\n${task('TASK-001', ', agent: codr')}`, /SY314 .*Did you mean `coder`/);
		check(`tasks:\n${task('first')}`, /^Line 2: `first` is no id such as TASK-001/);
		check(`tasks:\n${task('TASK-001').replace('hours: 4', 'hours: 40')}`, /at most 16/);
		check(
			`tasks:\n${task('TASK-001').replace('type: backend, ', '').replace('[a]', '[]')}`,
			/no `type`/,
			/no `acceptance/,
		);
		check(
			`tasks:\n${task('TASK-001').replace(', REQ-003', '')}`,
			/No task names the requirement REQ-003 \(The checkout/,
		);
		check('tasks:\n  - {id: "x\n', /^Line 2: SY100/, /^Line 2: SY100/);
	});

	it('never brings down who reads it, and never takes long', () => {
		for (const text of [
			'',
			'\0',
			'```',
			'```\n'.repeat(50_000),
			`tasks:\n${'['.repeat(5_000)}`,
			'tasks: *x',
		]) {
			expect(read(text).tasks).toEqual([]);
		}
		const many = `tasks:\n${Array.from({ length: 60 }, (_, index) => task(`bad${index}`)).join('')}`;
		expect(read(many).problems).toHaveLength(41);
		expect(read(many).problems.at(-1)).toBe('And 20 more.');
	});

	it('becomes task files without an error, with the fields that it has', () => {
		const { tasks } = read(`tasks:\n${task('TASK-001', ', priority: high, touches: ["src/**"]')}`);
		const files = taskFiles('docs/planning/tasks', { answered: tasks });
		expect(files.map(({ path }) => path)).toEqual(['docs/planning/tasks/TASK-001.yaml']);
		expect(files[0]?.text).toContain('priority: high\ntouches:\n  - src/**\n');
		expect(checkNewFiles(files, [])).toEqual([]);
	});
});

describe('the prompt', () => {
	it('holds the PRD in a fence that nothing in it can close, and the problems of the answer before', () => {
		const text = planPrompt({
			prd: 'a: |\n  ````\n  # not a heading',
			prefix: 'FEATURE-cart',
			before: { answer: 'tasks: 3', problems: ['Line 1: it is wrong.'] },
		});
		expect(text).toContain('`````yaml\na: |');
		expect(text).toContain('id: FEATURE-cart-001');
		expect(text).toContain('- Line 1: it is wrong.');
		expect(text).toContain('tasks: 3');
		expect(planPrompt({ prd: '', prefix: 'TASK', before: null })).not.toContain('last answer');
	});
});
