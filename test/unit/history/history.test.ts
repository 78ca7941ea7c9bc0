import { describe, expect, it } from 'vitest';
import { costRange, taskCosts } from '../../../src/core/history/costRange.ts';
import { estimateMissing } from '../../../src/core/history/estimateMissing.ts';
import { forecastBasis } from '../../../src/core/history/forecastBasis.ts';
import { History } from '../../../src/core/history/history.ts';
import type { HistorySample } from '../../../src/core/history/historySample.ts';
import { samplesOf } from '../../../src/core/history/historySample.ts';
import { reportedCost } from '../../../src/core/history/reportedCost.ts';
import { spreadOf } from '../../../src/core/history/spread.ts';
import { rowsOf } from '../../../src/core/run/gateUnits.ts';
import type { RunTask } from '../../../src/core/run/runPlan.ts';
import type { TaskState } from '../../../src/core/run/runState.ts';
import { attemptState, checkState, morning, runTask, taskState } from '../evidence/samples.ts';
import type { GateWords } from '../run/story.ts';
import { planOf } from '../run/story.ts';

function sample(minutes: number, more: Partial<HistorySample> = {}): HistorySample {
	const common = { run: 'exec-1', task: 'T', type: 'backend', agent: 'shell', tier: 'T1' };
	return { ...common, minutes, estimateMinutes: null, costUsd: null, ...more };
}

describe('a spread', () => {
	const check = (values: number[], expected: [number, number, number, number, number] | null) => {
		const spread = spreadOf(values);
		const { least, lower, median, upper, most } = spread ?? {};
		expect(spread === null ? null : [least, lower, median, upper, most]).toEqual(expected);
	};

	it('has quartiles between the two nearest values, whatever the order', () => {
		check([], null);
		check([7], [7, 7, 7, 7, 7]);
		check([4, 1, 3, 2], [1, 1.75, 2.5, 3.25, 4]);
		check([100, 2, 3, 4, 5], [2, 3, 4, 5, 100]);
		check([10, 9, 100], [9, 9.5, 10, 55, 100]);
	});
});

describe('samples of a run', () => {
	const minutes = (count: number) => morning + count * 60_000;
	const took = (from: number, to: number) => ({ startedAt: minutes(from), endedAt: minutes(to) });

	it('are the completed tasks with work and checks of all attempts, and without the time they waited', () => {
		const attempts = [
			attemptState({ ...took(0, 10), outcome: 'failed' }),
			attemptState({ number: 2, ...took(60, 75), checks: [checkState(took(75, 80))] }),
		];
		const done = taskState(runTask('A'), { status: 'completed', attempts, completedAt: minutes(80) });
		const [found] = samplesOf([done], 'exec-1', (_, attempt) => attempt / 4);
		expect(found).toEqual(sample(30, { task: 'A', estimateMinutes: 60, costUsd: 0.75 }));
	});

	it('are of the agent and the tier that brought the task to its end', () => {
		const attempts = [
			attemptState({ ...took(0, 10), outcome: 'failed', tier: 'T1', agent: 'small' }),
			attemptState({ ...took(10, 20), number: 2, outcome: 'infrastructure', counts: false, tier: 'T2' }),
			attemptState({ ...took(20, 40), number: 3, tier: 'T2', agent: 'large' }),
		];
		const done = taskState(runTask('A'), { status: 'completed', attempts });
		expect(samplesOf([done], 'exec-1')).toMatchObject([{ minutes: 30, agent: 'large', tier: 'T2' }]);
	});

	it('are not those that failed, were imported, or were only stopped', () => {
		const ended = [attemptState(took(0, 10))];
		const states = [
			taskState(runTask('A'), { status: 'failed', attempts: ended }),
			taskState(runTask('B'), { status: 'completed', validation: 'imported' }),
			taskState(runTask('C'), { status: 'cancelled', attempts: [attemptState({ outcome: 'cancelled' })] }),
			taskState(runTask('D'), { status: 'completed', attempts: [attemptState({ outcome: 'void' })] }),
		];
		expect(samplesOf(states, 'exec-1')).toEqual([]);
	});
});

