import { expect, test } from 'vitest';
import { readPlan } from '../../../src/core/plan/readPlan.ts';
import type { RunTask } from '../../../src/core/run/runPlan.ts';
import { toRunPlan } from '../../../src/core/run/toRunPlan.ts';

/** The only task of a plan, with every default applied. `head` and `task` are written into the plan as they stand. */
function taskOf(head: string, task: string): RunTask {
	const text = `plan: {name: P${head}}\ntasks: [{id: A, name: a, ${task}}]\n`;
	const id = { rootUri: 'file:///w', key: 'p' };
	const { plan } = readPlan(id, [{ uri: 'file:///w/p.plan.yaml', text }], { agents: ['robot'] });
	const { runPlan, faults } = toRunPlan(plan, {
		agents: [{ name: 'robot', argv: ['robot'], env: {} }],
		choice: {},
	});
	expect(faults).toEqual([]);
	const [found] = runPlan.tasks;
	if (found === undefined) {
		throw new Error('no task');
	}
	return found;
}

const robot = 'agent: robot, prompt: x';

test.each([
	['the task’s own', ', strategy: aggressive, defaults: {iterations: 3}', `${robot}, iterations: 2`, 2],
	['else that of the plan', ', strategy: aggressive, defaults: {iterations: 3}', robot, 3],
	['else what the task’s retries add to one', ', strategy: aggressive', `${robot}, retries: 2`, 3],
	['else what the plan’s retries add to one', ', strategy: aggressive, defaults: {retries: 1}', robot, 2],
	['else that of the strategy', ', strategy: aggressive', robot, 1],
	['else that of the strategy', ', strategy: hybrid', robot, 5],
	['and five at most', '', `${robot}, iterations: 9`, 5],
	['and five at most, also in the plan', ', defaults: {iterations: 7}', robot, 5],
	['and five at most, also with retries', '', `${robot}, retries: 9`, 5],
	['of a command one, whatever the plan says about iterations', ', defaults: {iterations: 3}', 'run: [x]', 1],
	['of a command as many as its retries add, more than five too', '', 'run: [x], retries: 6', 7],
])('T2: the number of iterations is %s', (_, head, task, expected) => {
	expect(taskOf(head, task).maxAttempts).toBe(expected);
});

test.each([
	['the task’s own, also where it is shorter', ', defaults: {timeout_minutes: 9}', 'timeout_minutes: 4', 4],
	['else the plan’s', ', defaults: {timeout_minutes: 9}', 'estimated_minutes: 60', 9],
	['else the strategy’s minutes', ', strategy: conservative', 'estimated_minutes: 30', 60],
	['else twice the estimate, where that is more', ', strategy: aggressive', 'estimated_minutes: 11', 22],
])('S1: the timeout is %s', (_, head, task, expected) => {
	expect(taskOf(head, `run: [x], ${task}`).timeoutMinutes).toBe(expected);
});

test.each([
	['a quarter of an hour for an agent', '', robot, 15],
	['never for a command, which may be silent for long', '', 'run: [x]', undefined],
	['what the task says', ', defaults: {stall_minutes: 9}', 'run: [x], stall_minutes: 3', 3],
	['else what the plan says', ', defaults: {stall_minutes: 9}', 'run: [x]', 9],
	['never where it says 0', '', `${robot}, stall_minutes: 0`, undefined],
])(
	'T3: the minutes without output and work after which work is stalled are %s',
	(_, head, task, expected) => {
		expect(taskOf(head, task).stallMinutes).toBe(expected);
	},
);

test.each([
	['T1', ''],
	['T2, where it says so', ', tier: T2'],
	['T2, where it is about security', ', type: security'],
])('T2: work begins on %s', (tier, task) => {
	expect(taskOf('', `${robot}${task}`).startTier ?? 'T1').toBe(tier.slice(0, 2));
});
