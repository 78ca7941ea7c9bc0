import { describe, expect, test } from 'vitest';
import { readPlan } from '../../../src/core/plan/readPlan.ts';
import type { RunGate } from '../../../src/core/run/runGate.ts';
import type { RunPlan } from '../../../src/core/run/runPlan.ts';
import { toRunPlan } from '../../../src/core/run/toRunPlan.ts';

function read(text: string): RunPlan {
	const id = { rootUri: 'file:///w', key: 'shop' };
	const { plan } = readPlan(id, [{ uri: 'file:///w/shop.plan.yaml', text }]);
	const { runPlan, faults } = toRunPlan(plan, { agents: [] });
	expect(faults).toEqual([]);
	return runPlan;
}

/** Ids of gates with the slots that judge, and what they hold. */
function outline(text: string): Record<string, string> {
	const words = ({ validators, integration, unconfigured, holds, after }: RunGate) =>
		[
			...(integration === null ? [] : ['integration']),
			...validators.map(({ slot, advisory }) => (advisory ? `${slot}?` : slot)),
			...unconfigured.map((slot) => `(${slot})`),
			...after.map(({ slot }) => `→${slot}`),
			...(holds.length > 0 ? [`| ${holds.join(',')}`] : []),
		].join(' ');
	return Object.fromEntries((read(text).gates ?? []).map((gate) => [gate.id, words(gate)]));
}

const head = 'agents: {e: {run: [e]}}\n';
const sprints = 'sprints: [{id: S1, track: 1, tasks: [A, B]}, {id: S2, track: 1, tasks: [C]}]\n';
const tasks = 'tasks: [{id: A, agent: e}, {id: B, run: [b], dependencies: [A]}, {id: C, run: [c]}]\n';
const ok = '{run: [ok]}';

describe('S1 and G1: which gates a run has', () => {
	test('a plan that declares none has none', () => {
		expect(read(`${head}${sprints}${tasks}`)).not.toHaveProperty('gates');
	});

	test('the four validators stand at every sprint; a slot without a check is not configured', () => {
		const gates = `gates: [{set: four-validators, checks: {pm: ${ok}, security-engineer: ${ok}}}]\n`;
		expect(outline(`${head}${gates}${sprints}${tasks}`)).toEqual({
			'S1:gate': 'pm security (test) (performance)',
			'S2:gate': 'pm security (test) (performance)',
		});
	});

	test('devteam checks tasks, sprints and the project', () => {
		const checks = `{requirements: ${ok}, code-review: ${ok}}`;
		const gates = `gates: [{set: devteam, checks: ${checks}}]\n`;
		expect(outline(`${head}${gates}${sprints}${tasks}`)).toEqual({
			'S1:gate': 'code-review (security) (performance) (documentation)',
			'S2:gate': 'code-review (security) (performance) (documentation)',
			'plan:project:gate': 'code-review (security) (performance) (documentation)',
		});
		expect(read(`${head}${gates}${sprints}${tasks}`).tasks.map((task) => task.checks.length)).toEqual([
			1, 1, 1,
		]);
	});

	test('G2: agents of devteam review each language by itself, commands where they name the language', () => {
		const judged = (checks: string, set = 'set: devteam') => {
			const gates = `gates: [{${set}, at: project, checks: {code-review: ${checks}, security: {agent: e}}}]\n`;
			const [gate] = read(`${head}${gates}${sprints}${tasks}`).gates ?? [];
			return gate?.validators.map(({ slot, perLanguage = false }) => [slot, perLanguage]);
		};
		const check = (checks: string, byLanguage: boolean, set?: string) =>
			expect(judged(checks, set)).toEqual([
				['code-review', byLanguage],
				['security', false],
			]);
		check('{agent: e}', true);
		check('{run: [lint]}', false);
		check('{run: [lint, "--only={language}"]}', true);
		check('{agent: e}', false, 'name: mine');
		check('{agent: e, criteria: ["The {language} is plain"]}', true, 'name: mine');
		check('{approve: "The {language}"}', true, 'name: mine');
	});

	test.each([
		['aggressive', {}],
		['hybrid', { 'S1:gate': 'docs?', 'plan:project:gate': 'all' }],
		['conservative', { 'S1:gate': 'docs', 'layer:1:gate': 'tdd | B', 'plan:project:gate': 'all' }],
	])('%s runs %j', (strategy, expected) => {
		const gates = `gates: [{name: docs, at: sprint, only: [S1], checks: ${ok}, advisory: true}, {name: tdd, at: layer, only: [1], checks: ${ok}}, {name: all, at: project, checks: ${ok}}]\n`;
		expect(outline(`plan: {strategy: ${strategy}}\n${head}${gates}${sprints}${tasks}`)).toEqual(expected);
	});

	test('`gate_level` has the last word', () => {
		const gates = `gates: [{name: tdd, at: layer, checks: ${ok}}]\n`;
		const plan = `plan: {strategy: hybrid, gate_level: strict}\n${head}${gates}${tasks}`;
		expect(outline(plan)).toEqual({ 'layer:1:gate': 'tdd | B', 'layer:2:gate': 'tdd' });
	});

	test('a track has its gate after its last sprint, the project after its last track', () => {
		const gates = `gates: [{name: t, at: track, checks: ${ok}}, {name: s, at: sprint, checks: ${ok}}, {name: p, at: project, checks: ${ok}}]\n`;
		const found = read(`${head}tracks: {1: One}\n${gates}${sprints}${tasks}`).gates ?? [];
		expect(found.map(({ id, waitsFor }) => [id, waitsFor])).toEqual([
			['S1:gate', ['A', 'B']],
			['S2:gate', ['C']],
			['track:1:gate', ['A', 'B', 'C', 'S1:gate', 'S2:gate']],
			['plan:project:gate', ['A', 'B', 'C', 'S1:gate', 'S2:gate', 'track:1:gate']],
		]);
		expect(found.map(({ maxFixCycles }) => maxFixCycles)).toEqual([3, 3, 3, 2]);
	});

	test('batches are integrated one by one, the last with its sprint', () => {
		const plan = `plan: {strategy: batches}\n${head}sprints: [{id: S1, tasks: [A, B, C], integration: ${ok}, validation: {pm: ${ok}}, after: {name: deploy, run: [d]}}]\n${tasks}`;
		expect(outline(plan)).toEqual({
			'S1:batch-1:gate': 'integration | B',
			'S1:gate': 'integration pm →deploy',
		});
		const stated = plan.replace('integration:', 'batches: [[A], [B], [C]], integration:');
		expect(outline(stated)).toEqual({
			'S1:batch-1:gate': 'integration | B,C',
			'S1:batch-2:gate': 'integration | C',
			'S1:gate': 'integration pm →deploy',
		});
	});

	test('agents repair what agents did', () => {
		const gates = `gates: [{name: s, at: sprint, checks: ${ok}}]\n`;
		const found = read(`${head}${gates}${sprints}${tasks}`).gates ?? [];
		expect(found.map(({ owners }) => owners)).toEqual([['A'], []]);
	});

	test('an integration by an agent nobody declared is a fault at its place (T6)', () => {
		const id = { rootUri: 'file:///w', key: 'shop' };
		const text = `sprints:\n  - {id: S1, tasks: [A], integration: {agent: ghost}}\ntasks: [{id: A, run: [a]}]\n`;
		const { plan } = readPlan(id, [{ uri: 'file:///w/shop.plan.yaml', text }]);
		expect(toRunPlan(plan, { agents: [] }).faults).toMatchObject([
			{ line: 2, message: expect.stringContaining('ghost') },
		]);
	});
});
