import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { readFiles } from '../../../support/checkPlan.ts';
import type { MarkedWindow } from '../../../support/markedFiles.ts';
import { openMarked, root } from '../../../support/markedFiles.ts';

const windows: MarkedWindow[] = [];
afterEach(() => {
	for (const { client } of windows.splice(0)) {
		client.dispose();
	}
});

const tasks = 'docs/planning/tasks';
const ab = '  - {id: A, run: [x]}\n  - {id: B, run: [x]}\n';
const gates = '  - {name: sec, at: layer, checks: [{run: [x]}]}\n';

/** Texts in which a code is found, in the file that is open; most are the one file of a plan. */
const examples: Readonly<Record<string, readonly (string | Readonly<Record<string, string>>)[]>> = {
	SY101: [
		'tasks:\n  - id: A\n    run: [x]\n    run: [y] # again\n',
		'tasks: [{id: A, run: [x], name: a, name: b}]\n',
		'tasks:\n  - name: a\n    id: A\n    name: b\n    run: [x]\n',
	],
	SY200: [
		'tasks:\n  - id: A\n    colour:\n      red: 1\n      # why\n      blue: [2]\n    run: [x]\n',
		'tasks:\n  - colour: red\n    id: A\n    run: [x]\n',
		'tasks: [{colour: red, id: A, run: [x]}]\n',
		'tasks: [{id: A, run: [x], colour: {red: 1}}]\n',
		'tasks:\r\n  - id: A\r\n    run: [x]\r\n    colour: red',
		{ [`${tasks}/A.json`]: '{"id": "A", "colour": "red", "run": ["x"]}' },
	],
	SY201: ['tasks: [{id: A, dependancies: [], run: [x]}]\n'],
	SY203: [
		'tasks:\n  - name: a\n    run: [x]\n',
		'tasks: [{name: a, run: [x]}]\n',
		'tasks:\n  - id:\n    run: [x]\n',
		'sprints:\n  - goal: a\ntasks: []\n',
		{ [`${tasks}/T-7.yaml`]: 'name: a\nrun: [x]\n' },
		{ [`${tasks}/T-8.json`]: '{"name": "a", "run": ["x"]}' },
	],
	SY204: ['tasks: [{id: 007, run: [x]}]\n'],
	SY206: ['tasks: [{id: A, run: npm test}]\n'],
	SY208: ['plan: {strategy: hybrit}\ntasks: [{id: A, run: [x]}]\n'],
	SY211: ['tasks:\n  - id: A\n    name: a\n    title: b\n    run: [x]\n'],
	SY300: ['tasks:\n  - {id: A, run: [x]}\n  - {id: A, run: [y]}\n'],
	SY301: [`sprints: [{id: S, tasks: [A]}, {id: S, tasks: [B]}]\ntasks:\n${ab}`],
	SY302: [`tasks:\n${ab}  - {id: C1, dependencies: [A, gone], run: [x]}\n`],
	SY303: ['tasks: [{id: A, dependencies: [A], run: [x]}]\n'],
	SY304: ['tasks:\n  - {id: A, dependencies: [B], run: [x]}\n  - {id: B, dependencies: [A], run: [x]}\n'],
	SY305: [`tasks:\n${ab}  - {id: C, dependencies: [A, A], run: [x]}\n`],
	SY306: [`sprints: [{id: S, tasks: [A, B, gone]}]\ntasks:\n${ab}`],
	SY307: [`sprints: [{id: S, tasks: [A, B]}, {id: S2, tasks: [A]}]\ntasks:\n${ab}`],
	SY308: [`sprints: [{id: S, tasks: [A]}]\ntasks:\n${ab}`],
	SY309: [
		{
			[`${tasks}/A.yaml`]: 'id: A\nrun: [x]\ndependencies: [B]\n',
			[`${tasks}/C.yaml`]: 'id: B: [\n',
		},
	],
	SY310: [`sprints: [{id: S, tasks: [A, B], dependencies: [gone]}]\ntasks:\n${ab}`],
	SY311: [`sprints: [{id: S, tasks: [A, B], dependencies: [S]}]\ntasks:\n${ab}`],
	SY312: [
		`sprints: [{id: S, tasks: [A], dependencies: [R]}, {id: R, tasks: [B], dependencies: [S]}]\ntasks:\n${ab}`,
	],
	SY313: [
		`sprints:\n  - {id: S, track: 1, sprint_number: 1, tasks: [C]}\n  - {id: R, track: 1, sprint_number: 2, tasks: [A, B]}\ntasks:\n${ab}  - {id: C, dependencies: [A], run: [x]}\n`,
	],
	SY314: ['tasks: [{id: A, agent: claud}]\n'],
	SY318: [
		'tasks:\n  - id: A\n    agent: claude\n    run: [x]\n',
		'tasks: [{agent: claude, id: A, run: [x]}]\n',
	],
	SY319: [
		'sprints: [{id: S, tasks: [A], duration_hours: 9}]\ntasks: [{id: A, estimated_hours: 4, run: [x]}]\n',
	],
	SY321: [
		`sprints:\n  - {id: S, track: 1, sprint_number: 1, tasks: [C]}\n  - {id: R, track: 2, sprint_number: 1, tasks: [B]}\n  - {id: Q, track: 2, sprint_number: 2, tasks: [A]}\ntasks:\n${ab}  - {id: C, dependencies: [A], run: [x]}\n`,
	],
	SY322: [
		`sprints:\n  - {id: S, track: 1, sprint_number: 1, tasks: [A]}\n  - {id: R, track: 1, sprint_number: 1, tasks: [B]}\ntasks:\n${ab}`,
	],
	SY323: ['tasks:\n  - {id: A, run: [x], touches: [a.ts]}\n  - {id: B, run: [x], touches: [a.ts]}\n'],
	SY324: ['tasks: [{id: A, agent: claude, prompt: {file: p.md}}]\n'],
	SY326: ['tasks: [{id: A, agent: claude, persona: test-writter}]\n'],
	SY327: [
		{
			[`${tasks}/A.yaml`]: 'id: A\nrun: [x]\nestimated_hours: 4.5\n',
			'docs/planning/TASK_SUMMARY.md': '# All\n\n- Total estimated hours: 12\n‸',
		},
		{
			[`${tasks}/A.yaml`]: 'id: A\nrun: [x]\nestimated_hours: 4\n',
			'docs/sprints/SPRINT_OVERVIEW.md': '# All\n\nTime saved: 90 % (80 h → 40 h)\n‸',
		},
	],
	SY331: [
		`plan: {name: x, strategy: aggressive}\ngates:\n${gates}tasks:\n${ab}`,
		`plan:\n  name: x\ngates:\n${gates}tasks:\n${ab}`,
	],
	SY332: [
		`gates: [{name: s, at: task, only: [TASK-01], checks: [{run: [x]}]}]\ntasks: [{id: TASK-1, run: [x]}]\n`,
	],
};

