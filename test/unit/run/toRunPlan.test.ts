import { describe, expect, test } from 'vitest';
import { readPlan } from '../../../src/core/plan/readPlan.ts';
import type { RunChoice, RunPlan } from '../../../src/core/run/runPlan.ts';
import { toRunPlan } from '../../../src/core/run/toRunPlan.ts';

const agents = [{ name: 'robot', argv: ['robot', '-p'], env: { KEY: 'v' } }];

function read(text: string, choice: RunChoice = {}) {
	const id = { rootUri: 'file:///w', key: 'shop' };
	const { plan } = readPlan(id, [{ uri: 'file:///w/shop.plan.yaml', text }], { agents: ['robot'] });
	return toRunPlan(plan, { agents, choice });
}

function check(text: string, expected: object): RunPlan {
	const { runPlan, faults } = read(text);
	expect(faults).toEqual([]);
	expect(runPlan).toMatchObject(expected);
	return runPlan;
}

describe('a run plan has every default applied', () => {
	test('S1: tracks with more than one track, else hybrid; one agent a track, else the strategy’s number', () => {
		const two =
			'tracks: {1: {name: A}, 2: {name: B}}\nsprints: [{id: S1, track: 1, tasks: [T1]}, {id: S2, track: 2, tasks: [T2]}]\n';
		const tasks = 'tasks: [{id: T1, name: x, run: [a]}, {id: T2, name: y, run: [b]}]\n';
		check(`plan: {name: P}\n${two}${tasks}`, { strategy: 'tracks', jobs: 2 });
		check(`plan: {name: P}\n${tasks}`, {
			strategy: 'hybrid',
			jobs: 3,
			evidence: '.work',
			sprints: [],
			tracks: [],
		});
		check(`plan: {name: P, strategy: sequential}\n${tasks}`, { jobs: 1 });
		check(`plan: {name: P, strategy: aggressive, jobs: 7, evidence: proof}\n${tasks}`, {
			jobs: 7,
			evidence: 'proof',
		});
	});

	test('S1: what a person chose takes the place of what the plan says, and is kept with the run', () => {
		const text = 'plan: {name: P, strategy: aggressive, jobs: 7}\ntasks: [{id: T1, name: x, run: [a]}]\n';
		const chosen = (choice: RunChoice) => {
			const { strategy, jobs, chosen } = read(text, choice).runPlan;
			return { strategy, jobs, chosen };
		};
		expect(chosen({})).toEqual({ strategy: 'aggressive', jobs: 7 });
		expect(chosen({ agents: 4 })).toMatchObject({ strategy: 'aggressive', jobs: 4, chosen: { agents: 4 } });
		expect(chosen({ strategy: 'sequential' })).toMatchObject({ strategy: 'sequential', jobs: 1 });
		expect(chosen({ strategy: 'aggressive' })).toMatchObject({ jobs: 7 });
	});

	test('S1: a timeout is the task’s own, else the larger of the strategy’s minutes and twice the estimate', () => {
		const plan = check(
			'plan: {name: P}\ntasks: [{id: A, name: a, run: [x], timeout_minutes: 5}, {id: B, name: b, run: [x], estimated_minutes: 10}, {id: C, name: c, run: [x], estimated_hours: 2}]',
			{},
		);
		expect(plan.tasks.map((task) => task.timeoutMinutes)).toEqual([5, 30, 240]);
	});

	test('T2: a shell task has one try, plus its retries', () => {
		const plan = check('tasks: [{id: A, name: a, run: [x]}, {id: B, name: b, run: [x], retries: 2}]', {});
		expect(plan.tasks.map((task) => task.maxAttempts)).toEqual([1, 3]);
	});

	test('sprints of a track are in the order in which they open', () => {
		const plan = check(
			'sprints: [{id: S2, track: 1, sprint_number: 2, tasks: [B]}, {id: S1, track: 1, sprint_number: 1, tasks: [A, A]}]\ntasks: [{id: A, name: a, run: [x], estimated_hours: 1}, {id: B, name: b, run: [x]}]',
			{},
		);
		expect(
			plan.sprints.map(({ id, tasks, estimateMinutes }) => ({ id, tasks, estimateMinutes })),
		).toMatchObject([
			{ id: 'S1', tasks: ['A'] },
			{ id: 'S2', tasks: ['B'] },
		]);
	});
});

