import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { strategyNames } from '../../src/core/plan/headerFields.ts';
import { readPlan } from '../../src/core/plan/readPlan.ts';
import type { StampedEvent } from '../../src/core/run/events.ts';
import type { RunPlan } from '../../src/core/run/runPlan.ts';
import { isSatisfied } from '../../src/core/run/runState.ts';
import { toRunPlan } from '../../src/core/run/toRunPlan.ts';
import { journalFile } from '../../src/engine/files/runPaths.ts';
import { JournalReader } from '../../src/engine/journal/journalReader.ts';
import { listRuns } from '../../src/engine/journal/listRuns.ts';
import { RunLog } from '../../src/engine/journal/runLog.ts';
import { brokenInvariants } from '../support/brokenInvariants.ts';
import type { CutPoint } from '../support/cutRuns.ts';
import { CutRun } from '../support/cutRuns.ts';
import type { Task } from '../support/engineWorkspace.ts';

const isLong = process.env['SWITCHYARD_LONG'] !== undefined;
vi.setConfig({ testTimeout: isLong ? 900_000 : 120_000 });

const home = mkdtempSync(join(tmpdir(), 'switchyard-home-'));
beforeAll(() => {
	vi.stubEnv('HOME', home).stubEnv('XDG_STATE_HOME', join(home, 'state'));
});
afterAll(() => {
	vi.unstubAllEnvs();
	rmSync(home, { recursive: true, force: true });
});

const ok = { run: ['ok'] };

/** Checks, iterations after a failed work and after a failed check, steps, and questions to a person. */
function lives(strategy: string): RunPlan {
	return runPlan({
		plan: { name: 'Lives', strategy, jobs: 3 },
		tasks: [
			{ id: 'A', ...ok },
			{ id: 'B', run: ['slow'], verify: [ok, ok] },
			{ id: 'C', run: ['once'], retries: 1, dependencies: ['A'] },
			{
				id: 'D',
				steps: [
					{ name: 'one', ...ok, verify: [ok] },
					{ name: 'two', run: ['slow'] },
				],
				verify: [ok],
			},
			{ id: 'E', ...ok, retries: 1, verify: [{ run: ['once'] }], dependencies: ['A'], approval: 'before' },
			{ id: 'F', ...ok, verify: [ok], approval: 'after', dependencies: ['B'] },
		],
	});
}

/** Two sprints, with an integration, validators that find something, and the repair of it. */
function pipeline(strategy: string): RunPlan {
	return runPlan({
		plan: { name: 'Pipeline', strategy, jobs: 3 },
		agents: { engineer: { run: ['ok'] } },
		sprints: [
			{
				id: 'S1',
				track: 1,
				tasks: ['A', 'B'],
				integration: { name: 'Integration', ...ok },
				validation: { pm: ok, performance: { run: ['repaired'] } },
			},
			{ id: 'S2', track: 1, tasks: ['C'], dependencies: ['S1'], validation: { pm: ok } },
		],
		tasks: [
			{ id: 'A', agent: 'engineer', touches: ['a.txt'] },
			{ id: 'B', run: ['slow'] },
			{ id: 'C', agent: 'engineer', verify: [ok], dependencies: ['A'] },
		],
	});
}

function runPlan({ tasks, ...head }: { tasks: readonly Task[]; [key: string]: unknown }): RunPlan {
	const full = { ...head, tasks: tasks.map((task) => ({ name: `Name of ${task.id}`, ...task })) };
	const id = { rootUri: 'file:///w', key: 'demo' };
	const { plan, problems } = readPlan(id, [{ uri: 'file:///w/demo.plan.yaml', text: JSON.stringify(full) }]);
	expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
	const { runPlan: made, faults } = toRunPlan(plan, { agents: [] });
	expect(faults).toEqual([]);
	return made;
}

/** `task attempt job round exit`, as the scripted jobs note their ends, of every verdict that stands in the journal. */
function verdictOf(event: StampedEvent): string | null {
	if (event.kind !== 'attempt-ended' && event.kind !== 'check-ended') {
		return null;
	}
	const step = event.step === undefined ? [] : [`step-${event.step + 1}`];
	const check = event.kind === 'check-ended' ? [`check-${event.check + 1}`] : [];
	return `${event.task} ${event.attempt} ${[...step, ...check].join('/') || 'work'} ${event.exit}`;
}

const withoutRound = (end: string) => end.replace(/ \d+ (\d+)$/, ' $1');
/** Neither the number of the attempt nor that of the round. */
const whatAndHow = (end: string) => end.replace(/^(\S+) \d+ (\S+) \d+ /, '$1 $2 ');