describe('history', () => {
	const history = new History([
		...[30, 40, 50].map((minutes) => sample(minutes, { agent: 'codex', estimateMinutes: 80 })),
		...[5, 6].map((minutes) => sample(minutes)),
		sample(9, { type: 'frontend', estimateMinutes: 9 }),
	]);

	it('tells spreads for each type, agent and tier', () => {
		expect(
			history.groups.map(({ key, minutes }) => [key.type, key.agent, minutes.n, minutes.median]),
		).toEqual([
			['backend', 'codex', 3, 40],
			['backend', 'shell', 2, 5.5],
			['frontend', 'shell', 1, 9],
		]);
		expect(history.group({ type: 'backend', agent: 'codex' })?.ratio?.median).toBe(0.5);
		expect(history.group({ type: 'backend', agent: 'shell' })?.ratio).toBeNull();
	});

	it('takes the narrowest group that is large enough', () => {
		const nearest = (agent: string, least: number) =>
			history.nearest({ type: 'backend', agent, tier: 'T1' }, least)?.minutes.n;
		expect([nearest('codex', 3), nearest('shell', 3), nearest('shell', 1), nearest('gemini', 1)]).toEqual([
			3, 5, 2, 5,
		]);
		expect(history.nearest({ type: 'testing', agent: 'shell', tier: 'T1' }, 1)).toBeNull();
	});

	it('knows the pace: actual by stated time', () => {
		expect(history.pace?.n).toBe(4);
		expect(new History([]).pace).toBeNull();
	});
});

describe('estimates of tasks that state none (P6)', () => {
	const three = [10, 20, 30].map((minutes) => sample(minutes));
	const open = (id: string, more: Partial<RunTask> = {}) => runTask(id, { estimateMinutes: null, ...more });
	const check = (tasks: RunTask[], samples: HistorySample[], expected: [number, string, RegExp]) => {
		const found = estimateMissing(tasks, new History(samples)).at(-1);
		expect([found?.minutes, found?.source, found?.reason]).toEqual([
			expected[0],
			expected[1],
			expect.stringMatching(expected[2]),
		]);
	};

	it('leave a stated one alone', () => check([runTask('A')], three, [60, 'stated', /^$/]));
	it('come from finished tasks of the same type, agent and tier', () =>
		check([open('A')], three, [20, 'history', /^From 3 finished backend tasks by shell on T1\.$/]));
	it('come from neighbours of the same type where history is thin', () =>
		check([runTask('A', { estimateMinutes: 45 }), open('B')], three.slice(1), [
			45,
			'neighbours',
			/^From 1 stated estimate of backend tasks of the plan\.$/,
		]));
	it('take the sprint before the track, and the track before the plan', () => {
		const place = (sprint: string, track: number, estimateMinutes: number | null) =>
			runTask(`${sprint}-${estimateMinutes}`, { sprint, track, estimateMinutes });
		const others = [place('S1', 1, 10), place('S2', 1, 20), place('S3', 2, 90)];
		check([...others, place('S2', 1, null)], [], [20, 'neighbours', /backend tasks of S2/]);
		check([...others, place('S4', 1, null)], [], [15, 'neighbours', /backend tasks of track 1/]);
		check([...others, place('S5', 3, null)], [], [20, 'neighbours', /backend tasks of the plan/]);
	});
	it('come from a thin history before neighbours of other types', () =>
		check([runTask('A', { type: 'testing' }), open('B')], three.slice(2), [30, 'history', /1 finished/]));
	it('come from any neighbour before they are assumed', () => {
		check(
			[runTask('A', { type: 'testing' }), open('B')],
			[],
			[60, 'neighbours', /1 stated estimate of tasks/],
		);
		check([open('B')], [], [30, 'assumed', /30 minutes are assumed/]);
	});
	it('are in the unit of the plan: agents that need a tenth of what is stated do so here too', () => {
		const fast = [10, 20, 30].map((minutes) => sample(minutes, { estimateMinutes: minutes * 10 }));
		check([runTask('A', { type: 'testing' }), open('B')], fast, [200, 'history', /0\.1 × as long/]);
		check([open('B')], fast, [20, 'history', /on T1\.$/]);
	});
	it('are as many as there are tasks, in their order, also for 10,000', () => {
		const tasks = Array.from({ length: 10_000 }, (_, index) =>
			runTask(`T${index}`, {
				type: `type ${index % 7}`,
				sprint: `S${index % 400}`,
				track: index % 9,
				estimateMinutes: index % 3 === 0 ? null : index,
			}),
		);
		const found = estimateMissing(tasks, new History(three));
		expect(found.map(({ id }) => id)).toEqual(tasks.map(({ id }) => id));
		expect(found.filter(({ source }) => source === 'stated')).toHaveLength(6_666);
		expect(found.every(({ minutes }) => minutes > 0)).toBe(true);
	});
});