describe('T6: what runs a task', () => {
	test('its agent, else run means shell, else the plan’s default agent', () => {
		const plan = check(
			[
				'plan: {name: P, defaults: {agent: mine}}',
				'agents: {mine: {run: [my, agent]}}',
				'tasks: [{id: A, name: a, run: [x, y]}, {id: B, name: b}, {id: C, name: c, agent: robot, prompt: Do it}]',
			].join('\n'),
			{},
		);
		expect(plan.tasks.map(({ work }) => work)).toMatchObject([
			{ kind: 'command', command: { kind: 'argv', argv: ['x', 'y'] } },
			{ kind: 'agent', agent: 'mine', command: { argv: ['my', 'agent'] } },
			{
				kind: 'agent',
				agent: 'robot',
				command: { argv: ['robot', '-p'] },
				env: { KEY: 'v' },
				prompt: { text: 'Do it' },
			},
		]);
	});

	test('the prompt of a task that brings none says what it is, what must hold, and where to report (T7)', () => {
		const plan = check(
			'tasks: [{id: A, name: Build it, agent: robot, description: All of it., acceptance_criteria: [it works], touches: [src/**], produces: [out.txt]}]',
			{},
		);
		const work = plan.tasks[0]?.work;
		expect(work?.kind === 'agent' && work.prompt.kind === 'text' ? work.prompt.text.split('\n') : []).toEqual(
			[
				...['# A: Build it', '', 'All of it.', '', 'Acceptance criteria:', '- it works', ''],
				...['Change only files that match: src/**', '', 'These files must exist afterwards: out.txt', ''],
				...['Write your report to report.json in the folder that SWITCHYARD_OUT names.', ''],
			],
		);
	});

	test('whom a person chose works where a task names nobody, in place of tier and defaults, and is kept with the run', () => {
		const text =
			'agents: {own: {run: [own]}, usual: {run: [usual]}}\nplan: {defaults: {agent: usual}, tiers: {T1: {agent: usual}}}\ntasks: [{id: A, name: a}, {id: B, name: b, agent: own}, {id: C, name: c, run: [make]}]';
		const { runPlan, faults } = read(text, { agent: 'robot' });
		expect(faults).toEqual([]);
		const who = runPlan.tasks.map(({ work }) => (work.kind === 'agent' ? work.agent : work.kind));
		expect(who).toEqual(['robot', 'own', 'command']);
		expect(runPlan.chosen).toEqual({ agent: 'robot' });
		expect(read(text, { agent: 'rob' }).faults[0]?.message).toContain('agent rob, which nobody declared');
	});

	test('otherwise it is not run, and the fault has a place and says what to do', () => {
		const { faults } = read(
			'tasks:\n  - {id: A, name: a}\n  - {id: B, name: b, agent: shell}\n  - {id: C, name: c, agent: nobody}\n',
		);
		expect(faults.map(({ task, line }) => [task, line])).toEqual([
			['A', 2],
			['B', 3],
			['C', 4],
		]);
		expect(faults[0]?.message).toBe('A has neither run nor an agent. Add one, or plan.defaults.agent.');
	});

	test('a variant runs the program of the agent that it extends, with its own arguments, environment and model', () => {
		const workOf = (agent: string) =>
			read(
				[
					'agents:',
					'  base: {run: [bot, "--model={model}"], args: [-q], env: {A: "1", B: "1"}, model: small, usage_limit: [full]}',
					'  reviewer: {extends: base, args: [--plan], env: {B: "2"}, model: large, usage_limit: [empty]}',
					'  strict: {extends: reviewer, fallback: base}',
					'  robot: {extends: robot, args: [--safe]}',
					'  one: {extends: two}',
					'  two: {extends: one}',
					'  lost: {extends: nobody}',
					`tasks: [{id: A, name: a, agent: ${agent}, prompt: x}]`,
				].join('\n'),
			);
		const check = (agent: string, expected: object) =>
			expect(workOf(agent).runPlan.tasks[0]?.work).toMatchObject(expected);
		const reviewer = ['bot', '--model=large', '-q', '--plan'];
		check('reviewer', {
			command: { argv: reviewer },
			env: { A: '1', B: '2' },
			model: 'large',
			usageLimit: ['full', 'empty'],
		});
		check('strict', { agent: 'strict', command: { argv: reviewer }, fallback: { agent: 'base' } });
		// Its own name means the agent of the settings.
		check('robot', { command: { argv: ['robot', '-p', '--safe'] }, env: { KEY: 'v' } });
		expect(workOf('one').faults[0]?.message).toBe(
			'A asks for the agent one, which extends itself (one → two → one). Give one of them run: [program, arguments].',
		);
		expect(workOf('lost').faults[0]?.message).toMatch(
			/^A asks for the agent lost, which extends nobody, and/,
		);
	});
});

describe('gates at tasks', () => {
	const text = (head: string) =>
		[
			`plan: {name: P${head}}`,
			'gates: [{name: style, at: task, only: [A], checks: [{run: [lint]}], advisory: true}]',
			'tasks: [{id: A, name: a, run: [x], verify: [{run: [test]}]}, {id: B, name: b, run: [x]}]',
		].join('\n');
	const advice = (head: string) =>
		read(text(head)).runPlan.tasks.map(({ checks }) => checks.map(({ advisory = false }) => advisory));

	test('S1: what only advises at a task is a check of it that holds nothing up, and blocks where gates are strict', () => {
		expect(advice('')).toEqual([[false, true], []]);
		expect(advice(', strategy: aggressive')).toEqual([[false, true], []]);
		expect(advice(', strategy: conservative')).toEqual([[false, false], []]);
	});
});
