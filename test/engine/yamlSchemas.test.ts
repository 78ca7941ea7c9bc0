import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { glob } from 'tinyglobby';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readFiles } from '../support/checkPlan.ts';
import type { LspProcess } from '../support/lspProcess.ts';
import { startYamlServer } from '../support/yamlServer.ts';

let server: LspProcess;
let count = 0;

beforeAll(async () => {
	server = await startYamlServer();
});
afterAll(() => server.stop());

/** Codes of ours that speak of a value's type, range, set of words or absence: what a schema can say. */
const schemaCodes = new Set([
	'SY202',
	'SY203',
	'SY204',
	'SY205',
	'SY206',
	'SY207',
	'SY208',
	'SY210',
	'SY214',
]);

/** The lines, from 1, in which both readers find faults. */
async function linesOf(path: string, text: string): Promise<{ theirs: number[]; ours: number[] }> {
	const theirs = await server.open(`file:///w/${++count}/${path}`, text);
	const { problems } = readFiles({ [path]: text });
	const ours = problems.filter(({ code }) => schemaCodes.has(code)).map(({ range }) => range.start.line + 1);
	const sorted = (lines: number[]) => [...new Set(lines)].sort((a, b) => a - b);
	return { theirs: sorted(theirs.map(({ range }) => range.start.line + 1)), ours: sorted(ours) };
}

test('the YAML language server finds nothing in the samples', async () => {
	const paths = await glob(['samples/**/docs/**/*.yaml', 'samples/**/*.plan.yaml'], {
		ignore: '**/*_PRD.yaml',
	});
	expect(paths.length).toBeGreaterThan(20);
	for (const path of paths) {
		const found = await server.open(`file:///${path}`, await readFile(join(path), 'utf8'));
		expect([path, found.map(({ message }) => message)]).toEqual([path, []]);
	}
});

const task = 'docs/planning/tasks/A.yaml';
const sprint = 'docs/sprints/S.yaml';
const plan = 'x.plan.yaml';

test.each([
	[task, 'id: A\nname: [a]\nrun: [x]\n', [2]],
	[task, 'name: no id\nrun: [x]\n', [1]],
	[task, 'id: 7\nrun: [x]\n', [1]],
	[task, 'id: a/b\nrun: [x]\n', [1]],
	[task, 'id: A\nrun: {a: b}\n', [2]],
	[task, 'id: A\nrun: []\n', [2]],
	[task, 'id: A\nrun: npm test\n', [2]],
	[task, 'id: A\nrun: [x]\ndependencies: {a: b}\n', [3]],
	[task, 'id: A\nrun: [x]\nretries: 1.5\n', [3]],
	[task, 'id: A\nrun: [x]\ntimeout_minutes: soon\n', [3]],
	[task, 'id: A\nrun: [x]\nestimated_hours: -2\n', [3]],
	[task, 'id: A\nrun: [x]\nduration: a while\n', [3]],
	[task, 'id: A\nrun: [x]\nidempotent: perhaps\n', [3]],
	[task, 'id: A\nrun: [x]\nenv: [A, B]\n', [3]],
	[task, 'id: A\nrun: [x]\nverify: [npm, test]\n', [3]],
	[task, 'id: A\nrun: [x]\nverify:\n  - run: [x]\n    expect: {exit: 300}\n', [5]],
	[task, 'id: A\nrun: [x]\nprompt: [a]\n', [3]],
	[sprint, 'id: S\ntrack: first\n', [2]],
	[sprint, 'id: S\nsprint_number: one\n', [2]],
	[sprint, 'name: no id\ntasks: []\n', [1]],
	[sprint, 'id: S\ntasks: {a: b}\n', [2]],
	[plan, 'plan: {strategy: quick}\ntasks: []\n', [1]],
	[plan, 'plan: {jobs: 0}\ntasks: []\n', [1]],
	[plan, 'plan: [a]\ntasks: []\n', [1]],
	[plan, 'agents: [a]\ntasks: []\n', [1]],
	[plan, 'agents: {a: {env: {}}}\ntasks: []\n', [1]],
	[plan, 'tracks: {one: Backend}\ntasks: []\n', [1]],
	[plan, 'tasks:\n  - id: A\n  - name: B\n', [3]],
	[plan, 'sprints: {a: b}\ntasks: []\n', [1]],
] as const)('%s: %j', async (path, text, lines) => {
	const files =
		path === sprint ? await linesOf('docs/planning/sprints/S.yaml', text) : await linesOf(path, text);
	expect(files).toEqual({ theirs: lines, ours: lines });
});

test.each([
	[task, 'id: A\nname: 7\nrun: [x, 1, true]\ndependencies: none\nestimated_hours: 1h 30m\npriority: High\n'],
	[task, 'id: A\nrun: npm test\nshell: true\nretries: "2"\nenv: {PORT: 80, EMPTY: }\nverify: {run: [x]}\n'],
	[
		task,
		'tasks:\n  - id: A\n    run: [x]\n    depends_on: [1, "5.2"]\n    acceptance_criteria: [{text: a}, b, 7]\n',
	],
	[task, 'id: A\nname:\nrun: [x]\ntouches:\ndependencies:\nestimatedHours: 3 days, 2 hours\ntags: {a: 1}\n'],
	[sprint, 'id: S\ntrack: track_1\nsprint_number: "2"\ndependencies: {sprints: [none]}\ntasks: A\n'],
	[
		plan,
		'plan: Checkout\ntracks: [{number: 1, name: a}]\nagents: {a: {argv: [x]}}\ntasks: []\nunknown: [1]\n',
	],
	[
		'docs/planning/switchyard.yaml',
		'plan: {defaults: {agent: shell, verify: [{run: [x]}]}}\ntracks: {Track 1: A}\n',
	],
] as const)('what is read without complaint passes: %s: %j', async (path, text) => {
	const files =
		path === sprint ? await linesOf('docs/planning/sprints/S.yaml', text) : await linesOf(path, text);
	expect(files).toEqual({ theirs: [], ours: [] });
});
