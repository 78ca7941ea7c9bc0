import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { strategyNames } from '../../../src/core/plan/headerFields.ts';
import { readPlan } from '../../../src/core/plan/readPlan.ts';
import type { RunPlan } from '../../../src/core/run/runPlan.ts';
import { withStages } from '../../../src/core/run/stagesOf.ts';
import { toRunPlan } from '../../../src/core/run/toRunPlan.ts';
import { PlanForecast } from '../../../src/core/schedule/planForecast.ts';
import { ScheduleTable } from '../../../src/core/schedule/scheduleTable.ts';
import { makespanOf, simulate } from '../../../src/core/schedule/simulate.ts';
import { strandedTasks } from '../../../src/core/schedule/strandedTasks.ts';
import { virtualRun } from '../../support/virtualRun.ts';
import type { PlanWords } from '../run/story.ts';
import { planOf } from '../run/story.ts';

function staged(words: PlanWords): RunPlan {
	const plan = planOf(words);
	return { ...plan, tasks: withStages(plan.tasks, { sprints: plan.sprints, barrier: plan.rules.barrier }) };
}

const shape = fc.record({
	before: fc.nat(4_095),
	sprint: fc.nat(3),
	minutes: fc.constantFrom(0, 5, 10, 10, 30, 45, null),
	lock: fc.constantFrom('', '', '', 'db', 'port', 'db port'),
	touches: fc.constantFrom('', '', '', 'src/a', 'src/**', 'lib/*.ts'),
	priority: fc.nat(2),
});

/** Any plan that can run, of at most so many tasks. */
function anyPlan({ most, plain }: { readonly most: number; readonly plain: boolean }): fc.Arbitrary<RunPlan> {
	const strategy = plain ? fc.constant('dynamic') : fc.constantFrom(...strategyNames);
	const tracks = fc.tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 2 }));
	return fc
		.tuple(fc.array(shape, { minLength: 1, maxLength: most }), strategy, tracks)
		.map(([shapes, name, [two, three]]) => {
			const names = shapes.map((_, index) => `T${index}`);
			const sprints: Record<string, string> = { S1: '', S2: '', S3: '' };
			const sprintOf = (index: number) => (plain ? 0 : (shapes[index]?.sprint ?? 0));
			const words = shapes.map(({ before }, index) => {
				const own = sprintOf(index);
				if (own > 0) {
					sprints[`S${own}`] = `${sprints[`S${own}`]} ${names[index]}`.trim();
				}
				// Only from the same or an earlier sprint: anything else could be a circle (P7).
				const needs = names
					.slice(0, index)
					.filter(
						(_, bit) => (before >> bit) % 2 === 1 && sprintOf(bit) <= own && (own > 0 || sprintOf(bit) === 0),
					);
				return needs.length === 0 ? `${names[index]}` : `${names[index]}<${needs.join(',')}`;
			});
			const split = (text: string) => text.split(' ').filter((word) => word !== '' && !plain);
			const more = Object.fromEntries(
				shapes.map(({ minutes, lock, touches, priority }, index) => [
					names[index] ?? '',
					{ estimateMinutes: minutes, locks: split(lock), touches: split(touches), priority },
				]),
			);
			const trackOf = { S1: 1, S2: two, S3: three };
			return staged({ tasks: words.join(' '), sprints: plain ? {} : sprints, trackOf, more, strategy: name });
		});
}

const minutesIn = (plan: RunPlan) => {
	const minutes = new Map(plan.tasks.map(({ id, estimateMinutes }) => [id, estimateMinutes ?? 30]));
	return (id: string) => minutes.get(id) ?? 0;
};

test('P6: the simulated run is the run: the engine’s fold on a virtual clock starts the same tasks at the same times, in the same order', () => {
	fc.assert(
		fc.property(anyPlan({ most: 12, plain: false }), fc.integer({ min: 1, max: 5 }), (plan, agents) => {
			const { schedule, stranded } = simulate(new ScheduleTable(plan), agents);
			const run = virtualRun(plan, { agents, minutes: minutesIn(plan) });
			expect(schedule.map(({ start, task }) => `${start} ${task}`)).toEqual(run.starts);
			expect(stranded).toEqual(run.left);
		}),
		{ numRuns: 400 },
	);
});

