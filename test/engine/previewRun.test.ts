import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { foreignFormatOf, readInPlace } from '../../src/core/plan/foreign/readInPlace.ts';
import { strategyNames } from '../../src/core/plan/headerFields.ts';
import { readPlan } from '../../src/core/plan/readPlan.ts';
import type { RunEvent } from '../../src/core/run/events.ts';
import type { Step } from '../../src/core/run/nextStep.ts';
import { nextClaim } from '../../src/core/run/nextStep.ts';
import type { RunPlan } from '../../src/core/run/runPlan.ts';
import type { TaskState } from '../../src/core/run/runState.ts';
import type { StrategyName } from '../../src/core/run/strategies.ts';
import { toForecastPlan } from '../../src/core/run/toForecastPlan.ts';
import type { PreviewReport } from '../../src/core/schedule/previewReport.ts';
import { ScheduleTable } from '../../src/core/schedule/scheduleTable.ts';
import { simulate } from '../../src/core/schedule/simulate.ts';
import { formatSnapshot } from '../../src/engine/files/snapshot.ts';
import { Engine } from '../../src/engine/run/engine.ts';
import { MachineSlots } from '../../src/engine/run/machineSlots.ts';
import type { OpenRun } from '../../src/engine/run/openRun.ts';
import { openRun } from '../../src/engine/run/openRun.ts';
import { corpusFolder, filesBelow, planFile, shortPath } from '../corpus/corpusFolder.ts';
import { EngineWorkspace, work } from '../support/engineWorkspace.ts';

const isLong = process.env['SWITCHYARD_LONG'] !== undefined;

/** Each day other plans by other strategies, a third of all; SWITCHYARD_ROUND names the day of a run that failed. */
const round = Number(process.env['SWITCHYARD_ROUND'] ?? Math.floor(Date.now() / 86_400_000));
const share = 3;
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const morning = Date.UTC(2026, 0, 5, 9);

const folders: string[] = [];
afterAll(() => {
	for (const folder of folders) {
		rmSync(folder, { recursive: true, force: true });
	}
});

/** A clock that only goes on when an engine has nothing more to do. */
class VirtualClock {
	minutes = 0;

	now(): number {
		return morning + Math.round(this.minutes * 60_000);
	}
}

/** Stands where runners are: work takes its minutes on the virtual clock, and ends well; so do checks where nothing else is done. */
class ScriptedRunners {
	readonly runFolder: string;
	readonly starts: string[] = [];
	readonly #run: OpenRun;
	readonly #clock: VirtualClock;
	readonly #minutes: ReadonlyMap<string, number>;
	readonly #known = new Set<string>();
	readonly #ends = new Map<string, { readonly at: number; readonly step: Step }>();
	/** The task in each slot: one that starts takes the lowest that is free. */
	readonly #slots: (string | null)[] = [];
	readonly #started = new Set<string>();
	#appending = 0;
	#ring: () => void = () => {};

	constructor(run: OpenRun, clock: VirtualClock, minutes: ReadonlyMap<string, number>) {
		this.runFolder = run.log.folder;
		this.#run = run;
		this.#clock = clock;
		this.#minutes = minutes;
	}

	get busy(): boolean {
		return this.#ends.size > 0 || this.#appending > 0;
	}

	ensure({ task }: TaskState, step: Step, onDone: () => void): void {
		this.#ring = onDone;
		const key = `${task.id} ${step.kind} ${'check' in step ? step.check : ''}`;
		if (this.#known.has(key)) {
			return;
		}
		const isFirst = !this.#started.has(task.id);
		this.#started.add(task.id);
		this.#known.add(key);
		if (step.kind === 'evidence') {
			void this.#tell([{ kind: 'evidence-written', task: task.id, attempt: 1, path: `.work/${task.id}` }]);
			return;
		}
		if (!isFirst) {
			// The time of a task or a step of a gate is that of its work and checks together.
			void this.#tell([this.#endOf(task.id, { at: this.#clock.now(), step })]);
			return;
		}
		const free = this.#slots.indexOf(null);
		const slot = free < 0 ? this.#slots.length : free;
		this.#slots[slot] = task.id;
		this.starts.push(`${this.#clock.minutes} ${task.id} in slot ${slot + 1}`);
		const at = this.#clock.now() + Math.round((this.#minutes.get(task.id) ?? 0) * 60_000);
		this.#ends.set(task.id, { at, step });
	}

	forget(): void {}

	async settle(): Promise<void> {}

