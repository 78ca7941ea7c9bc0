import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { strategyNames } from '../../../src/core/plan/headerFields.ts';
import { readPlan } from '../../../src/core/plan/readPlan.ts';
import { rowsOf } from '../../../src/core/run/gateUnits.ts';
import type { RunGate } from '../../../src/core/run/runGate.ts';
import type { RunPlan } from '../../../src/core/run/runPlan.ts';
import { withStages } from '../../../src/core/run/stagesOf.ts';
import { toRunPlan } from '../../../src/core/run/toRunPlan.ts';
import { PlanForecast } from '../../../src/core/schedule/planForecast.ts';
import { ScheduleTable } from '../../../src/core/schedule/scheduleTable.ts';
import { makespanOf, simulate } from '../../../src/core/schedule/simulate.ts';
import { strandedTasks } from '../../../src/core/schedule/strandedTasks.ts';
import { virtualRun } from '../../support/virtualRun.ts';
import type { GateWords, PlanWords } from '../run/story.ts';
import { gateOf, planOf } from '../run/story.ts';

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

/** What the engine's rows take: as tables of a simulation have it that is given nothing else. */
const minutesIn = (plan: RunPlan) => {
	const minutes = new Map(
		rowsOf(plan, []).map(({ id, estimateMinutes, unit }) => [
			id,
			estimateMinutes ?? (unit === undefined ? 30 : 0),
		]),
	);
	return (id: string) => minutes.get(id) ?? 0;
};

const stepTime = fc.option(fc.constantFrom(0, 5, 10, 25), { nil: undefined });
const gateShape = fc.record({
	integration: fc.boolean(),
	validators: fc.constantFrom('', 'pm', 'pm security', 'pm test? security'),
	after: fc.constantFrom('', 'deploy', 'deploy announce'),
	times: fc.array(stepTime, { minLength: 6, maxLength: 6 }),
	cut: fc.nat(7),
});

/** Any plan of before, with gates of its sprints, one that stands between its tasks, and that of the project. */
function anyGatedPlan(): fc.Arbitrary<RunPlan> {
	const shapes = fc.array(gateShape, { minLength: 5, maxLength: 5 });
	return fc.tuple(anyPlan({ most: 10, plain: false }), shapes).map(([plan, [first, ...others]]) => {
		const ids = plan.tasks.map(({ id }) => id);
		const sprints = plan.sprints.filter(({ tasks }) => tasks.length > 0);
		const cut = first?.cut ?? 0;
		const between = {
			id: 'layer:1:gate',
			level: 'layer',
			judges: ids.slice(0, cut),
			holds: ids.slice(cut),
		} as const;
		const waitsFor = [...ids, ...sprints.map(({ id }) => `${id}:gate`)];
		const words: GateWords[] = [...sprints.map(({ id }) => ({ of: id })), { judges: ids, waitsFor }];
		const all = cut > 0 && cut < ids.length ? [...words, between] : words;
		return {
			...plan,
			gates: all.map((word, index) => {
				const { times = [], cut: _cut, ...more } = others[index] ?? first ?? {};
				return timed(gateOf({ ...more, ...word }, plan.sprints), times);
			}),
		};
	});
}

/** Gives the steps of a gate the times that the plan would state. */
function timed(gate: RunGate, times: readonly (number | undefined)[]): RunGate {
	const steps = [gate.integration, ...gate.validators, ...gate.after];
	const withTime = steps.map((step, index) => {
		const estimateMinutes = times[index];
		return step === null || estimateMinutes === undefined ? step : { ...step, estimateMinutes };
	});
	const some = (from: number, to: number) => withTime.slice(from, to).flatMap((step) => step ?? []);
	const last = 1 + gate.validators.length;
	return {
		...gate,
		integration: withTime[0] ?? null,
		validators: some(1, last),
		after: some(last, withTime.length),
	};
}

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

test('P6: gates take their time, and what waits for them waits as long, in the simulated run as in the engine’s fold', () => {
	fc.assert(
		fc.property(anyGatedPlan(), fc.integer({ min: 1, max: 5 }), (plan, agents) => {
			const table = new ScheduleTable(plan);
			const { schedule, stranded, makespanMinutes } = simulate(table, agents);
			const run = virtualRun(plan, { agents, minutes: minutesIn(plan) });
			expect(schedule.map(({ start, task }) => `${start} ${task}`)).toEqual(run.starts);
			expect(stranded).toEqual(run.left.filter((id) => !id.endsWith(':gate')));
			expect(makespanOf(table, agents).minutes).toBe(makespanMinutes);
			const report = new PlanForecast(plan).report(agents);
			expect(report.makespanMinutes).toBeGreaterThanOrEqual(report.lowerBoundMinutes - 1e-6);
			expect(report.runPath.minutes).toBeGreaterThanOrEqual(report.criticalPath.minutes - 1e-6);
		}),
		{ numRuns: 150 },
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
function leastMakespan(
	plan: RunPlan,
	{ agents, minutes }: { readonly agents: number; readonly minutes: (task: string) => number },
): number {
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
			const report = new PlanForecast(plan).report(agents);
			const times = new Map(report.tasks.map((task) => [task.id, task.minutes]));
			const least = leastMakespan(plan, { agents, minutes: (task) => times.get(task) ?? 0 });
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

	test('no run is shorter than what may never run together: the tasks of a lock, or of a track with one worker', () => {
		const bound = (words: PlanWords) => {
			const report = forecast({ more: times, ...words }, 4);
			expect(report.makespanMinutes).toBe(report.lowerBoundMinutes);
			return report.lowerBoundMinutes;
		};
		expect(bound({ tasks: 'A B C D', strategy: 'aggressive' })).toBe(40);
		expect(bound({ tasks: 'A B C D', sprints: { S1: 'A B C D' }, strategy: 'tracks' })).toBe(100);
		const lock = { locks: ['db'] };
		const more = { ...times, B: { ...times.B, ...lock }, C: { ...times.C, ...lock } };
		expect(bound({ tasks: 'A B C D', more, strategy: 'aggressive' })).toBe(50);
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

	test('P6: gates take the time that the plan states, and what it does not state is said', () => {
		const plan = staged({
			tasks: 'A B C<A',
			sprints: { S1: 'A B', S2: 'C' },
			more: times,
			strategy: 'dynamic',
			gates: [{ of: 'S1', integration: true, validators: 'pm security' }],
		});
		const gates = (plan.gates ?? []).map((gate) => timed(gate, [15, 5]));
		const report = new PlanForecast({ ...plan, gates }).report(2);
		expect(report.schedule.map(({ task, start, end }) => `${task} ${start}-${end}`)).toEqual([
			'B 0-20',
			'A 0-10',
			'S1:integration 20-35',
			'S1:security 35-35',
			'S1:pm 35-40',
			'C 40-70',
		]);
		expect(report).toMatchObject({
			makespanMinutes: 70,
			lowerBoundMinutes: 70,
			sequentialMinutes: 80,
			gateMinutes: 20,
			criticalPath: { tasks: ['A', 'C'], minutes: 40 },
			runPath: { tasks: ['B', 'S1:integration', 'S1:pm', 'C'], minutes: 70 },
		});
		expect(report.gates.map(({ id, steps }) => [id, steps.map(({ source }) => source)])).toEqual([
			['S1:gate', ['stated', 'stated', 'unknown']],
		]);
		expect(report.warnings.map(({ kind, tasks }) => `${kind} ${tasks.join(' ')}`)).toEqual([
			'no-gate-time S1:security',
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
