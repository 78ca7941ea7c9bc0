import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import type { PlanFile } from '../../../src/core/plan/plan.ts';
import { readPlan } from '../../../src/core/plan/readPlan.ts';

// Only the number of sequences decides how long this takes; the limit is for a reader that never ends.
vi.setConfig({ testTimeout: 600_000 });

const runs = process.env['SWITCHYARD_LONG'] === undefined ? 300 : 20_000;

const folderPlan: Readonly<Record<string, string>> = {
	'docs/planning/PROJECT_PRD.yaml': 'project: {name: Shop}\nrequirements:\n  must_have:\n    - id: REQ-1\n',
	'docs/planning/tasks/TASK-001.yaml':
		'id: TASK-001\nname: "One: \\u00e9"\ntype: backend\nestimated_hours: 8\nrun: [node, -e, "1"]\nverify:\n  - run: [npm, test]\n    expect: {exit: 0}\n',
	'docs/planning/tasks/TASK-002.yaml':
		'id: TASK-002\ndescription: |\n  Two\n  lines\ndependencies:\n  - TASK-001\nenv: &e {A: b}\nacceptance_criteria: [x, y]\n',
	'docs/planning/tasks/TASK-003.json': '{"id": "TASK-003", "dependencies": ["TASK-002"], "cwd": "a/b"}',
	'docs/sprints/SPRINT-001-01.yaml':
		'id: SPRINT-001-01\ntrack: 1\ntasks: [TASK-001, TASK-002]\ndependencies:\n  - none\n',
	'docs/planning/.project-state.yaml': 'parallel_tracks: {track_info: {1: {name: Backend}}}\ntasks: {}\n',
};

const oneFile: Readonly<Record<string, string>> = {
	'x.plan.yaml': [
		'plan: {name: X, strategy: hybrid, jobs: 3, defaults: {agent: shell, verify: [{run: [npm, test]}]}}',
		'agents: {reviewer: {run: [cat], env: {A: "1"}}}',
		'tracks: {1: {name: Backend}, 2: Frontend}',
		'sprints: [{id: S-1, track: 1, tasks: [A, B]}]',
		'tasks:',
		'  - &base {id: A, run: [npm, test], touches: ["src/**"]}',
		'  - {<<: *base, id: B, dependencies: [A]}',
		"  - id: C # comment\n    run: 'echo x'\n    shell: true\n    prompt: {file: docs/c.md}\n",
	].join('\n'),
};

/** What a half-finished edit, a wrong encoding or an attacker may leave in a file. */
const fragment = fc.oneof(
	fc.string({ maxLength: 6 }),
	fc.string({ unit: 'binary', maxLength: 3 }),
	fc.constantFrom(
		'\n',
		'\r',
		'\t',
		'  ',
		'\0',
		'\uFEFF',
		'\uD800',
		'- ',
		': ',
		' :',
		'{',
		'}',
		'[',
		']',
		'"',
		"'",
		'|\n',
		'>-\n',
		'&a ',
		'*a',
		'*base',
		'<<: ',
		'!!',
		'!x ',
		'? ',
		'---\n',
		'...\n',
		'%YAML 1.1\n',
		'#',
		'~',
		'id: ',
		'tasks:',
		'__proto__: ',
		'constructor: ',
		'!!binary ',
		'0x1F',
		'1e999',
		'.nan',
		'../',
		'dependencies: [A, B, C]',
	),
);

/** One edit: at a place (per mille of the text), so much goes and this comes. */
const edit = fc.record({
	at: fc.integer({ min: 0, max: 1_000 }),
	length: fc.integer({ min: 0, max: 12 }),
	text: fragment,
});

function mutate(text: string, edits: readonly { at: number; length: number; text: string }[]): string {
	let result = text;
	for (const { at, length, text: added } of edits) {
		const start = Math.round((at / 1_000) * result.length);
		result = result.slice(0, start) + added + result.slice(start + length);
	}
	return result;
}

/** Plain comparisons: thousands of matchers would take longer than the reading. */
function checkReading(key: string, files: readonly PlanFile[]): void {
	const { plan, problems } = readPlan({ rootUri: 'file:///w', key }, files);
	const lines = new Map(files.map(({ uri, text }) => [uri, text.split(/\r\n|\n|\r/)]));
	const faults: unknown[] = problems.filter(({ message }) => !/[.?`]$/.test(message));
	for (const { range, related = [] } of problems) {
		for (const place of [range, ...related.map((other) => other.range)]) {
			const text = lines.get(place.uri);
			const { start, end } = place;
			const isInside = [start, end].every(({ line, character }) => character <= (text?.[line]?.length ?? -1));
			if (
				!isInside ||
				end.line < start.line ||
				(end.line === start.line && end.character < start.character)
			) {
				faults.push(place);
			}
		}
	}
	expect(faults).toEqual([]);
	const ids = plan.tasks.map(({ id }) => id);
	expect(new Set(ids).size).toBe(ids.length);
}

test.each([
	['planning', folderPlan],
	['x', oneFile],
])('no edit of a valid plan (%s) makes reading throw, and every range lies in its file', (key, texts) => {
	const edits = fc.array(fc.tuple(fc.nat({ max: 5 }), edit), { minLength: 1, maxLength: 8 });
	fc.assert(
		fc.property(edits, (list) => {
			const files = Object.entries(texts).map(([path, text], index) => ({
				uri: `file:///w/${path}`,
				text: mutate(
					text,
					list.filter(([file]) => file % Object.keys(texts).length === index).map(([, each]) => each),
				),
			}));
			checkReading(key, files);
		}),
		{ numRuns: runs },
	);
});

test('no text whatever makes reading throw', () => {
	fc.assert(
		fc.property(fc.array(fragment, { maxLength: 40 }), (fragments) => {
			checkReading('x', [{ uri: 'file:///w/x.plan.yaml', text: fragments.join('') }]);
		}),
		{ numRuns: runs },
	);
});
