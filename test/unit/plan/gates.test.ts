import { describe, expect, test } from 'vitest';
import { gateLevelOfStrategy, setSlotName, slotName } from '../../../src/core/plan/gateSets.ts';
import { strategyNames } from '../../../src/core/plan/headerFields.ts';
import { rulesOf } from '../../../src/core/run/strategies.ts';
import { checkPlan } from '../../support/checkPlan.ts';

describe('gates of a plan (FORMATS 1.2)', () => {
	test('a gate says where it stands, where only, and what it checks', () => {
		const { plan } = checkPlan(`
			plan: {strategy: conservative}
			gates:
			  - {name: security, at: layer, only: [4], checks: [{run: [npm, audit]}], advisory: true}
			  - {name: all, at: project, checks: {run: [npm, test]}, max_fix_cycles: 1, integration: {run: [make]}}
			tasks: [{id: A, run: [x]}]
		`);
		expect(plan.header.gates).toMatchObject([
			{
				name: 'security',
				at: 'layer',
				only: [{ value: '4' }],
				advisory: true,
				slots: [{ name: 'security' }],
			},
			{ name: 'all', at: 'project', maxFixCycles: 1, integration: { run: { argv: ['make'] } } },
		]);
		expect(plan.header.gates?.map(({ slots }) => slots.map(({ checks }) => checks.length))).toEqual([
			[1],
			[1],
		]);
	});

	test('the slots of a built-in set that no check answers are said, with what to write', () => {
		const { plan } = checkPlan(`
			gates:
			  - {set: four-validators, checks: {pm: {run: [a]}, test: {run: [b]}, performance: {run: [c]}}}
			    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SY330 security: {run
			tasks: [{id: A, run: [x]}]
		`);
		expect(plan.header.gates?.[0]?.slots.map(({ name }) => name)).toEqual(['pm', 'test', 'performance']);
	});

	test('what is wrong is said at its place', () => {
		checkPlan(`
			gates:
			  - {name: a, at: sprnt, checks: {run: [x]}}
			                  ^^^^^ SY208 Did you mean \`sprint\`
			  - {name: b, checks: {run: [x]}}
			    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SY202 does not say where
			  - {at: sprint, checks: {run: [x]}}
			    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SY203 has no name
			  - {name: c, at: task, only: [B], checks: {run: [x]}}
			                               ^ SY332 no task \`B\`
			  - {name: d, at: layer, checks: {run: [x]}}
			    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SY331 gate_level: strict
			  - 7
			    ^ SY202 four-validators
			tasks: [{id: A, run: [x]}]
		`);
	});

	test('every strategy runs the gates that the run will have (S1)', () => {
		for (const name of strategyNames) {
			expect([name, gateLevelOfStrategy[name] ?? 'standard']).toEqual([name, rulesOf(name, 1).gates]);
		}
	});

	test.each([
		['PM', 'pm'],
		['Code Quality', 'code-quality'],
		['a:b@2', 'a-b-2'],
		['::', 'check'],
	])('the slot %s is called %s', (name, expected) => {
		expect(slotName(name)).toBe(expected);
	});

	test('who answers for a slot of a set may be called by his role', () => {
		expect([setSlotName('Security-Engineer'), setSlotName('docs')]).toEqual(['security', 'documentation']);
	});
});

describe('the pipeline of a sprint (FORMATS 1.1)', () => {
	test('batches, integration, validation, repairs and what follows', () => {
		const { plan } = checkPlan(`
			sprints:
			  - id: S1
			    tasks: [A, B]
			    batches: [[A], {tasks: [B], mode: sequential}]
			    integration: {agent: eng, verify: [{run: [npm, test]}]}
			    validation: {pm: {run: [a]}, security: [{run: [b]}, {run: [c]}]}
			    quality_gates: [All tests pass]
			    max_fix_cycles: 2
			    after: [{name: deploy, run: [d]}, {name: docs, agent: eng}]
			agents: {eng: {run: [eng]}}
			tasks: [{id: A, run: [x]}, {id: B, run: [x]}]
		`);
		expect(plan.sprints[0]?.pipeline).toMatchObject({
			batches: [
				{ tasks: [{ value: 'A' }], inTurn: false },
				{ tasks: [{ value: 'B' }], inTurn: true },
			],
			integration: { agent: { value: 'eng' }, verify: [{}] },
			validation: [
				{ name: 'pm', checks: [{}] },
				{ name: 'security', checks: [{}, {}] },
			],
			qualityGates: [{ name: 'All tests pass', checks: [] }],
			maxFixCycles: 2,
			after: [{ name: 'deploy' }, { name: 'docs' }],
		});
	});

	test('validation may be a set, a list of checks with names, or checks alone', () => {
		const { plan } = checkPlan(`
			sprints:
			  - {id: S1, tasks: [A], validation: [{name: pm, run: [a]}, {run: [b]}]}
			  - {id: S2, tasks: [B], validation: {set: four-validators, pm: {run: [a]}}}
			                                           ^^^^^^^^^^^^^^^ SY330
			                                           ^^^^^^^^^^^^^^^ SY330
			                                           ^^^^^^^^^^^^^^^ SY330
			tasks: [{id: A, run: [x]}, {id: B, run: [x]}]
		`);
		const slots = plan.sprints.map(({ pipeline }) => pipeline?.validation.map(({ name }) => name));
		expect(slots).toEqual([
			['validation', 'pm'],
			['test', 'performance', 'security', 'pm'],
		]);
	});

	test('a step that does nothing and a batch of others’ tasks are said', () => {
		checkPlan(`
			sprints:
			  - {id: S1, tasks: [A], integration: {name: x}, batches: [[A], [B]]}
			                                      ^^^^^^^^^ SY210
			                                                                 ^ SY332
			tasks: [{id: A, run: [x]}, {id: B, run: [x]}]
			                                ^ SY308
		`);
	});
});