	/** Lets the engine do all it can at this moment, then goes on to the next end, until nothing runs. */
	async drive(engine: string, finished: () => boolean): Promise<void> {
		while (!finished()) {
			const { table } = this.#run.log.fold;
			const claims = table === null ? null : nextClaim(table, engine, { agents: true });
			const settled =
				table !== null &&
				this.#appending === 0 &&
				claims === null &&
				table.active.size === this.#ends.size &&
				[...table.active].every((id) => this.#ends.has(id));
			if (settled && this.#ends.size > 0) {
				await this.#passTime();
			}
			await new Promise((resolve) => setImmediate(resolve));
		}
	}

	async #passTime(): Promise<void> {
		const next = Math.min(...[...this.#ends.values()].map(({ at }) => at));
		this.#clock.minutes = (next - morning) / 60_000;
		const ended = [...this.#ends].filter(([, { at }]) => at === next);
		for (const [task] of ended) {
			this.#ends.delete(task);
			this.#slots[this.#slots.indexOf(task)] = null;
		}
		await this.#tell(ended.map(([task, end]) => this.#endOf(task, end)));
	}

	#endOf(task: string, { at, step }: { readonly at: number; readonly step: Step }): RunEvent {
		const facts = {
			...{ task, attempt: 1, engine: 'e', exit: 0, reason: '' },
			...{ startedAt: morning, endedAt: at, outputHash: '', outputBytes: 0 },
		};
		return 'check' in step
			? { ...facts, kind: 'check-ended', check: step.check, passed: true }
			: { ...facts, kind: 'attempt-ended', outcome: 'ok' };
	}

	async #tell(events: readonly RunEvent[]): Promise<void> {
		this.#appending++;
		await this.#run.writer.append(events);
		this.#appending--;
		this.#ring();
	}
}

/** What the real engine starts and when, with a real journal. */
async function startsOfEngine(plan: RunPlan, minutes: ReadonlyMap<string, number>): Promise<string[]> {
	const rootPath = realpathSync(mkdtempSync(join(tmpdir(), 'switchyard-virtual-')));
	folders.push(rootPath);
	const clock = new VirtualClock();
	const { hash } = formatSnapshot(plan);
	const run = await openRun({
		rootPath,
		plan,
		hash,
		fresh: true,
		imports: async () => [],
		clock,
		logger: silent,
	});
	const jobTable = new ScriptedRunners(run, clock, minutes);
	const slots = new MachineSlots({ folder: join(rootPath, 'slots'), limit: 1_000 });
	const limits = { jobs: null, onlyStopping: false, takeOver: false };
	const { log, writer } = run;
	const engine = new Engine({
		id: 'e',
		rootPath,
		face: 'terminal',
		...limits,
		log,
		writer,
		jobTable,
		slots,
		clock,
		logger: silent,
	});
	let isOver = false;
	const tasks = [...(log.fold.table?.tasks.keys() ?? [])];
	const running = engine.run({ tasks, label: 'all', explicit: false }).finally(() => {
		isOver = true;
	});
	await Promise.all([running, jobTable.drive('e', () => isOver)]);
	await slots.release();
	await writer.close();
	log.close();
	return jobTable.starts;
}

/** Shell tasks without checks: how long each takes and what it waits for is all that matters here. */
function bare(plan: RunPlan, without: ReadonlySet<string>): RunPlan {
	const command = { kind: 'argv' as const, argv: ['true'] };
	return {
		...plan,
		tasks: plan.tasks
			.filter(({ id: name }) => !without.has(name))
			.map((task) => ({ ...task, work: { kind: 'command', command }, checks: [] })),
		sprints: plan.sprints.map((sprint) => ({
			...sprint,
			tasks: sprint.tasks.filter((name) => !without.has(name)),
		})),
	};
}

async function check(plan: RunPlan): Promise<void> {
	const { schedule, stranded } = simulate(new ScheduleTable(plan), plan.jobs);
	const minutes = new Map(schedule.map(({ task, start, end }) => [task, end - start]));
	expect(stranded).toEqual([]);
	expect(await startsOfEngine(plan, minutes)).toEqual(
		schedule.map(({ start, task, agent }) => `${start} ${task} in slot ${agent}`),
	);
}

const corpus = corpusFolder();
const id = { rootUri: 'file:///corpus', key: 'corpus' };

describe.runIf(corpus !== null)('P6: the engine starts what the preview says, when it says so', () => {
	const plans = (corpus === null ? [] : filesBelow(corpus))
		.filter((path) => /\.(json|jsonl|md)$/.test(path))
		.flatMap((path) => {
			const files = [planFile(path)];
			const plan = foreignFormatOf(id, files) === null ? null : readInPlace(id, files).plan;
			const most = isLong ? 1_000 : 60;
			return plan === null || plan.tasks.length < 2 || plan.tasks.length > most ? [] : [{ path, plan }];
		});
	const cases = plans.flatMap(({ path, plan }, index) => {
		const turn = index + round;
		const inTurn = turn % share === 0 ? [strategyNames[turn % strategyNames.length] ?? 'hybrid'] : [];
		const chosen: readonly StrategyName[] = isLong ? strategyNames : inTurn;
		return chosen.map((strategy) => ({
			name: `${shortPath(corpus ?? '.', path)} by ${strategy}`,
			plan,
			strategy,
		}));
	});

	test.each(cases.map((each) => [each.name, each] as const))(
		'%s',
		async (_, { plan, strategy }) => {
			const { runPlan } = toForecastPlan(plan, { strategy });
			const { stranded } = simulate(new ScheduleTable(runPlan), runPlan.jobs);
			// What waits in a circle is refused before a run starts (P7): the rest of the plan can be run.
			await check(bare(runPlan, new Set(stranded)));
		},
		120_000,
	);

	test('there are plans to run', () => {
		expect(cases.length).toBeGreaterThan(isLong ? 250 : 5);
	});
});

test.each<StrategyName>(['batches', 'conservative', 'tracks'])(
	'P6: gates, too, start when the preview says, by %s',
	async (strategy) => {
		const text = `plan: {name: Shop, gates: [{name: review, at: project, checks: [{run: [look], estimated_minutes: 7}]}]}
tracks: {1: {name: One}, 2: {name: Two}}
sprints:
  - id: S1
    track: 1
    tasks: [A, B, C]
    batches: [[A, B], [C]]
    integration: {run: [join], verify: [{run: [try]}], estimated_minutes: 15}
    validation: {pm: {run: [pm], estimated_minutes: 5}, security: {run: [audit]}}
    after: [{name: deploy, run: [ship], estimated_minutes: 20}]
  - {id: S2, track: 1, sprint_number: 2, tasks: [D], validation: {pm: {run: [pm], estimated_minutes: 3}}}
  - {id: T1, track: 2, tasks: [E, F]}
tasks:
${Object.entries({ A: 10, B: 25, C: 30, D: 5, E: 40, F: 35 })
	.map(([name, minutes]) => `  - {id: ${name}, name: ${name}, run: [make], estimated_minutes: ${minutes}}`)
	.join('\n')}
`;
		const { plan } = readPlan({ rootUri: 'file:///w', key: 'x' }, [{ uri: 'file:///w/x.plan.yaml', text }]);
		const { runPlan } = toForecastPlan(plan, { strategy });
		expect(runPlan.gates?.length).toBeGreaterThan(1);
		await check(bare(runPlan, new Set()));
	},
);

test('P6: by the clock on the wall, a run starts its tasks in the order and the slots of its preview', async () => {
	const ws = new EngineWorkspace();
	onTestFinished(() => ws.dispose());
	// A minute of the plan is a second on the wall; no two tasks end within 300 ms of each other.
	const task = (name: string, seconds: number, ...dependencies: string[]) => ({
		id: name,
		run: work(seconds),
		estimated_minutes: seconds,
		dependencies,
	});
	const tasks = [
		task('A', 1),
		task('B', 2.2),
		task('C', 1.2, 'A'),
		task('D', 2.4, 'B'),
		task('E', 3, 'B'),
		task('F', 1, 'C'),
	];
	ws.plan(tasks, { plan: { strategy: 'conservative', jobs: 2 } });
	const { schedule } = JSON.parse((await ws.cli('preview', '--json')).out) as PreviewReport;
	const ends = schedule.map(({ end }) => end).sort((a, b) => a - b);
	expect(ends.every((end, index) => index === 0 || end - (ends[index - 1] ?? 0) >= 0.3)).toBe(true);
	expect((await ws.cli('run')).code).toBe(0);
	const states = [...(await ws.table()).tasks.values()].sort(
		(a, b) => (a.attempts[0]?.claimedAt ?? 0) - (b.attempts[0]?.claimedAt ?? 0),
	);
	const freeAt: number[] = [];
	const slots = states.map(({ task: { id: name }, attempts, completedAt }) => {
		const claimedAt = attempts[0]?.claimedAt ?? 0;
		const free = freeAt.findIndex((time) => time <= claimedAt);
		const slot = free < 0 ? freeAt.length : free;
		freeAt[slot] = completedAt ?? 0;
		return `${name} ${slot + 1}`;
	});
	expect(slots).toEqual(schedule.map(({ task: name, agent }) => `${name} ${agent}`));
}, 60_000);