/** What must hold after every kill, told from the files alone. */
async function expectWhole(run: CutRun, point: CutPoint, expected: readonly string[]): Promise<void> {
	const { ends } = run.jobs;
	expect(new Set(ends).size, 'no job came to its end twice').toBe(ends.length);
	if (run.vanished === 0) {
		expect(ends.map(whatAndHow).sort(), 'the same work as without the kill').toEqual(expected);
	}
	const [listed, ...more] = await listRuns(run.root);
	expect(more, 'one run').toEqual([]);
	const folder = listed?.folder ?? '';
	const log = new RunLog(folder);
	const voided = new Set((await log.refresh()).map(({ event }) => event.stamp));
	const { table } = log.fold;
	if (table === null) {
		throw new Error('no run');
	}
	const events = await new JournalReader(journalFile(folder)).read();
	const key = ({ writer, sequence }: StampedEvent['stamp']) => `${writer} ${sequence}`;
	const voidKeys = new Set([...voided].map(key));
	const taken = events
		.filter(({ stamp }) => !voidKeys.has(key(stamp)))
		.flatMap((event) => verdictOf(event) ?? []);
	for (const end of ends) {
		expect(taken, 'no verdict is lost').toContain(withoutRound(end));
	}
	expect(taken.length, 'no verdict counts twice').toBe(ends.length + run.vanished);
	const open = [...table.planTasks()].filter((state) => !isSatisfied(state)).map(({ task }) => task.id);
	expect([open, table.active.size, table.completedCount], 'everything ends').toEqual([
		[],
		0,
		table.goalCount,
	]);
	expect(log.problems().length, 'what is damaged is said').toBe(point.lastLine === 'torn' ? 1 : 0);
	const badLines = point.lastLine === 'torn' ? 1 : 0;
	expect(await brokenInvariants(run.root, { badLines })).toEqual([]);
}

interface Done {
	readonly ends: readonly string[];
	readonly lines: number;
}

async function runTo(plan: RunPlan, point: CutPoint, expected: readonly string[] | null): Promise<Done> {
	const run = new CutRun(plan, point);
	try {
		await run.toItsEnd();
		const ends = run.jobs.ends.map(whatAndHow).sort();
		await expectWhole(run, point, expected ?? ends);
		return { ends, lines: run.lines };
	} catch (error) {
		throw new Error(`killed at line ${point.line}, ${point.lastLine}, jobs ${point.jobs}`, { cause: error });
	} finally {
		run.dispose();
	}
}

const lastLines = ['whole', 'torn', 'twice'] as const;
const fates = ['end', 'go on', 'vanish'] as const;

/** Every place; what is left of the line, and of running jobs, changes from place to place, and is all tried in the long tests. */
function pointsOf(lines: number, shift: number): CutPoint[] {
	const all = lastLines.flatMap((lastLine) => fates.map((jobs) => ({ lastLine, jobs })));
	const places = Array.from({ length: lines }, (_, index) => index + 1);
	return places.flatMap((line) => {
		// Steps of four meet all nine.
		const chosen = isLong ? all : all.slice((line * 4 + shift) % 9).slice(0, 1);
		return chosen.map((point) => ({ ...point, line }));
	});
}

describe('SIGKILL at every boundary of the journal, and in the middle and after a copy of its last line', () => {
	let count = 0;

	test.each(
		strategyNames.flatMap((strategy, shift) => [
			{ strategy, name: 'checks, iterations, steps and approvals', plan: lives(strategy), shift },
			{ strategy, name: 'integrations, validators and repairs', plan: pipeline(strategy), shift },
		]),
	)(
		'$strategy, $name: no verdict is lost, nothing is done twice, everything ends',
		async ({ plan, shift }) => {
			const whole = await runTo(
				plan,
				{ line: Number.POSITIVE_INFINITY, lastLine: 'whole', jobs: 'end' },
				null,
			);
			const points = pointsOf(whole.lines, shift);
			count += points.length;
			const runNext = async (): Promise<void> => {
				for (let point = points.pop(); point !== undefined; point = points.pop()) {
					await runTo(plan, point, whole.ends);
				}
			};
			await Promise.all(Array.from({ length: 12 }, runNext));
		},
	);

	test(`more than ${isLong ? 4_500 : 500} places are tried`, () => {
		process.stdout.write(`\n${count} places of the journal\n`);
		expect(count).toBeGreaterThan(isLong ? 4_500 : 500);
	});
});