/** What the documentation says of each code. */
const document = readFileSync('docs/problems.md', 'utf8');
const sections = document.split(/^(?=#{2,3} )/m).filter((section) => section.startsWith('### SY'));
const said = sections.map((section) => ({
	code: section.slice(4, 9),
	words: /\n\n((?:No quick|Quick) fix): \S/.exec(section)?.[1],
}));

test('the documentation says of each code how it is repaired, or why not, and each repair has an example here', () => {
	expect(said.filter(({ words }) => words === undefined)).toEqual([]);
	const repaired = said.filter(({ words }) => words === 'Quick fix').map(({ code }) => code);
	expect(Object.keys(examples)).toEqual(repaired);
});

const cases = Object.entries(examples).flatMap(([code, list]) =>
	list.map((files) => [code, typeof files === 'string' ? { 'a.plan.yaml': `${files}‸` } : files] as const),
);

test.each(cases)('%s is repaired: %j', async (code, files) => {
	const isMarked = Object.values(files).some((text) => text.includes('‸'));
	const [[first, text] = ['', '']] = Object.entries(files);
	const window = await openMarked(isMarked ? files : { ...files, [first]: `${text}‸` });
	windows.push(window);
	await window.client.until(() => window.client.codes(window.uri).includes(code));
	const before = Object.fromEntries(
		[...window.texts].map(([uri, each]) => [uri.slice(root.length + 1), each]),
	);
	const countIn = (texts: Readonly<Record<string, string>>) =>
		readFiles(texts, { hasFile: (path) => path in texts }).problems.filter((each) => each.code === code)
			.length;
	const actions = await window.client.fixes(window.uri);
	const own = actions.filter(({ diagnostics }) => diagnostics?.some((each) => each.code === code));
	expect(own.map(({ title }) => title)).not.toEqual([]);
	for (const { title, edit, command } of own) {
		if (command === undefined) {
			const after = { ...before, ...window.after(edit ?? null) };
			expect([title, countIn(after) < countIn(before)], JSON.stringify(after)).toEqual([title, true]);
		}
	}
});