test('no two tasks share a slot, nothing starts before what it waits for, and the time alone is the same', () => {
	fc.assert(
		fc.property(anyPlan({ most: 12, plain: false }), fc.integer({ min: 1, max: 5 }), (plan, agents) => {
			const table = new ScheduleTable(plan);
			const { schedule, makespanMinutes } = simulate(table, agents);
			expect(makespanOf(table, agents).minutes).toBe(makespanMinutes);
			const rowOf = new Map(schedule.map((row) => [row.task, row]));
			for (const [index, row] of schedule.entries()) {
				expect(row.agent).toBeLessThanOrEqual(agents);
				for (const other of schedule.slice(0, index)) {
					expect(other.agent !== row.agent || other.end <= row.start).toBe(true);
				}
				for (const id of plan.tasks.find(({ id: name }) => name === row.task)?.dependencies ?? []) {
					expect(rowOf.get(id)?.end).toBeLessThanOrEqual(row.start);
				}
			}
		}),
		{ numRuns: 200 },
	);
});

/** The least time in which the tasks can be done, by trying everything. */
function leastMakespan(plan: RunPlan, agents: number): number {
	const minutes = minutesIn(plan);
	let best = Number.POSITIVE_INFINITY;
	const go = (done: ReadonlySet<string>, running: ReadonlyMap<string, number>, now: number): void => {
		if (now >= best) {
			return;
		}
		const isFree = ({ id, dependencies }: RunPlan['tasks'][number]) =>
			!done.has(id) && !running.has(id) && dependencies.every((name) => done.has(name));
		if (running.size < agents) {
			for (const { id } of plan.tasks.filter(isFree)) {
				go(done, new Map(running).set(id, now + minutes(id)), now);
			}
		}
		if (running.size > 0) {
			const next = Math.min(...running.values());
			const ended = [...running].filter(([, end]) => end === next).map(([id]) => id);
			const left = new Map([...running].filter(([, end]) => end !== next));
			go(new Set([...done, ...ended]), left, next);
		} else if (done.size === plan.tasks.length) {
			best = now;
		}
	};
	go(new Set(), new Map(), 0);
	return best;
}

test('P6: without barriers and locks the makespan lies between the optimum and Graham’s bound, and no bound lies above the optimum', () => {
	fc.assert(
		fc.property(anyPlan({ most: 5, plain: true }), fc.integer({ min: 1, max: 3 }), (plan, agents) => {
			const least = leastMakespan(plan, agents);
			const report = new PlanForecast(plan).report(agents);
			expect(report.lowerBoundMinutes).toBeLessThanOrEqual(least + 1e-6);
			expect(report.makespanMinutes).toBeGreaterThanOrEqual(least);
			expect(report.makespanMinutes).toBeLessThanOrEqual((2 - 1 / agents) * least + 1e-6);
		}),
		{ numRuns: 150 },
	);
});

