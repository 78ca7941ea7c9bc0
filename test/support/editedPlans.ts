import fc from 'fast-check';

/** One task in one of the ways in which people write them. */
const taskLines: fc.Arbitrary<string[]> = fc
	.record({
		id: fc.integer({ min: 1, max: 9 }),
		needs: fc.array(fc.integer({ min: 1, max: 10 }), { maxLength: 3 }),
		hours: fc.integer({ min: 1, max: 30 }),
		shape: fc.integer({ min: 0, max: 8 }),
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

const sprintLines: fc.Arbitrary<string[]> = fc
	.record({
		id: fc.integer({ min: 1, max: 3 }),
		tasks: fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 4 }),
		track: fc.integer({ min: 1, max: 2 }),
	})
	.map(({ id, tasks, track }) => [
		`- id: S${id}`,
		`  track: ${track}`,
		`  sprint_number: ${id}`,
		`  tasks: [${tasks.map((task) => `T${task}`).join(', ')}]`,
		`  estimated_hours: ${id * 8}`,
	]);

const heads = [
	'plan: {name: x}\n',
	'---\nplan:\n  name: x\n  defaults: {agent: shell}\nagents:\n  a: {run: [a]}\n\n# The work.\n',
	'plan: &p {name: x, strategy: tracks}\ntracks: {1: {name: one, estimated_hours: 8}, 2: two}\n',
	'# nothing\n',
	'',
	'plan:\n- x\n',
];

/** Plans in one file, small, with most of what the format allows, in many layouts. */
export const plans: fc.Arbitrary<string> = fc
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
