import { expect, test } from 'vitest';
import { nodeAt } from '../../../../src/core/plan/cursor/nodeAt.ts';
import { splitLines } from '../../../../src/core/plan/cursor/textLines.ts';

/** The node at the `‸` of a text, in one line: role, path, what is written there, the fields beside it. */
function look(marked: string): string {
	const offset = marked.indexOf('‸');
	const text = marked.replace('‸', '');
	const before = text.slice(0, offset).split(/\r\n|\n|\r/);
	const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
	const node = nodeAt(splitLines(text), position);
	if (node === null) {
		return 'comment';
	}
	const line = splitLines(text).line(position.line);
	const fields = [...node.fields.keys()].sort().join(' ');
	const more = [fields, node.items.join(' ')].filter((part) => part !== '').join(' / ');
	return `${node.role} ${node.path.join('.')} "${line.slice(node.start, node.end)}" ${more}`.trimEnd();
}

test.each([
	['an empty file', '‸', 'open  ""'],
	['a first word', 'na‸', 'open  "na"'],
	['a field name', 'id: A\nna‸me: B\n', 'key  "name" id name'],
	['a field that is begun', 'id: A\nna‸\ntype: x\n', 'key  "na" id type'],
	['a blank line among fields', 'id: A\n‸\ntype: x\n', 'key  "" id type'],
	['a value', 'id: A\ntype: ba‸ck\n', 'value type "back" id type'],
	['an empty value', 'id: A\ntype: ‸\n', 'value type "" id type'],
	['a field of an item', 'tasks:\n  - id: A\n    na‸\n  - id: B\n', 'key tasks.[] "na" id'],
	['a first field of an item', 'tasks:\n  - i‸d: A\n    name: x\n', 'key tasks.[] "id" id name'],
	['a new item', 'tasks:\n  - id: A\n  - ‸\n', 'open tasks.[] ""'],
	['a compact list', 'tasks:\n- id: A\n  na‸\n', 'key tasks.[] "na" id'],
	['an item of a list', 'id: A\ndependencies:\n  - B\n  - ‸\n  - C\n', 'open dependencies.[] "" B C'],
	['an item of a compact list', 'id: A\ndependencies:\n- B\n- T‸\nname: x\n', 'open dependencies.[] "T" B'],
	['a list in brackets', 'id: A\ndependencies: [B, C‸]\n', 'open dependencies.[] "C" B C'],
	['an empty list', 'dependencies: [‸]', 'open dependencies.[] ""'],
	[
		'a list that is never closed',
		'tasks:\n  - id: A\n    dependencies: [B, ‸\n',
		'open tasks.[].dependencies.[] "" B',
	],
	['a flow mapping', 'tasks:\n  - {id: A, na‸}\n  - {id: B}', 'key tasks.[] "na" id'],
	['a flow value', 'tasks:\n  - {id: A, agent: cl‸, name: x}', 'value tasks.[].agent "cl" agent id name'],
	['an empty flow value', 'tasks:\n  - {id: A, agent: ‸}', 'value tasks.[].agent "" agent id'],
	['a flow list within', 'tasks: [{id: A, dependencies: [B‸', 'open tasks.[].dependencies.[] "B"'],
	['flow over lines', 'tasks: [\n  {id: A,\n   name: Two words,\n   ‸}\n]', 'key tasks.[] "" id name'],
	['flow in the column of its field', 'tasks: [\n‸\n', 'open tasks.[] ""'],
	['JSON', '{\n  "id": "A",\n  "depen‸": []\n}', 'key  ""depen"" depen id'],
	['JSON lists', '{"tasks":[{"id":"A","dependencies":["‸"]}]}', 'open tasks.[].dependencies.[] """"'],
	['a check', 'verify:\n  - run: [npm, test]\n    tim‸\n', 'key verify.[] "tim" run'],
	['a block scalar', 'description: |\n  one\n  name: ‸\nid: A\n', 'text description ""'],
	['a folded line', 'description: one\n  two ‸\n', 'text description ""'],
	['a comment', 'id: A # see ‸\n', 'comment'],
	['a hash in quotes', 'id: "A # ‸"\n', 'value id ""A # "" id'],
	['an anchor before braces', 'tasks:\n  - &a {id: A, ‸}', 'key tasks.[] "" id'],
	['an anchored mapping', 'tasks:\n  - &a\n    id: A\n    ‸', 'key tasks.[] "" id'],
	[
		'CR LF',
		'tasks:\r\n  - id: A\r\n    agent: ‸\r\n    name: x\r\n',
		'value tasks.[].agent "" agent id name',
	],
	['names with blanks', 'quality gates: ‸', 'value quality gates "" quality gates'],
	['after closed brackets', 'a: [1]\nb‸: 2', 'key  "b" a b'],
	['before a bracket', 'a: ‸[1]', 'value a "[1]" a'],
])('%s', (_, marked, expected) => {
	expect(look(marked)).toBe(expected);
});

test('any prefix of any text has a place', () => {
	const text =
		'plan: {name: "x", a: [1, {b: \'c\'}]}\ntasks:\n- id: A # c\n  verify:\n    - run: [x]\n  d: |\n    e\n\n';
	for (let end = 0; end <= text.length; end++) {
		expect(() => look(`${text.slice(0, end)}‸`)).not.toThrow();
		expect(() => look(`${text.slice(0, end)}‸${text.slice(end)}`)).not.toThrow();
	}
});
