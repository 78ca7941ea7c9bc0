import { expect, test, vi } from 'vitest';
import { readPlan } from '../../../src/core/plan/readPlan.ts';
import { checkPlan, readFiles } from '../../support/checkPlan.ts';

// Only a reader that never ends reaches it.
vi.setConfig({ testTimeout: 60_000 });

const codesOf = (text: string) => readFiles({ 'x.plan.yaml': text }).problems.map(({ code }) => code);

test('half a file keeps the tasks that could be read', () => {
	const { plan } = checkPlan(
		`
		tasks:
		  - id: A
		    name: one
		  - id: B
		    name: "two
		             ^ SY100 Check for a missing quote
	`.replace(/\n\t+$/, ''),
		{ ignore: ['SY315'] },
	);
	expect(plan.tasks.map(({ id }) => id)).toEqual(['A', 'B']);
});

test('tabs are refused as indentation, with what to do', () => {
	const { problems } = readFiles({ 'x.plan.yaml': 'tasks:\n\t- id: A\n' });
	expect(problems[0]).toMatchObject({ code: 'SY100', range: { start: { line: 1 } } });
	expect(problems[0]?.message).toContain('Indent with spaces.');
});

test('JSON may be indented with tabs', () => {
	const { plan, problems } = readFiles({
		'docs/planning/tasks/A.json': '{\n\t"id": "A",\n\t"run": [\n\t\t"true"\n\t]\n}\n',
	});
	expect(problems).toEqual([]);
	expect(plan.tasks[0]?.run).toEqual({ kind: 'argv', argv: ['true'] });
});

test('CRLF and a byte order mark change no column', () => {
	const text = 'tasks:\n  - id: A\n    dependencies: [B]\n';
	const plain = readFiles({ 'x.plan.yaml': text });
	expect(readFiles({ 'x.plan.yaml': text.replaceAll('\n', '\r\n') })).toEqual(plain);
	expect(readFiles({ 'x.plan.yaml': `\uFEFF${text}` })).toEqual(plain);
});

test('a key that is given twice is an error with both places, and the file is read', () => {
	const { problems, plan } = checkPlan(`
		tasks:
		  - id: A
		    name: one
		    name: two
		    ^^^^ SY101 Keep one of the two
	`);
	expect(problems[0]?.related?.[0]?.range.start).toEqual({ line: 2, character: 4 });
	expect(plan.tasks[0]?.name).toBe('two');
});

test('anchors and merge keys are read', () => {
	const { plan } = checkPlan(`
		tasks:
		  - &base {id: A, type: backend, run: [npm, test], verify: &checks [{run: [npm, run, lint]}]}
		  - {<<: *base, id: B, type: frontend}
		  - {id: C, run: ['true'], verify: *checks}
	`);
	expect(plan.tasks.map(({ id, type }) => [id, type])).toEqual([
		['A', 'backend'],
		['B', 'frontend'],
		['C', undefined],
	]);
	expect(plan.tasks[2]?.verify[0]).toMatchObject({
		command: { kind: 'argv', argv: ['npm', 'run', 'lint'] },
	});
});

test('an alias bomb is reported and never expanded', () => {
	const levels = Array.from({ length: 30 }, (_, i) => {
		const source = i === 0 ? 'x' : `*a${i - 1}`;
		return `a${i}: &a${i} [${Array(10).fill(source).join(', ')}]`;
	});
	const codes = codesOf(`${levels.join('\n')}\ntasks:\n  - {id: A, acceptance_criteria: *a29}\n`);
	expect(codes).toContain('SY102');
});

test('an alias without an anchor, and one inside its own', () => {
	checkPlan(`
		tasks:
		  - {id: A, dependencies: *none}
		                          ^^^^^ SY112 No anchor
		  - &self {id: B, notes: *self}
		                         ^^^^^ SY112 inside its own anchor
	`);
});

test.each([
	['flow lists', '['.repeat(50_000)],
	['flow maps', '{a: '.repeat(20_000)],
	['block lists', '- '.repeat(20_000)],
	['block maps', Array.from({ length: 2_000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
	['keys', '? '.repeat(20_000)],
])('nesting without end in %s is refused, not followed', (_name, text) => {
	expect(codesOf(text)).toEqual(['SY104']);
});

test('only the first document of a file is read, and that is said', () => {
	checkPlan(`
		tasks: [{id: A}]
		---
		^^^ SY105
		tasks: [{id: B}]
	`);
});

test.each([
	['', 'SY106'],
	['# only a comment\n', 'SY106'],
	['---\n', 'SY106'],
	['just words\n', 'SY107'],
	['- a\n- b\n', 'SY107'],
	['42\n', 'SY107'],
	['tasks:\0\n', 'SY111'],
	['tasks: []\n# bell \u0007\n', 'SY111'],
	['plan: {name: Caf\uFFFD}\n', 'SY111'],
	['tasks: !custom []\n', 'SY113'],
	['a: b: c\n', 'SY100'],
	['plan: @name\n', 'SY100'],
])('%j is reported as %s', (text, code) => {
	expect(codesOf(text)).toContain(code);
});

test('a large file is read with a warning, one beyond the limit is not', () => {
	const notes = 'x'.repeat(1024 * 1024);
	const tasks = ['A', 'B', 'C', 'D', 'E', 'F'].map((id) => `  - {id: ${id}, run: [x], notes: ${notes}}\n`);
	const large = readFiles({ 'x.plan.yaml': `tasks:\n${tasks.join('')}` });
	expect(large.problems.map(({ code }) => code)).toEqual(['SY110']);
	expect(large.plan.tasks.length).toBe(6);
	expect(codesOf(' '.repeat(33 * 1024 * 1024))).toEqual(['SY103']);
});

test('hundreds of faults in one file end in a count', () => {
	const { problems } = readFiles({ 'x.plan.yaml': `tasks:\n${'  - {name: no id}\n'.repeat(1_000)}` });
	expect(problems.length).toBe(201);
	expect(problems.map(({ message }) => message).join()).toContain('800 more problems');
});

test('a broken file does not make references to what it holds dangling', () => {
	checkPlan(`
		=== docs/planning/tasks/TASK-001.yaml
		id: TASK-001
		name: "unclosed
		              ^ SY100
		=== docs/planning/tasks/TASK-002.yaml
		id: TASK-002
		dependencies: [TASK-001]
		=== docs/planning/tasks/TASK-003.yaml
		id: TASK-003
		dependencies: [elsewhere]
		               ^^^^^^^^^ SY309 could not be read completely
	`);
});

test('a file that cannot be read is one problem, and the rest of the plan goes on', () => {
	const fault = { code: 'SY108' as const, message: 'This file cannot be read (no permission).' };
	const uri = (name: string) => `file:///w/docs/planning/tasks/${name}.yaml`;
	const reading = readPlan({ rootUri: 'file:///w', key: 'planning' }, [
		{ uri: uri('A'), text: '', fault },
		{ uri: uri('B'), text: 'id: B\nrun: ["true"]\ndependencies: [A]\n' },
	]);
	expect(reading.problems.map(({ code, range }) => [code, range.uri])).toEqual([['SY108', uri('A')]]);
	expect(reading.plan.tasks.map(({ id }) => id)).toEqual(['B']);
});
