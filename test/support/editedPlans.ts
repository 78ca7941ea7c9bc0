import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';

/** One task in one of the ways in which people write them. */
export const taskLines: fc.Arbitrary<string[]> = fc
	.record({
		id: fc.integer({ min: 1, max: 9 }),
		needs: fc.array(fc.integer({ min: 1, max: 10 }), { maxLength: 3 }),
		hours: fc.integer({ min: 1, max: 30 }),
		shape: fc.integer({ min: 0, max: 12 }),
	})
	.map(({ id, needs, hours, shape }) => {
		const list = needs.map((need) => `T${need}`).join(', ');
		switch (shape) {
			case 0:
				return [`- {id: T${id}, run: [npm, test], dependencies: [${list}]}`];
			case 1:
				return [
					`- id: T${id}`,
					`  dependencies: [${list}]`,
					'  description: |',
					'    Many',
					'',
					'    lines: x',
					'  run: [x]',
				];
			case 2:
				return [
					`- id: "T${id}"`,
					'  name: "over',
					'    two lines"',
					`  estimated_hours: ${hours}`,
					'  agent: claude',
				];
			case 3:
				return [
					`- id: T${id} # remark`,
					'',
					'  # about it',
					'  dependencies:',
					...needs.map((need) => `    - T${need}`),
					'  run: x y',
				];
			case 4:
				return [
					'-',
					`  id: T${id}`,
					'  verify:',
					'  - run: [npm, test]',
					'  touches: [src/**]',
					'  agent: shell',
				];
			case 5:
				return [
					`- name: 'it''s'`,
					`  id: T${id}`,
					'  acceptance_criteria:',
					'    - one: two',
					'    - "three"',
					`  duration: ${hours}h`,
				];
			case 6:
				return [
					`- id: T${id}`,
					'  env: {A: b, "C": [',
					'    d]}',
					'  prompt: >-',
					'    folded',
					'   # no comment',
					'  touches: src/a.ts',
				];
			case 7:
				return [`- id: T${id}`, `  dependencies: T${id}`, '  agnt: x', '  run: [a, b]', '# at the left'];
			case 8:
				return [
					`- id: T${id}`,
					`  dependencies: [${list}]`,
					'  type: backend',
					'  persona: test-writter',
					'  prompt: {file: prompts/one.md}',
					'  tier: T2',
				];
			case 9:
				return [
					`- id: T${id}`,
					'  steps:',
					'    - {persona: api-designer, tier: T2, prompt: Draw it.}',
					'    - persona: test-writer',
					'      prompt:',
					'        file: prompts/gone.txt',
					'      verify: [{run: [npm, test], expect_exit: 0}]',
					'    - agent: a',
				];
			case 10:
				return [
					`- id: T${id}`,
					'  run: [x]',
					'  verify:',
					'    tests: {run: [npm, test]}',
					'    lint:',
					'      run: npm run lint',
					'      shell: true',
					`  locks: [db, "port ${hours}"]`,
					'  produces: [dist/a.js]',
					'  approval: before',
					'  retries: 2',
				];
			case 11:
				return [
					`- id: T${id}`,
					'  agent: a',
					'  prompt: |',
					'    # Not a remark',
					'    - id: T1',
					'  timeout_minutes: soon',
					'  touches: [src/**, "!src/a.ts"]',
				];
			default:
				return [
					`- id: T${id}`,
					'  name: plain',
					'    text',
					'  locks:',
					'  - db',
					'  touches: [src/a.ts]',
					'  run: [x]',
				];
		}
	});

export const sprintLines: fc.Arbitrary<string[]> = fc
	.record({
		id: fc.integer({ min: 1, max: 3 }),
		tasks: fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 4 }),
		track: fc.integer({ min: 1, max: 2 }),
		more: fc.constantFrom<readonly string[]>(
			...[[], [], ['  batches: [[T1, T2], T3]'], ['  after:', '  - {name: deploy, run: [x]}']],
			...[['  quality_gates:', '    - tests pass', '  max_fix_cycles: 1'], ['  dependencies: [S1, none]']],
		),
	})
	.map(({ id, tasks, track, more }) => [
		`- id: S${id}`,
		`  track: ${track}`,
		`  sprint_number: ${id}`,
		`  tasks: [${tasks.map((task) => `T${task}`).join(', ')}]`,
		`  estimated_hours: ${id * 8}`,
		...more,
	]);

export const heads = [
	'plan: {name: x}\n',
	'---\nplan:\n  name: x\n  defaults: {agent: shell}\nagents:\n  a: {run: [a]}\n\n# The work.\n',
	'plan: &p {name: x, strategy: tracks}\ntracks: {1: {name: one, estimated_hours: 8}, 2: two}\n',
	`plan: {name: x, gate_level: strict, defaults: {agent: a, verify: [{run: [x]}]}}
agents: {a: {run: [a]}, b: {extends: a, model: m}}
gates:
  - {name: security, at: layer, only: [1, 9], checks: [{run: [npm, audit]}]}
  - set: orca
    at: sprint
    only: S2
tiers: {T1: {agent: a}, T2: {agent: b}}
workflows:
  backend: [{persona: api-designer, tier: T2}, {persona: test-writer}]
`,
	'# nothing\n',
	'',
	'plan:\n- x\n',
];

/** Plans as people get them, who start with a sample. */
const samples = ['node-service/service.plan.yaml', 'shop/docs/planning/tasks/TASK-001.yaml'].map((path) =>
	readFileSync(resolve('samples', path), 'utf8'),
);

/** Small plans in one file, with most of what the format allows, in many layouts. */
const composedPlans: fc.Arbitrary<string> = fc
	.record({
		head: fc.constantFrom(...heads),
		tasks: fc.array(taskLines, { maxLength: 7 }),
		sprints: fc.array(sprintLines, { maxLength: 3 }),
		indent: fc.constantFrom(0, 2, 2, 4),
		sprintsFirst: fc.boolean(),
		between: fc.constantFrom('', '', '\n', '# remark\n', 'notes: |\n  one\n  two\n'),
		tail: fc.constantFrom('', '', 'notes: the end\n', '\n\n', '# the end', 'version: "1'),
		end: fc.constantFrom('\n', '\n', '\r\n'),
		mark: fc.constantFrom('', '', '', '\uFEFF'),
	})
	.map(({ head, tasks, sprints, indent, sprintsFirst, between, tail, end, mark }) => {
		const listOf = (name: string, items: readonly string[][]) =>
			items.length === 0
				? ''
				: `${name}:\n${items
						.flat()
						.map((line) => (line === '' ? '\n' : `${' '.repeat(indent)}${line}\n`))
						.join('')}`;
		const [one, two] = [listOf('tasks', tasks), listOf('sprints', sprints)];
		const body = sprintsFirst ? `${two}${between}${one}` : `${one}${between}${two}`;
		return mark + `${head}${body}${tail}`.replaceAll('\n', end);
	});

/** Plans in one file: composed ones for the most part, and samples. */
export const plans: fc.Arbitrary<string> = fc.oneof(
	{ weight: 19, arbitrary: composedPlans },
	{ weight: 1, arbitrary: fc.constantFrom(...samples) },
);