describe('what a forecast says', () => {
	function forecast(words: PlanWords, agents?: number) {
		return new PlanForecast(staged(words)).fullReport(agents);
	}
	const times = {
		A: { estimateMinutes: 10 },
		B: { estimateMinutes: 20 },
		C: { estimateMinutes: 30 },
		D: { estimateMinutes: 40 },
	};

	test('figures of a small plan', () => {
		const report = forecast({ tasks: 'A B C<A D<A,B', more: times, strategy: 'aggressive' }, 2);
		expect(report).toMatchObject({
			strategy: 'aggressive',
			agents: 2,
			layers: [
				['A', 'B'],
				['C', 'D'],
			],
			width: 2,
			sequentialMinutes: 100,
			makespanMinutes: 60,
			lowerBoundMinutes: 60,
			saving: 0.4,
			criticalPath: { tasks: ['B', 'D'], minutes: 60 },
			withMarginMinutes: 63,
			marginPercent: 5,
			knee: 2,
		});
		expect(report.efficiency).toBeCloseTo(100 / 120);
		expect(report.schedule).toEqual([
			{ task: 'B', agent: 1, start: 0, end: 20 },
			{ task: 'A', agent: 2, start: 0, end: 10 },
			{ task: 'C', agent: 2, start: 10, end: 40 },
			{ task: 'D', agent: 1, start: 20, end: 60 },
		]);
		expect(report.waits.map(({ task, cause, waitsFor }) => `${task} ${cause} ${waitsFor}`)).toEqual([
			'C predecessors A',
			'D predecessors B',
		]);
		expect(report.curve).toEqual([
			{ agents: 1, makespanMinutes: 100 },
			{ agents: 2, makespanMinutes: 60 },
			{ agents: 3, makespanMinutes: 60 },
		]);
	});

	test('who waits for what: an agent, a lock, files, a track, a barrier', () => {
		const causes = (words: PlanWords, agents = 5) =>
			forecast({ more: times, ...words }, agents).waits.map(
				({ task, cause, waitsFor, from, until }) => `${task} ${cause} ${waitsFor} ${from}-${until}`,
			);
		expect(causes({ tasks: 'A B', strategy: 'aggressive' }, 1)).toEqual(['A slot B 0-20']);
		const lock = { A: { ...times.A, locks: ['db'] }, B: { ...times.B, locks: ['db'] } };
		expect(causes({ tasks: 'A B', more: lock, strategy: 'aggressive' })).toEqual(['A lock B 0-20']);
		const files = { A: { ...times.A, touches: ['src/**'] }, B: { ...times.B, touches: ['src/b.ts'] } };
		expect(causes({ tasks: 'A B', more: files, strategy: 'aggressive' })).toEqual(['A touches B 0-20']);
		expect(causes({ tasks: 'A B', sprints: { S1: 'A B' }, strategy: 'tracks' })).toEqual(['A track B 0-20']);
		expect(causes({ tasks: 'A B C<A D<A', strategy: 'conservative' })).toEqual([
			'D barrier B 10-20',
			'C barrier B 10-20',
		]);
		expect(causes({ tasks: 'A B', sprints: { S1: 'A', S2: 'B' }, strategy: 'dynamic' })).toEqual([
			'B predecessors A 10-10',
		]);
	});

	test('a part counts what lies outside of it as done, and says so', () => {
		const plan = staged({ tasks: 'A B<A C<B', more: times, strategy: 'dynamic' });
		const report = new PlanForecast(plan, { scope: ['B', 'C'] }).report();
		expect(report).toMatchObject({ makespanMinutes: 50, sequentialMinutes: 50, layers: [['B'], ['C']] });
		expect(report.warnings.map(({ kind }) => kind)).toEqual(['out-of-scope']);
	});

	test('warnings', () => {
		const agent = {
			kind: 'agent' as const,
			agent: 'robot',
			command: { kind: 'argv' as const, argv: ['r'] },
			env: {},
			prompt: { kind: 'text' as const, text: '' },
		};
		const report = forecast({
			tasks: 'A B<A C<A D<A E<F F<E',
			more: { ...times, B: { estimateMinutes: null }, C: { work: agent } },
			strategy: 'dynamic',
		});
		expect(report.warnings.map(({ kind, tasks }) => `${kind} ${tasks.join(' ')}`)).toEqual([
			'circle E F',
			'no-estimate B',
			'no-verification C',
			'single-point A',
		]);
	});

	test('a plan without tasks', () => {
		expect(new PlanForecast(planOf({ tasks: 'A' }), { scope: [] }).fullReport()).toMatchObject({
			makespanMinutes: 0,
			efficiency: 0,
			saving: 0,
			width: 0,
			curve: [],
			knee: 0,
		});
	});
});

test('P7: batches and gates that wait for each other are found, where dependencies and sprints alone would go', () => {
	const text = (needs: string) => `plan: {strategy: batches}
sprints:
  - {id: S1, tasks: [A, B], batches: [[A], [B]], integration: {run: [make, all]}}
tasks:
  - {id: A, name: a, run: [a], dependencies: [${needs}]}
  - {id: B, name: b, run: [b]}
`;
	const strandedIn = (needs: string) => {
		const files = [{ uri: 'file:///w/x.plan.yaml', text: text(needs) }];
		const { plan } = readPlan({ rootUri: 'file:///w', key: 'x' }, files);
		return strandedTasks(toRunPlan(plan, { agents: [] }).runPlan);
	};
	expect(strandedIn('')).toEqual([]);
	expect(strandedIn('B')).toEqual(expect.arrayContaining(['A', 'B']));
});