describe('the time of gates (P6)', () => {
	const gate: GateWords = { of: 'S1', integration: true, validators: 'pm security?', after: 'deploy' };
	const plan = planOf({ tasks: 'A', sprints: { S1: 'A' }, gates: [gate] });
	const rows = new Map(rowsOf(plan, []).map((row) => [row.id, row]));
	const took = (id: string, minutes: number, more: Partial<TaskState> = {}) => {
		const row = rows.get(id) ?? runTask(id);
		const attempts = [attemptState({ startedAt: morning, endedAt: morning + minutes * 60_000 })];
		return taskState(row, { status: 'completed', attempts, ...more });
	};
	const past = samplesOf(
		[
			took('A', 10),
			took('S1:integration', 4),
			took('S1:pm', 6),
			took('S1:security', 8, { status: 'failed' }),
			took('S1:gate', 100),
			took('S1:deploy', 3, { status: 'failed' }),
		],
		'exec-1',
	);

	it('is that of integrations, validators and what follows; a validator that says no has judged, too', () => {
		expect(past.map(({ task, type, minutes }) => `${task} ${type} ${minutes}`)).toEqual([
			'A backend 10',
			'S1:integration gate: integration 4',
			'S1:pm gate: pm 6',
			'S1:security gate: security 8',
		]);
	});

	it('is the plan’s own, else that of the same step in earlier runs, else of any validator, else nothing', () => {
		const next: GateWords = { of: 'S2', integration: true, validators: 'pm speed', after: 'deploy' };
		const other = planOf({ tasks: 'B', sprints: { S2: 'B' }, gates: [next] });
		const { estimates } = forecastBasis(other, new History(past));
		expect(estimates.map(({ id, minutes, source }) => `${id} ${source} ${minutes}`)).toEqual([
			'S2:integration history 4',
			'S2:pm history 6',
			'S2:speed history 7',
			'S2:deploy unknown 0',
		]);
		expect(estimates.map(({ reason }) => reason)).toEqual([
			'From 1 finished integration steps of gates by shell on T1.',
			'From 1 finished pm steps of gates by shell on T1.',
			'From 2 finished validators of gates.',
			expect.stringContaining('0 minutes are counted'),
		]);
	});
});

describe('the cost range', () => {
	const agent = (id: string, type: string) =>
		runTask(id, {
			type,
			work: {
				kind: 'agent',
				agent: 'codex',
				command: { kind: 'argv', argv: ['codex'] },
				env: {},
				prompt: { kind: 'text', text: '' },
			},
		});

	it('adds what finished tasks of the same agent reported, and says of how many it knows nothing', () => {
		const costs = [1, 2, 3].map((costUsd) => sample(5, { agent: 'codex', costUsd }));
		const tasks = [agent('A', 'backend'), agent('B', 'backend'), agent('C', 'testing'), runTask('D')];
		expect(costRange(tasks, taskCosts(tasks, new History(costs)))).toEqual({
			lowerUsd: 3,
			likelyUsd: 4,
			upperUsd: 5,
			known: 2,
			unknown: 1,
		});
		expect(costRange(tasks, taskCosts(tasks, new History([])))).toBeNull();
	});

	it('takes a cost only from a report that states one', () => {
		expect(reportedCost('{"status": "complete", "cost_usd": 0.25}')).toBe(0.25);
		for (const text of ['', '{}', '{"cost_usd": "much"}', '{"cost_usd": -1}', '[]']) {
			expect(reportedCost(text)).toBeNull();
		}
	});
});
